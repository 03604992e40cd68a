import type { DeploymentRecord } from './deployment-record.ts';
import type { Grafana } from './grafana-client.ts';

/** A dashboard that cannot be shown is no reason to stop what runs: the step says what happened. */
export async function publishDashboard(
  record: DeploymentRecord,
  grafanaOf: ((url: string | undefined) => Grafana | undefined) | undefined,
): Promise<void> {
  const { plan, options } = record.current;
  record.extraSteps = [
    ...plan.metrics.map(({ name }) => ({ kind: 'metric' as const, name, status: 'done' as const })),
    ...plan.alerts.map(({ name }) => ({ kind: 'alert' as const, name, status: 'done' as const })),
  ];
  if (plan.dashboard === undefined) return;
  const named = { kind: 'dashboard', name: plan.dashboard.title, title: `Dashboard of ${plan.name}` } as const;
  const note = (status: 'done' | 'failed' | 'skipped', message?: string): void => {
    record.extraSteps = [...record.extraSteps, { ...named, status, ...(message === undefined ? {} : { message }) }];
  };
  const grafana = grafanaOf?.(options.grafanaUrl);
  if (grafana === undefined) {
    note('skipped', 'no Grafana is configured; the dashboard is part of the deployment as JSON');
    return;
  }
  try {
    const { url } = await grafana.publish(plan.dashboard, options.signal === undefined ? {} : { signal: options.signal });
    record.dashboardUrl = url;
    note('done');
  } catch (error) {
    note('failed', error instanceof Error ? error.message : String(error));
  }
}
