import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';

/** The panels as a list: what each shows and how. */
export const GrafanaEmbedPanels: Part<'ul', ArtifactView<'grafana-embed'>> = definePart({
  name: 'GrafanaEmbed.Panels',
  tag: 'ul',
  use: dataHookOf('grafana-embed', 'GrafanaEmbed'),
  own: ({ artifact: { data } }) => ({
    'aria-label': 'Panels',
    children: data.dashboard.panels.map(({ id, title, type, metric, source }) => (
      <li key={id} data-type={type}>
        <strong>{title}</strong> <span data-panel-type="">{type}</span>
        {(metric ?? source) !== undefined && <span data-panel-metric="">{metric ?? source}</span>}
      </li>
    )),
  }),
});
