import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';

/** Each query with what it reads, what it writes and its SQL. */
export const AppPreviewQueries: Part<'ol', ArtifactView<'app-preview'>> = definePart({
  name: 'AppPreview.Queries',
  tag: 'ol',
  use: dataHookOf('app-preview', 'AppPreview'),
  own: ({ artifact: { data } }) => ({
    'aria-label': 'Queries',
    children: data.app.queries.map((query) => (
      <li key={query.id} data-query={query.id}>
        <strong>{query.name}</strong> <span data-flow="">{`${query.sources.join(', ')} → ${query.sink ?? 'no sink'}`}</span>
        {query.description !== undefined && <p>{query.description}</p>}
        <pre data-sql="">{query.sql}</pre>
      </li>
    )),
  }),
});
