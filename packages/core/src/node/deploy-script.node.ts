import { createServer, type Server } from 'node:http';
import { hostname } from 'node:os';
import { appOfScript } from '../apps/index.ts';
import type { ConnectorDefinition } from '../connect/connector.ts';
import {
  bundle,
  createDeployments,
  type DeploymentService,
  type DeploySubject,
  embedded,
  grafana,
  type RemoteWriter,
  remoteWrite,
} from '../deploy/index.ts';
import { EXPOSITION_TYPE } from '../observability/index.ts';
import type { Deployment, DeployPlan, DeployTarget } from '../protocol/studio/deployment.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import type { ExitCode } from './command.ts';
import { fileSystem } from './file-system.node.ts';
import { loadConnectors } from './load-connectors.node.ts';
import { tracingTo } from './otlp-tracing.node.ts';
import type { Terminal } from './terminal.node.ts';
import { UsageError } from './usage-error.ts';

export interface ScriptDeployment {
  readonly sql: string;
  readonly fallbackName: string;
  readonly name?: string;
  readonly sources: Readonly<Record<string, string>>;
  readonly root: string;
  readonly state: string;
  readonly metricsPort: number;
  readonly metricsHost: string;
  readonly checkpointMs: number;
  readonly json: boolean;
  readonly run: boolean;
  readonly bundle?: string;
  readonly planHash?: string;
  readonly grafanaUrl?: string;
  readonly remoteWriteUrl?: string;
  readonly otlpUrl?: string;
  /** The target on Apache Flink, where the command names a cluster. */
  flink?(connectors: readonly ConnectorDefinition[]): Promise<DeployTarget | undefined>;
}

/** Plans an application, and carries the plan out where that is wanted. */
export async function deployScript(o: ScriptDeployment, terminal: Terminal): Promise<ExitCode> {
  const { definitions } = await loadConnectors([o.root], terminal.cwd);
  const app = appOfScript(o.sql, o.fallbackName);
  const name = o.name ?? app.name;
  const subject: DeploySubject = {
    app,
    sources: Object.fromEntries(Object.entries(o.sources).map(([source, uri]) => [source, { uri }])),
    schemas: await schemasOf(o.sources, definitions),
  };
  const fs = fileSystem();
  const elsewhere = await o.flink?.(definitions);
  const runsHere = o.run && elsewhere === undefined && o.bundle === undefined;
  if (!runsHere) tellUnused(o, elsewhere !== undefined, terminal);
  const writer = runsHere ? remoteWriterOf(o, terminal) : undefined;
  const tracing = runsHere ? await tracingTo(o.otlpUrl, app.name) : undefined;
  const target =
    elsewhere ??
    (o.bundle === undefined
      ? embedded({
          connectors: definitions,
          fs,
          directory: o.state,
          checkpointEveryMs: o.checkpointMs,
          node: nodeOf(app.name),
          usage: usageMeter(),
          ...(writer === undefined ? {} : { remoteWrite: writer }),
          ...(tracing === undefined ? {} : { tracing }),
        })
      : bundle({ directory: o.bundle, fs }));
  const token = process.env['GRAFANA_TOKEN'];
  const deployments = createDeployments({
    targets: [target],
    grafana: (url) => (url === undefined ? undefined : grafana({ url, ...(token === undefined ? {} : { token }) })),
  });
  const options = { name, target: target.name, ...(o.grafanaUrl === undefined ? {} : { grafanaUrl: o.grafanaUrl }) };
  const plan = await deployments.plan(subject, options);
  if (o.json) await terminal.stdout.write(`${JSON.stringify(plan, null, 2)}\n`);
  else await terminal.stdout.write(`${planText(plan)}\n`);
  if (plan.blockers.length > 0) return 1;
  if (o.planHash !== undefined && o.planHash !== plan.hash)
    throw new UsageError('the plan is not the one that was approved', `It has the hash ${plan.hash} now; look at it, and pass that.`);
  if (!o.run && o.bundle === undefined) return 0;
  const deployment = await deployments.deploy(subject, { ...options, planHash: plan.hash });
  if (deployment.files !== undefined) {
    await terminal.stderr.write(`${deployment.files.length} files in ${o.bundle}\n`);
    return 0;
  }
  if (elsewhere !== undefined) return leaveRunning(deployments, deployment, terminal);
  const code = await runUntilEnd(deployments, deployment.id, o, terminal);
  await writer?.close();
  await tracing?.close();
  return code;
}

/** What is sent from running jobs is only sent by jobs that run in this process. */
function tellUnused({ otlpUrl, remoteWriteUrl, bundle }: ScriptDeployment, isFlink: boolean, terminal: Terminal): void {
  const why = isFlink
    ? 'the jobs run on the Flink cluster'
    : bundle === undefined
      ? 'nothing is run without --run'
      : 'a bundle runs elsewhere';
  const where = isFlink ? '; configure the reporters of Flink instead' : '';
  if (otlpUrl !== undefined) terminal.stderr.write(`warning: --otlp is not used, because ${why}${where}\n`);
  if (remoteWriteUrl !== undefined) terminal.stderr.write(`warning: --remote-write is not used, because ${why}${where}\n`);
}

function remoteWriterOf({ remoteWriteUrl: url }: ScriptDeployment, terminal: Terminal): RemoteWriter | undefined {
  if (url === undefined) return undefined;
  if (!URL.canParse(url))
    throw new UsageError(`option "--remote-write" does not take "${url}"`, 'Give an address, e.g. http://prometheus:9090/api/v1/write.');
  const token = process.env['REMOTE_WRITE_TOKEN'];
  return remoteWrite({
    url,
    ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
    onWarning: (text) => void terminal.stderr.write(`warning: ${text}\n`),
  });
}

/** Columns of what `--source` names, so that names are checked before anything runs. */
async function schemasOf(
  sources: Readonly<Record<string, string>>,
  connectors: readonly ConnectorDefinition[],
): Promise<Record<string, TableSchema>> {
  const { createEngine } = await import('../engine/index.ts');
  const found: Record<string, TableSchema> = {};
  for (const [name, uri] of Object.entries(sources)) {
    const engine = createEngine({ connectors, sources: { [name]: { uri } } });
    const query = engine.run(`SELECT * FROM \`${name.replaceAll('`', '``')}\``);
    try {
      await query.ready;
      found[name] = { columns: query.schema.columns };
    } catch {
      // What cannot be looked at now is told by the job itself; any column may exist until then.
    }
    await engine.close();
  }
  return found;
}

/** Jobs of a cluster go on without this process. */
async function leaveRunning(deployments: DeploymentService, { jobs }: Deployment, terminal: Terminal): Promise<ExitCode> {
  for (const job of jobs) await terminal.stdout.write(`${job.status.padEnd(8)} ${job.name}; ${job.error?.message ?? job.guarantee}\n`);
  await deployments.close();
  return jobs.every((job) => job.status !== 'failed') ? 0 : 1;
}

async function runUntilEnd(deployments: DeploymentService, id: string, o: ScriptDeployment, terminal: Terminal): Promise<ExitCode> {
  const server = o.metricsPort === 0 ? undefined : await serveStatus(deployments, id, o);
  if (server !== undefined) await terminal.stderr.write(`metrics on http://${o.metricsHost}:${o.metricsPort}/metrics\n`);
  let leave = (): void => {};
  const interrupted = new Promise<'interrupted'>((resolve) => {
    leave = terminal.onInterrupt(() => resolve('interrupted'));
    process.once('SIGTERM', () => resolve('interrupted'));
  });
  let told = 0;
  let outcome: 'interrupted' | 'finished' | 'failed' | undefined;
  while (outcome === undefined) {
    const lines = await deployments.logs(id, { limit: 1000 });
    for (const line of lines.filter((l) => l.at > told))
      await terminal.stderr.write(`${new Date(line.at).toISOString()} ${line.level} ${line.job ?? ''} ${line.message}\n`);
    told = Math.max(told, ...lines.map((l) => l.at));
    const { jobs } = await deployments.get(id);
    if (jobs.every((job) => job.status === 'finished')) outcome = 'finished';
    else if (
      jobs.length > 0 &&
      jobs.every((job) => job.status === 'failed' || job.status === 'finished') &&
      lines.some((l) => l.message.includes('stays failed'))
    )
      outcome = 'failed';
    else outcome = await Promise.race([interrupted, new Promise<undefined>((resolve) => setTimeout(resolve, 200, undefined))]);
  }
  leave();
  await deployments.close();
  await new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
  return outcome === 'failed' ? 1 : 0;
}

/** What Prometheus, a load balancer and a Velostream client ask for. */
async function serveStatus(deployments: DeploymentService, id: string, o: ScriptDeployment): Promise<Server> {
  const server = createServer(async (request, response) => {
    const path = (request.url ?? '/').replace(/\?.*$/, '');
    const send = (status: number, type: string, body: string): void => {
      response.writeHead(status, { 'content-type': type }).end(body);
    };
    const view = await deployments.get(id);
    if (path === '/metrics') send(200, EXPOSITION_TYPE, await deployments.metricsText());
    else if (path === '/health') {
      const reasons = view.jobs.flatMap((job) => job.healthReasons.map((reason) => `${job.name}: ${reason}`));
      send(
        view.health === 'critical' ? 503 : 200,
        'application/json',
        JSON.stringify({ status: view.health, issues: reasons, job_count: view.jobs.length }),
      );
    } else if (path === '/jobs') send(200, 'application/json', JSON.stringify(view.jobs));
    else send(404, 'text/plain', 'not found: try /metrics, /health or /jobs\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(o.metricsPort, o.metricsHost, resolve);
  });
  return server;
}

function planText(plan: DeployPlan): string {
  const lines = [`plan ${plan.hash} for ${plan.name} on ${plan.target}`, ''];
  for (const job of plan.jobs) {
    const state = job.state === 'none' ? '' : `, state ${job.state}`;
    lines.push(`  ${job.action.padEnd(7)} ${job.name}${state}; ${job.guarantee}${job.reason === undefined ? '' : ` (${job.reason})`}`);
  }
  lines.push(
    '',
    `  ${plan.metrics.length} metrics, ${plan.alerts.length} alerts${plan.dashboard === undefined ? '' : `, dashboard "${plan.dashboard.title}" with ${plan.dashboard.panels.length} panels`}`,
  );
  for (const alert of plan.alerts) lines.push(`  alert ${alert.name} (${alert.severity}): ${alert.condition}`);
  for (const warning of plan.warnings) lines.push(`  warning: ${warning}`);
  for (const blocker of plan.blockers) lines.push(`  blocker: ${blocker}`);
  return lines.join('\n');
}

/** Names as the reference takes them from the environment. */
function nodeOf(app: string) {
  const { NODE_ID, NODE_NAME, REGION, POD_NAME } = process.env;
  return { nodeId: NODE_ID ?? POD_NAME ?? `${app}-1`, nodeName: NODE_NAME ?? hostname(), region: REGION ?? '' };
}

/** Processor time since the last look, in per cent of one core, and resident memory. */
function usageMeter(): () => { cpuPercent: number; memoryBytes: number } {
  let before = process.cpuUsage();
  let at = performance.now();
  return () => {
    const used = process.cpuUsage(before);
    const elapsedMs = Math.max(1, performance.now() - at);
    before = process.cpuUsage();
    at = performance.now();
    return { cpuPercent: (used.user + used.system) / 10 / elapsedMs, memoryBytes: process.memoryUsage.rss() };
  };
}
