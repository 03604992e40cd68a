import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';

/** Metrics that the deployment publishes. */
export const DeploySummaryMetrics: Part<'ul', ArtifactView<'deploy-summary'>> = definePart({
  name: 'DeploySummary.Metrics',
  tag: 'ul',
  use: dataHookOf('deploy-summary', 'DeploySummary'),
  own: ({
    artifact: {
      data: { deployment },
    },
  }) =>
    deployment.metrics.length === 0
      ? null
      : {
          'aria-label': 'Metrics',
          children: deployment.metrics.map(({ name, type, prometheusName, labels }) => (
            <li
              key={prometheusName}
              data-type={type}
              title={labels.length > 0 ? `${prometheusName} by ${labels.join(', ')}` : prometheusName}
            >
              {name} <span data-metric-type="">{type}</span>
            </li>
          )),
        },
});
