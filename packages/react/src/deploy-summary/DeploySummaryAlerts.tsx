import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';

/** Alert rules, and which of them fire. */
export const DeploySummaryAlerts: Part<'ul', ArtifactView<'deploy-summary'>> = definePart({
  name: 'DeploySummary.Alerts',
  tag: 'ul',
  use: dataHookOf('deploy-summary', 'DeploySummary'),
  own: ({
    artifact: {
      data: { deployment },
    },
  }) =>
    deployment.alerts.length === 0
      ? null
      : {
          'aria-label': 'Alerts',
          children: deployment.alerts.map(({ name, condition, severity }) => {
            const firing = deployment.activeAlerts.filter((alert) => alert.name === name).some(({ state }) => state === 'firing');
            return (
              <li key={name} data-severity={severity} data-firing={firing ? '' : undefined}>
                {name} <code>{condition}</code> <span data-alert-state="">{firing ? 'firing' : severity}</span>
              </li>
            );
          }),
        },
});
