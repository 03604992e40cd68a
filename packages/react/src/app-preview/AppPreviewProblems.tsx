import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';

/** What is wrong with the queries; absent when nothing is. */
export const AppPreviewProblems: Part<'ul', ArtifactView<'app-preview'>> = definePart({
  name: 'AppPreview.Problems',
  tag: 'ul',
  use: dataHookOf('app-preview', 'AppPreview'),
  own: ({ artifact: { data } }) =>
    data.app.diagnostics.length === 0
      ? null
      : {
          'aria-label': 'Problems',
          children: data.app.diagnostics.map(({ queryId, code, severity, message, hint, start }) => (
            <li key={`${queryId}:${code}:${start}`} data-severity={severity} data-code={code}>
              {`${queryId}: ${message}`}
              {hint !== undefined && <span data-hint="">{hint}</span>}
            </li>
          )),
        },
});
