import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';

/** Name, version, target and status in one line. */
export const DeploySummaryStatus: Part<'p', ArtifactView<'deploy-summary'>> = definePart({
  name: 'DeploySummary.Status',
  tag: 'p',
  use: dataHookOf('deploy-summary', 'DeploySummary'),
  own: ({
    artifact: {
      data: { deployment },
    },
  }) => ({
    'data-status': deployment.status,
    'data-health': deployment.health,
    children: `Version ${deployment.version} on ${deployment.target} · ${deployment.status}`,
  }),
});
