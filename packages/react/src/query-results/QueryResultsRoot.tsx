import type { ArtifactOf } from '@velostream/core/protocol';
import { type ComponentPropsWithoutRef, forwardRef, useContext } from 'react';
import { FramedContext, useOptionalArtifact } from '../artifact/artifact-view.ts';
import { type PartProps, renderPart } from '../parts/render-part.ts';
import type { LiveQuery } from '../query/live-query.ts';
import type { ObserveOptions } from '../query/observe-query.ts';
import type { QuerySnapshot } from '../query/query-snapshot.ts';
import { useQuery } from '../query/use-query.ts';
import { useArtifactSnapshot } from './artifact-snapshot.ts';
import { QueryResultsContext } from './query-results-context.ts';

export type QueryResultsRootProps = PartProps<'section', QuerySnapshot> &
  ObserveOptions & {
    /** The query to show; `null` while there is none. */
    readonly query?: LiveQuery | null | undefined;
    /** A snapshot to show instead, for instance one that a `useQuery` of the page already has. */
    readonly snapshot?: QuerySnapshot | undefined;
    /** An artifact to show instead; left out inside an `<Artifact>`, which has it. */
    readonly artifact?: ArtifactOf<'query-results'> | undefined;
  };

type Sectioned = PartProps<'section', QuerySnapshot>;

/** Holds the data for the other parts. `data-status` is the query's status, `aria-busy` is on until the first row. */
export const QueryResultsRoot = forwardRef<HTMLElement, QueryResultsRootProps>(function QueryResultsRoot(
  { query, snapshot, artifact, rowsMax, keyOf, frame, ...props },
  ref,
) {
  const around = useOptionalArtifact()?.artifact;
  const options: ObserveOptions = { ...(rowsMax && { rowsMax }), ...(keyOf && { keyOf }), ...(frame && { frame }) };
  const shown = artifact ?? (query === undefined && !snapshot && around?.kind === 'query-results' ? around : undefined);
  const given = props as ComponentPropsWithoutRef<'section'>;
  // The kind was compared just now; the view holds the union.
  if (shown) return <OfArtifact {...given} artifact={shown as ArtifactOf<'query-results'>} options={options} ref={ref} />;
  return <OfQuery {...given} query={snapshot ? null : query} snapshot={snapshot} options={options} ref={ref} />;
});

const OfQuery = forwardRef<
  HTMLElement,
  Sectioned & Pick<QueryResultsRootProps, 'query' | 'snapshot'> & { readonly options: ObserveOptions }
>(function OfQuery({ query, snapshot, options, ...props }, ref) {
  const observed = useQuery(query, options);
  return <Section {...(props as Sectioned)} state={snapshot ?? observed} ref={ref} />;
});

const OfArtifact = forwardRef<
  HTMLElement,
  Sectioned & { readonly artifact: ArtifactOf<'query-results'>; readonly options: ObserveOptions }
>(function OfArtifact({ artifact, options, ...props }, ref) {
  return (
    <Section
      {...(!useContext(FramedContext) && { 'aria-label': artifact.title })}
      {...(props as Sectioned)}
      state={useArtifactSnapshot(artifact, options)}
      ref={ref}
    />
  );
});

const Section = forwardRef<HTMLElement, Sectioned & { readonly state: QuerySnapshot }>(function Section({ state, ...props }, ref) {
  const own = { 'data-status': state.status, 'data-frozen': state.isFrozen ? '' : undefined, 'aria-busy': state.status === 'waiting' };
  return (
    <QueryResultsContext.Provider value={state}>
      {renderPart('section', props as Sectioned, own, { state, ref })}
    </QueryResultsContext.Provider>
  );
});
