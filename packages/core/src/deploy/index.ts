export { createDeployments, type DeploymentService, type DeploymentsOptions } from './create-deployments.ts';
export { type EmbeddedOptions, embedded } from './embedded/embedded-target.ts';
export type { HealthLimits } from './embedded/job-health.ts';
export type { RestartPolicy } from './embedded/restart-policy.ts';
export { type BundleOptions, bundle, bundleFiles } from './export/bundle-target.ts';
export { type ServerSql, type ServerSqlOptions, serverSql } from './export/server-sql.ts';
export { type Grafana, type GrafanaOptions, grafana, type PublishedDashboard } from './grafana-client.ts';
export { type PlanContext, type PlannedDeployment, planDeployment } from './plan-deployment.ts';
export type { DeploySubject, SourceTraffic } from './subject.ts';
