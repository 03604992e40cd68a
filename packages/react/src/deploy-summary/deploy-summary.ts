import { DeploySummaryAlerts } from './DeploySummaryAlerts.tsx';
import { DeploySummaryDashboardLink } from './DeploySummaryDashboardLink.tsx';
import { DeploySummaryJobs } from './DeploySummaryJobs.tsx';
import { DeploySummaryMetrics } from './DeploySummaryMetrics.tsx';
import { DeploySummaryRoot } from './DeploySummaryRoot.tsx';
import { DeploySummaryStatus } from './DeploySummaryStatus.tsx';
import { DeploySummarySteps } from './DeploySummarySteps.tsx';

interface DeploySummaryParts {
  readonly Root: typeof DeploySummaryRoot;
  readonly Status: typeof DeploySummaryStatus;
  readonly Steps: typeof DeploySummarySteps;
  readonly Jobs: typeof DeploySummaryJobs;
  readonly Metrics: typeof DeploySummaryMetrics;
  readonly Alerts: typeof DeploySummaryAlerts;
  readonly DashboardLink: typeof DeploySummaryDashboardLink;
}

/**
 * Jobs, metrics, alerts and the dashboard of a deployment.
 *
 * @example
 * <DeploySummary.Root artifact={artifact}><DeploySummary.Status /><DeploySummary.Steps /></DeploySummary.Root>
 */
export const DeploySummary: DeploySummaryParts = {
  Root: DeploySummaryRoot,
  Status: DeploySummaryStatus,
  Steps: DeploySummarySteps,
  Jobs: DeploySummaryJobs,
  Metrics: DeploySummaryMetrics,
  Alerts: DeploySummaryAlerts,
  DashboardLink: DeploySummaryDashboardLink,
};
