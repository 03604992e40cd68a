import { HealthDashboardAlerts } from './HealthDashboardAlerts.tsx';
import { HealthDashboardJobs } from './HealthDashboardJobs.tsx';
import { HealthDashboardRoot } from './HealthDashboardRoot.tsx';
import { HealthDashboardSummary } from './HealthDashboardSummary.tsx';

interface HealthDashboardParts {
  readonly Root: typeof HealthDashboardRoot;
  readonly Summary: typeof HealthDashboardSummary;
  readonly Jobs: typeof HealthDashboardJobs;
  readonly Alerts: typeof HealthDashboardAlerts;
}

/**
 * How everything that is deployed is doing.
 *
 * @example
 * <HealthDashboard.Root deployments={deployments}><HealthDashboard.Summary /><HealthDashboard.Jobs /><HealthDashboard.Alerts /></HealthDashboard.Root>
 */
export const HealthDashboard: HealthDashboardParts = {
  Root: HealthDashboardRoot,
  Summary: HealthDashboardSummary,
  Jobs: HealthDashboardJobs,
  Alerts: HealthDashboardAlerts,
};
