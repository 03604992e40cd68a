import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';

/** The SQL behind the panels; absent where it is not given. */
export const GrafanaEmbedQueries: Part<'div', ArtifactView<'grafana-embed'>> = definePart({
  name: 'GrafanaEmbed.Queries',
  tag: 'div',
  use: dataHookOf('grafana-embed', 'GrafanaEmbed'),
  own: ({ artifact: { data } }) =>
    !data.sql || data.sql.length === 0
      ? null
      : {
          children: data.sql.map((sql) => (
            <pre key={sql} data-sql="">
              {sql}
            </pre>
          )),
        },
});
