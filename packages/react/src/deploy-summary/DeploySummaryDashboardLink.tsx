import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';
import { webAddress } from '../text/web-address.ts';

/** Opens the dashboard; absent where there is none. */
export const DeploySummaryDashboardLink: Part<'a', ArtifactView<'deploy-summary'>> = definePart({
  name: 'DeploySummary.DashboardLink',
  tag: 'a',
  use: dataHookOf('deploy-summary', 'DeploySummary'),
  own: ({
    artifact: {
      data: { deployment },
    },
  }) => {
    const href = webAddress(deployment.dashboardUrl ?? deployment.dashboard?.url);
    return href === undefined ? null : { href, target: '_blank', rel: 'noreferrer', children: 'Open dashboard' };
  },
});
