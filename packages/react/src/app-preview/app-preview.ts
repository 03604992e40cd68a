import { AppPreviewAlerts } from './AppPreviewAlerts.tsx';
import { AppPreviewDeployApp } from './AppPreviewDeployApp.tsx';
import { AppPreviewEditQueries } from './AppPreviewEditQueries.tsx';
import { AppPreviewFlow } from './AppPreviewFlow.tsx';
import { AppPreviewMetrics } from './AppPreviewMetrics.tsx';
import { AppPreviewProblems } from './AppPreviewProblems.tsx';
import { AppPreviewQueries } from './AppPreviewQueries.tsx';
import { AppPreviewRoot } from './AppPreviewRoot.tsx';
import { AppPreviewTestAll } from './AppPreviewTestAll.tsx';

interface AppPreviewParts {
  readonly Root: typeof AppPreviewRoot;
  readonly Queries: typeof AppPreviewQueries;
  readonly Metrics: typeof AppPreviewMetrics;
  readonly Alerts: typeof AppPreviewAlerts;
  readonly Flow: typeof AppPreviewFlow;
  readonly Problems: typeof AppPreviewProblems;
  readonly TestAll: typeof AppPreviewTestAll;
  readonly DeployApp: typeof AppPreviewDeployApp;
  readonly EditQueries: typeof AppPreviewEditQueries;
}

/**
 * An application before it runs.
 *
 * @example
 * <AppPreview.Root artifact={artifact}><AppPreview.Queries /><AppPreview.Metrics /><AppPreview.TestAll /></AppPreview.Root>
 */
export const AppPreview: AppPreviewParts = {
  Root: AppPreviewRoot,
  Queries: AppPreviewQueries,
  Metrics: AppPreviewMetrics,
  Alerts: AppPreviewAlerts,
  Flow: AppPreviewFlow,
  Problems: AppPreviewProblems,
  TestAll: AppPreviewTestAll,
  DeployApp: AppPreviewDeployApp,
  EditQueries: AppPreviewEditQueries,
};
