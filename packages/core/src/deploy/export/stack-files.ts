import { stringify } from 'yaml';
import { alertCases } from '../../apps/alert-cases.ts';
import { alertRules } from '../../observability/alert-rules.ts';
import { type AlertmanagerOptions, alertmanagerConfig } from '../../observability/alertmanager-config.ts';
import { slugOf } from '../../observability/prometheus-name.ts';
import { promtoolTests } from '../../observability/promtool-tests.ts';
import type { AlertInfo, AppInput, DashboardPlan } from '../../protocol/studio/app.ts';
import type { TableSchema } from '../../protocol/table-schema.ts';

export interface StackOptions {
  readonly app: AppInput;
  readonly alerts: readonly AlertInfo[];
  readonly dashboard?: DashboardPlan;
  readonly schemas: Readonly<Record<string, TableSchema>>;
  /** Where the application's metrics are, as Prometheus sees it. */
  readonly metricsAddress: string;
  readonly alertmanager?: AlertmanagerOptions;
}

export type Files = Readonly<Record<string, string>>;

const yaml = (value: unknown): string => stringify(value, { lineWidth: 0 });

/** Prometheus, Alertmanager and Grafana for an application: configuration, rules with their tests, dashboards, provisioning. */
export function stackFiles(options: StackOptions): { readonly files: Files; readonly warnings: readonly string[] } {
  const slug = slugOf(options.app.name);
  const rules = alertRules(options.alerts, { pipeline: slug, absentAfterMs: 900_000 });
  const tests = promtoolTests(alertCases(options.app, options.schemas), `${slug}.yml`);
  const routes = alertmanagerConfig(options.alerts, options.alertmanager);
  const files: Record<string, string> = {
    'prometheus/prometheus.yml': prometheusConfig(slug, options.metricsAddress),
    [`prometheus/rules/${slug}.yml`]: rules.yaml,
    [`prometheus/rules/${slug}.test.yml`]: tests.yaml,
    'alertmanager/alertmanager.yml': routes.yaml,
    'grafana/provisioning/datasources/prometheus.yml': yaml({
      apiVersion: 1,
      datasources: [
        { name: 'Prometheus', uid: 'prometheus', type: 'prometheus', access: 'proxy', url: 'http://prometheus:9090', isDefault: true },
      ],
    }),
    'grafana/provisioning/datasources/tempo.yml': yaml({
      apiVersion: 1,
      datasources: [
        {
          name: 'Tempo',
          uid: 'tempo',
          type: 'tempo',
          access: 'proxy',
          url: 'http://tempo:3200',
          jsonData: { serviceMap: { datasourceUid: 'prometheus' }, nodeGraph: { enabled: true } },
        },
      ],
    }),
    'tempo/tempo.yml': yaml({
      server: { http_listen_port: 3200 },
      distributor: {
        receivers: { otlp: { protocols: { grpc: { endpoint: '0.0.0.0:4317' }, http: { endpoint: '0.0.0.0:4318' } } } },
      },
      compactor: { compaction: { block_retention: '48h' } },
      storage: { trace: { backend: 'local', local: { path: '/var/tempo/traces' }, wal: { path: '/var/tempo/wal' } } },
    }),
    'grafana/provisioning/dashboards/velostream.yml': yaml({
      apiVersion: 1,
      providers: [
        {
          name: 'velostream',
          folder: 'Velostream - Generated',
          type: 'file',
          updateIntervalSeconds: 10,
          options: { path: '/var/lib/grafana/dashboards' },
        },
      ],
    }),
  };
  if (options.dashboard !== undefined)
    files[`grafana/dashboards/${slug}.json`] = `${JSON.stringify(options.dashboard.grafanaJson, null, 2)}\n`;
  const lost = rules.leftOut.map(({ name, reason }) => `alert "${name}" has no rule: ${reason}`);
  return { files, warnings: [...routes.warnings, ...lost] };
}

export const prometheusConfig = (slug: string, address: string): string =>
  yaml({
    global: { scrape_interval: '15s', evaluation_interval: '15s' },
    rule_files: [`rules/${slug}.yml`],
    alerting: { alertmanagers: [{ static_configs: [{ targets: ['alertmanager:9093'] }] }] },
    scrape_configs: [
      { job_name: 'prometheus', static_configs: [{ targets: ['localhost:9090'] }] },
      {
        job_name: `app_${slug.replaceAll('-', '_')}`,
        metrics_path: '/metrics',
        scrape_interval: '5s',
        // The application names itself in the label job.
        honor_labels: true,
        static_configs: [{ targets: [address] }],
      },
    ],
  });
