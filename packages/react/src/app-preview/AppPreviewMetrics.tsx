import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';

/** Metrics that the application will publish. */
export const AppPreviewMetrics: Part<'ul', ArtifactView<'app-preview'>> = definePart({
  name: 'AppPreview.Metrics',
  tag: 'ul',
  use: dataHookOf('app-preview', 'AppPreview'),
  own: ({ artifact: { data } }) =>
    data.app.metrics.length === 0
      ? null
      : {
          'aria-label': 'Metrics',
          children: data.app.metrics.map(({ prometheusName, name, type, labels }) => (
            <li key={prometheusName} data-type={type}>
              {name} <span data-metric-type="">{labels.length > 0 ? `${type} by ${labels.join(', ')}` : type}</span>
            </li>
          )),
        },
});
