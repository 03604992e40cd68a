import { alertsOf } from '../../apps/alerts-of.ts';
import { appScript } from '../../apps/templates/app-test.ts';
import { hideInText, WITHHELD } from '../../connect/secrets/index.ts';
import { alertRules } from '../../observability/alert-rules.ts';
import type { AlertmanagerOptions } from '../../observability/alertmanager-config.ts';
import { slugOf } from '../../observability/prometheus-name.ts';
import type { AlertInfo } from '../../protocol/studio/app.ts';
import type { DeployTarget, TargetDeployment, TargetRequest } from '../../protocol/studio/deployment.ts';
import type { Fs } from '../../runtime/ports.ts';
import { NO_CAPABILITIES } from '../no-capabilities.ts';
import { composeFile, kubernetesFiles } from './container-files.ts';
import { serverSql } from './server-sql.ts';
import { type Files, stackFiles } from './stack-files.ts';

export interface BundleOptions {
  /** Folder that the files go to, one subfolder per deployment. */
  readonly directory: string;
  /** Files: `fileSystem()` of `@velostream/core/node`. */
  readonly fs: Fs;
  readonly image?: string;
  readonly metricsPort?: number;
  readonly alertmanager?: AlertmanagerOptions;
}

/** Everything that an operator needs to run an application: SQL in both dialects, rules, routes, dashboards, compose file, manifests. */
export function bundleFiles(
  request: TargetRequest,
  options: Omit<BundleOptions, 'directory' | 'fs'> = {},
): { readonly files: Files; readonly warnings: readonly string[] } {
  const { app, schemas, plan } = request;
  const alerts = withChannels(
    plan.alerts,
    app.queries.map(({ sql }) => sql),
  );
  const port = options.metricsPort ?? 9091;
  const sql = `-- SQL Application: ${app.name.replace(/\s+/g, ' ')}\n\n${appScript(app)}\n`;
  const server = serverSql(app, { schemas });
  const stack = stackFiles({
    app,
    alerts,
    schemas,
    metricsAddress: `app:${port}`,
    ...(plan.dashboard === undefined ? {} : { dashboard: plan.dashboard }),
    ...(options.alertmanager === undefined ? {} : { alertmanager: options.alertmanager }),
  });
  const rules = alertRules(alerts, { pipeline: slugOf(app.name) }).groups;
  const container = { name: request.name, image: options.image ?? 'node:24-slim', metricsPort: port, sql, rules };
  const files: Record<string, string> = {
    'app.sql': sql,
    'velostream/app.annotated.sql': server.sql,
    ...stack.files,
    ...composeFile(container),
    ...kubernetesFiles(container),
    'plan.json': `${JSON.stringify(plan, null, 2)}\n`,
  };
  const warnings = [
    ...stack.warnings,
    ...server.warnings,
    ...server.blockers.map((b) => `velostream/app.annotated.sql is not complete: ${b}`),
  ];
  return { files: { ...files, 'README.md': readme(request, Object.keys(files), warnings) }, warnings };
}

/** A plan is without secrets, web hooks of its alerts among them; they are sent to the addresses that the application names. */
function withChannels(alerts: readonly AlertInfo[], scripts: readonly string[]): readonly AlertInfo[] {
  if (!alerts.some(({ channel }) => channel?.includes(WITHHELD))) return alerts;
  const left = scripts.flatMap(alertsOf).flatMap(({ channel }) => channel ?? []);
  return alerts.map((alert) => {
    const at = left.findIndex((channel) => hideInText(channel) === alert.channel);
    return at < 0 ? alert : { ...alert, channel: left.splice(at, 1)[0] as string };
  });
}

/**
 * Writes an application as files instead of running it.
 *
 * @example bundle({ directory: './dist/deploy', fs: fileSystem() })
 */
export function bundle(options: BundleOptions): DeployTarget {
  return {
    name: 'bundle',
    capabilities: NO_CAPABILITIES,
    async deploy(request) {
      const { files } = bundleFiles(request, options);
      const folder = `${options.directory}/${request.id}`;
      const written: string[] = [];
      for (const [path, text] of Object.entries(files)) {
        request.signal?.throwIfAborted();
        await options.fs.writeAtomic(`${folder}/${path}`, new TextEncoder().encode(text));
        written.push(`${folder}/${path}`);
      }
      return writtenBundle(written, options.fs);
    },
  };
}

const nothing = async (): Promise<void> => {};

function writtenBundle(files: readonly string[], fs: Fs): TargetDeployment {
  return {
    jobs: () => [],
    start: nothing,
    stop: nothing,
    pause: nothing,
    resume: nothing,
    restart: nothing,
    async remove() {
      for (const file of files) await fs.remove(file);
    },
    logs: async () => [],
    alerts: () => [],
    metricsText: () => '',
    files,
  };
}

function readme({ name, plan }: TargetRequest, files: readonly string[], warnings: readonly string[]): string {
  return [
    `# ${name}`,
    '',
    `${plan.jobs.length} jobs, ${plan.metrics.length} metrics, ${plan.alerts.length} alerts. Plan ${plan.hash}.`,
    '',
    '- Compose: `GRAFANA_PASSWORD=… docker compose up`',
    '- Kubernetes: `kubectl apply -f kubernetes/` (monitoring.yaml needs the Prometheus operator)',
    '- Velostream server: `velo-sql deploy-app --file velostream/app.annotated.sql --enable-metrics`',
    '- Rules alone: `promtool check rules prometheus/rules/*.yml` and `promtool test rules prometheus/rules/*.test.yml`',
    '',
    ...(warnings.length === 0 ? [] : ['To look at:', '', ...warnings.map((w) => `- ${w}`), '']),
    'Files:',
    '',
    ...files.map((file) => `- ${file}`),
    '',
  ].join('\n');
}
