// biome-ignore-all lint/correctness/noComponentHookFactories: called once per module, when it loads
import type { Artifact, ArtifactActionName, ArtifactKind, ArtifactOf } from '@velostream/core/protocol';
import {
  type ComponentPropsWithoutRef,
  type ForwardRefExoticComponent,
  forwardRef,
  type ReactNode,
  type RefAttributes,
  useContext,
} from 'react';
import type { ActionState } from '../parts/define-action.ts';
import { type PartProps, renderPart } from '../parts/render-part.ts';
import {
  type ActionSubject,
  type ArtifactActionHandler,
  ArtifactContext,
  type ArtifactView,
  FramedContext,
  labelOf,
  useOptionalArtifact,
} from './artifact-view.ts';
import { useArtifactView } from './use-artifact-view.ts';

export type ArtifactRootProps<K extends ArtifactKind> = PartProps<'section', ArtifactView<K>> & {
  /** What to show; left out inside an `<Artifact>`, which has it. */
  readonly artifact?: ArtifactOf<K> | undefined;
  readonly onAction?: ArtifactActionHandler | undefined;
};

export type ArtifactRoot<K extends ArtifactKind> = ForwardRefExoticComponent<ArtifactRootProps<K> & RefAttributes<HTMLElement>>;

type Wrap<K extends ArtifactKind> = (props: { readonly view: ArtifactView<K>; readonly children: ReactNode }) => ReactNode;

/** Makes the Root of a compound: a named section that says its kind and state. `wrap` adds what the parts of this kind share. */
export function defineRoot<K extends ArtifactKind>(kind: K, compound: string, wrap?: Wrap<K>): ArtifactRoot<K> {
  const Wrap = wrap;
  const Section = forwardRef<HTMLElement, PartProps<'section', ArtifactView<K>> & { readonly view: ArtifactView<K> }>(
    ({ view, ...props }, ref) => {
      const own = ownOf(view, useContext(FramedContext));
      return renderPart('section', props as PartProps<'section', ArtifactView<K>>, own, { state: view, ref });
    },
  );
  Section.displayName = `${compound}.Section`;

  const Given = forwardRef<HTMLElement, ArtifactRootProps<K> & { readonly artifact: ArtifactOf<K> }>(
    ({ artifact, onAction, ...props }, ref) => {
      const view = useArtifactView(artifact, { onAction });
      return (
        <ArtifactContext.Provider value={view as unknown as ArtifactView}>
          <Inner {...(props as ComponentPropsWithoutRef<'section'>)} view={view} ref={ref} />
        </ArtifactContext.Provider>
      );
    },
  );
  Given.displayName = `${compound}.Given`;

  const Inner = forwardRef<HTMLElement, PartProps<'section', ArtifactView<K>> & { readonly view: ArtifactView<K> }>(
    ({ children, ...props }, ref) => (
      <Section {...(props as PartProps<'section', ArtifactView<K>> & { readonly view: ArtifactView<K> })} ref={ref}>
        {Wrap ? <Wrap view={props.view}>{children}</Wrap> : children}
      </Section>
    ),
  );
  Inner.displayName = `${compound}.Inner`;

  const Root = forwardRef<HTMLElement, ArtifactRootProps<K>>(({ artifact, onAction, ...props }, ref) => {
    const around = useOptionalArtifact();
    const plain = props as PartProps<'section', ArtifactView<K>>;
    if (artifact) return <Given {...plain} artifact={artifact} onAction={onAction} ref={ref} />;
    if (!around || around.artifact.kind !== kind)
      throw new Error(`${compound}.Root has no data: give it artifact={...}, or render it inside <Artifact> with kind "${kind}".`);
    // The kind was compared just now.
    return <Inner {...plain} view={around as unknown as ArtifactView<K>} ref={ref} />;
  });
  Root.displayName = `${compound}.Root`;
  return Root as ArtifactRoot<K>;
}

function ownOf<K extends ArtifactKind>({ artifact, pending }: ArtifactView<K>, isFramed: boolean) {
  return {
    'data-kind': artifact.kind,
    'data-state': artifact.state,
    'data-pending': pending ?? undefined,
    'aria-busy': artifact.state === 'waiting' || pending !== null,
    ...(!isFramed && { 'aria-label': artifact.title }),
  };
}

/** Makes the hook of a kind: the view of the Root around, for its parts. */
export function dataHookOf<K extends ArtifactKind>(kind: K, compound: string): (part: string) => ArtifactView<K> {
  return function useData(part) {
    const view = useOptionalArtifact();
    if (view?.artifact.kind !== kind) throw new Error(`${part} has no data: render it inside <${compound}.Root artifact={...}>.`);
    // The kind was compared just now.
    return view as unknown as ArtifactView<K>;
  };
}

/** State of a button that starts an action of the artifact around. It is absent where the artifact does not offer the action. */
export function actionOf(
  { artifact, act, pending }: ArtifactView<ArtifactKind> | ArtifactView<never>,
  name: ArtifactActionName,
  subject?: ActionSubject,
): ActionState {
  const { actions } = artifact as Artifact;
  return {
    action: act && pending === null ? () => act(name, subject) : null,
    label: labelOf(name, actions),
    isPending: pending === name,
    isAbsent: !actions.some((action) => action.name === name),
  };
}
