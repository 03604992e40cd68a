import { bindApp } from '../../apps/bind-app.ts';
import { relationLabel } from '../../apps/relation-label.ts';
import type { ConnectorDefinition } from '../../connect/connector.ts';
import { deployFailed } from '../../diagnostics/codes/deploy.ts';
import type { SourceInput } from '../../engine/api.ts';
import { systemClock, systemRng, systemScheduler } from '../../engine/default-ports.ts';
import type { NodeIdentity } from '../../observability/engine-metrics.ts';
import { createMetricRegistry } from '../../observability/metric-registry.ts';
import { slugOf } from '../../observability/prometheus-name.ts';
import type { RemoteWriter } from '../../observability/remote-write.ts';
import { parseTraceparent, type TraceContext } from '../../observability/trace-context.ts';
import { type Tracing, traced } from '../../observability/tracing/tracing.ts';
import type { DeployTarget, TargetRequest } from '../../protocol/studio/deployment.ts';
import type { Fs } from '../../runtime/ports.ts';
import { withoutSecrets } from '../../sessions/withheld.ts';
import { EmbeddedDeployment, LIFE_FILE } from './embedded-deployment.ts';
import { EmbeddedJob, type EmbeddedJobOptions, type JobPorts } from './embedded-job.ts';
import { expectationOf, type HealthLimits } from './job-health.ts';
import { observeQuery } from './job-observer.ts';
import { type CompleteSink, jobScript } from './job-script.ts';
import { memoryFs } from './memory-fs.ts';
import type { RestartPolicy } from './restart-policy.ts';
import { shadowRun } from './shadow-run.ts';
import { streamConnector } from './stream-connector.ts';
import { StreamTopic } from './stream-topic.ts';

export interface EmbeddedOptions extends Partial<JobPorts> {
  readonly connectors?: readonly ConnectorDefinition[];
  /** Inputs that every deployment sees, beside those of its session. */
  readonly sources?: Readonly<Record<string, SourceInput>>;
  /** Where state is kept; with `fs` absent it lasts as long as the process. `.velo/deployments` by default. */
  readonly directory?: string;
  /** Files: `fileSystem()` of `@velostream/core/node`. */
  readonly fs?: Fs;
  /** Time between two commits; 1000 by default. A deployment may ask for another. */
  readonly checkpointEveryMs?: number;
  readonly restart?: RestartPolicy;
  readonly health?: HealthLimits;
  readonly maxJobs?: number;
  /** Also gets the values of metrics, with event time: `remoteWrite` of this package. Its host closes it. */
  readonly remoteWrite?: RemoteWriter;
  /** Gets spans of deployments, starts of jobs, checkpoints and some batches: `otlpTracing` of this package. Its host closes it. */
  readonly tracing?: Tracing;
  readonly engine?: EmbeddedJobOptions['engine'];
  readonly node?: Partial<NodeIdentity>;
  /** Processor and memory of the process, for the metrics of the node. */
  usage?(): { readonly cpuPercent: number; readonly memoryBytes: number };
  /** Adds to the address of a sink; by default Kafka sinks get an id for their transactions. */
  readonly completeSink?: CompleteSink;
}

/**
 * Transactions of a job have an id of their own, so that a run that was taken over cannot write any more. `life` tells a deployment from an
 * earlier one of the same name whose state was deleted: the commits of that one mean nothing to it.
 */
function withTransactionalId(
  uri: string,
  { stateKey, job, life }: { readonly stateKey: string; readonly job: string; readonly life: string },
): string {
  if (!/^kafka:/i.test(uri) || /[?&]transactional\.id=/.test(uri)) return uri;
  const id = `velo.${job}.${stateKey.slice(0, 8)}.${life}`;
  return `${uri}${uri.includes('?') ? '&' : '?'}transactional.id=${encodeURIComponent(id)}`;
}

/**
 * Runs applications in this process: a supervised job per query, state on disk, streams between jobs by name, metrics and alerts.
 *
 * @example
 * const target = embedded({ connectors: [kafka()], fs: fileSystem(), directory: '/var/lib/velo' });
 */
export function embedded(options: EmbeddedOptions = {}): DeployTarget {
  const ports: JobPorts = {
    fs: options.fs ?? memoryFs(),
    clock: options.clock ?? systemClock,
    rng: options.rng ?? systemRng,
    scheduler: options.scheduler ?? systemScheduler,
  };
  const registry = createMetricRegistry();
  return {
    name: 'embedded',
    capabilities: {
      pause: true,
      resume: true,
      restart: true,
      stop: true,
      rollback: true,
      shadow: true,
      metrics: true,
      logs: true,
      savepoint: true,
    },
    maxJobs: options.maxJobs ?? 100,
    shadow: (current, next, { share } = {}) =>
      shadowRun(current, next, {
        ...(share === undefined ? {} : { share }),
        connectors: options.connectors ?? [],
        ...(options.engine === undefined ? {} : { engine: options.engine }),
      }),
    async deploy(request) {
      const { traceparent } = request.options;
      const parent = traceparent === undefined ? undefined : parseTraceparent(traceparent);
      const attributes = { 'velo.deployment': request.id, 'velo.app': request.app.name, 'velo.version': request.version };
      return traced(options.tracing, 'velo.deploy', { attributes, ...(parent ? { parent } : {}) }, async (span) => {
        const life = await lifeOf(rootOf(options, request), ports);
        const trace = span ? { trace: span.context } : {};
        const made = makeDeployment(request, options, { ports, registry, life, ...trace });
        await startAll(made, request);
        return made;
      });
    },
  };
}

interface Surroundings {
  readonly ports: JobPorts;
  readonly registry: ReturnType<typeof createMetricRegistry>;
  readonly life: string;
  /** Of the deployment that the jobs belong to. */
  readonly trace?: TraceContext;
}

const rootOf = (options: EmbeddedOptions, request: TargetRequest): string => `${options.directory ?? '.velo/deployments'}/${request.id}`;

/** Name of the state of a deployment, made with it and deleted with it. */
async function lifeOf(root: string, { fs, rng }: JobPorts): Promise<string> {
  const names = await fs.list(root).catch((): readonly string[] => []);
  if (names.includes(LIFE_FILE)) return new TextDecoder().decode(await fs.read(`${root}/${LIFE_FILE}`));
  const life = Math.floor(rng.next() * 36 ** 8)
    .toString(36)
    .padStart(8, '0');
  await fs.writeAtomic(`${root}/${LIFE_FILE}`, new TextEncoder().encode(life));
  return life;
}

function makeDeployment(
  request: TargetRequest,
  options: EmbeddedOptions,
  { ports, registry, life, trace }: Surroundings,
): EmbeddedDeployment {
  const root = rootOf(options, request);
  const app = bindApp(request.app.queries, request.schemas);
  const topics = new Map<string, StreamTopic>();
  const inputs = { ...options.sources, ...(request.sources as Readonly<Record<string, SourceInput>>) };
  const isTable = (name: string): boolean => request.schemas[name]?.kind === 'table';
  const jobs = new Map<string, EmbeddedJob>();
  const lags = new Map<string, () => number | undefined>();
  const connectors = [...(options.connectors ?? []), streamConnector(topics)];
  for (const query of app.queries) {
    const wanted = request.queries.find((each) => each.id === query.id);
    if (wanted === undefined) continue;
    const { job, stateKey } = wanted;
    const complete: CompleteSink = options.completeSink ?? ((uri) => withTransactionalId(uri, { stateKey, job, life }));
    const script = jobScript(app, query, job, complete);
    const key = stateKey.slice(0, 12);
    if (script.writes !== undefined) {
      const { topic, fields } = script.writes;
      topics.set(topic, new StreamTopic(topic, fields, ports.fs, `${root}/streams/${encodeURIComponent(topic)}/${job}-${key}`));
    }
    const streams = [...script.reads].map(([name, uri]) => [name, { uri }] as const);
    const mine = Object.entries(inputs).filter(([name]) =>
      query.statements.some((s) => s.reads.some((read) => relationLabel(read) === relationLabel(name))),
    );
    const streamNames = [...script.reads.values()]
      .filter((uri) => uri.startsWith('stream:'))
      .map((uri) => decodeURIComponent(/^stream:\/\/([^?]*)/.exec(uri)?.[1] ?? ''));
    lags.set(job, () => (streamNames.length === 0 ? undefined : streamNames.reduce((n, name) => n + (topics.get(name)?.unread ?? 0), 0)));
    const planned = request.plan.jobs.find((each) => each.queryId === query.id);
    jobs.set(
      job,
      new EmbeddedJob({
        ...ports,
        name: job,
        queryId: query.id,
        sql: withoutSecrets(query.sql),
        script,
        guarantee: planned?.guarantee ?? 'unknown',
        sources: Object.fromEntries([...mine.filter(([name]) => !isTable(name)), ...streams]),
        tables: Object.fromEntries(mine.filter(([name]) => isTable(name))),
        connectors,
        engine: options.engine ?? {},
        directory: `${root}/jobs/${job}/${key}`,
        checkpointEveryMs: request.options.checkpointIntervalMs ?? options.checkpointEveryMs ?? 1000,
        restart: options.restart ?? {},
        health: options.health ?? {},
        expected: expectationOf([query], new Set([...script.reads.keys(), ...mine.map(([name]) => name).filter(isTable)])),
        observe: (schemaOf) =>
          observeQuery(query, schemaOf, {
            registry,
            app: request.app.name,
            now: () => ports.clock.now(),
            ...(options.remoteWrite === undefined ? {} : { push: options.remoteWrite }),
            onWarning: (text) => deployment.warn(job, text),
          }),
        lag: () => lags.get(job)?.(),
        ...(options.tracing === undefined ? {} : { tracing: options.tracing }),
        ...(trace === undefined ? {} : { trace }),
      }),
    );
  }
  const deployment = new EmbeddedDeployment({
    jobs,
    topics,
    registry,
    app: slugOf(request.app.name),
    version: request.version,
    clock: ports.clock,
    fs: ports.fs,
    root,
    ...(options.usage === undefined ? {} : { usage: options.usage }),
    node: { nodeId: options.node?.nodeId ?? 'local', nodeName: options.node?.nodeName ?? 'local', region: options.node?.region ?? '' },
  });
  return deployment;
}

/**
 * All jobs at once, because most of a start is waiting for brokers; told in the order of their reading. A failure leaves the others running
 * unless all or none is asked for.
 */
async function startAll(deployment: EmbeddedDeployment, request: TargetRequest): Promise<void> {
  const app = bindApp(request.app.queries, request.schemas);
  const order = [...new Set(app.ordered.map((statement) => statement.queryId))];
  const jobs = order.flatMap((queryId) => request.queries.find((query) => query.id === queryId)?.job ?? []);
  const starts = await Promise.allSettled(
    jobs.map(async (job) => {
      request.signal?.throwIfAborted();
      await deployment.start(job);
    }),
  );
  for (const [i, start] of starts.entries()) {
    const name = jobs[i] as string;
    if (start.status === 'fulfilled') {
      deployment.note({ kind: 'job', name, status: 'done' });
      continue;
    }
    const error: unknown = start.reason;
    deployment.note({ kind: 'job', name, status: 'failed', message: error instanceof Error ? error.message : String(error) });
    if (request.options.atomic !== true && request.signal?.aborted !== true) continue;
    await deployment.close();
    throw deployFailed(name, error);
  }
}
