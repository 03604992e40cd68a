import { Fragment } from 'react';
import { type ArtifactView, useArtifact } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';
import { countText, durationText } from '../text/quantity-text.ts';
import { TimeAgo } from '../text/TimeAgo.tsx';

/** In one line: what was read, how much of it, how fresh it is, how long it took. */
export const ArtifactFrameProvenance: Part<'p', ArtifactView> = definePart({
  name: 'ArtifactFrame.Provenance',
  tag: 'p',
  use: useArtifact,
  own: ({ artifact: { provenance } }) => {
    const { sources, scanned, available, asOf, tookMs, by } = provenance;
    const facts = [
      sources.length > 0 && <span data-fact="sources">from {sources.join(', ')}</span>,
      scanned !== undefined && (
        <span data-fact="scanned">
          {countText(scanned)}
          {available !== undefined && available !== scanned ? ` of ${countText(available)}` : ''} read
        </span>
      ),
      asOf !== undefined && (
        <span data-fact="as-of">
          as of <TimeAgo at={asOf} />
        </span>
      ),
      tookMs !== undefined && <span data-fact="took">{durationText(tookMs)}</span>,
      <span key="by" data-fact="by" title={by === 'you' ? undefined : by}>
        {by === 'you' ? 'by you' : 'by the assistant'}
      </span>,
    ].filter((fact) => fact !== false);
    return {
      children: facts.map((fact, i) => (
        <Fragment key={fact.props['data-fact']}>
          {i > 0 && <span aria-hidden="true"> · </span>}
          {fact}
        </Fragment>
      )),
    };
  },
});
