import type { ConnectorDefinition } from '../../connect/connector.ts';
import { blocked, deployFailed } from '../../diagnostics/codes/deploy.ts';
import { systemClock, systemRng, systemScheduler } from '../../engine/default-ports.ts';
import { slugOf } from '../../observability/prometheus-name.ts';
import type {
  DeploymentStep,
  DeployTarget,
  ReviewRequest,
  StatementReview,
  TargetRequest,
  TargetReview,
} from '../../protocol/studio/deployment.ts';
import type { Clock, Fs, Rng, Scheduler } from '../../runtime/ports.ts';
import type { HealthLimits } from '../embedded/job-health.ts';
import { memoryFs } from '../embedded/memory-fs.ts';
import { createGateway } from './client/gateway.ts';
import { createFlinkJobs } from './client/jobs.ts';
import { withoutLogin } from './client/rest.ts';
import { composeJobs, type FlinkJobPlan, type FlinkPrinter } from './compose-jobs.ts';
import { FlinkDeployment } from './flink-deployment.ts';
import { FlinkJob } from './flink-job.ts';
import { sinkGuarantee } from './guarantee.ts';
import { observeOutputs } from './output-observer.ts';
import { SavedState } from './saved-state.ts';
import { sinkTables } from './submit-job.ts';

export interface FlinkOptions {
  /** Address of the SQL Gateway, e.g. `http://gateway:8083`. */
  readonly gatewayUrl: string;
  /** Address of the JobManager; by default the host of the gateway at port 8081. */
  readonly restUrl?: string;
  /** Where savepoints go, as the cluster reaches it: `s3://…`, `hdfs://…`, `file:///…`. */
  readonly savepointDirectory: string;
  /** Of every job; the default of the cluster otherwise. A deployment may ask for another. */
  readonly parallelism?: number;
  readonly stateBackend?: 'hashmap' | 'rocksdb';
  /** Time between two checkpoints, ms; 10,000 by default. A deployment may ask for another. */
  readonly checkpointIntervalMs?: number;
  /**
   * Time without rows after which a partition, or a reader without a partition, no longer holds windows back. By default 60 s where `parallelism`
   * is above 1, because there may be fewer partitions than readers, and without end otherwise. `watermark.idle_timeout` of a source comes first.
   */
  readonly idleTimeoutMs?: number;
  /** Sent with every request, e.g. `Authorization`. They stand in no log and no error. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Where streams between the queries of an application are topics: `kafka://broker:9092`. Without it, such queries share a job. */
  readonly streams?: string;
  /**
   * Read what jobs write, for the metrics and alerts that the SQL declares: `[kafka()]`. Without them there are the metrics that Flink has, and
   * no declared ones.
   */
  readonly connectors?: readonly ConnectorDefinition[];
  /** Further settings of jobs, by Flink's own names, e.g. `table.exec.mini-batch.enabled`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where is kept which jobs run and where their savepoints are; `.velo/flink` by default. With `fs` absent it lasts as long as the process. */
  readonly directory?: string;
  readonly fs?: Fs;
  readonly maxJobs?: number;
  readonly health?: HealthLimits;
  /** Time until every task of a job runs; 60 s by default. */
  readonly startTimeoutMs?: number;
  /** For one request; 30 s by default. */
  readonly requestTimeoutMs?: number;
  /** Time between two looks at the jobs; 2 s by default. */
  readonly pollMs?: number;
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
  readonly rng?: Rng;
  readonly scheduler?: Scheduler;
}

/** The target, with the printer that it prints SQL by. */
export function flinkWith(print: FlinkPrinter, given: FlinkOptions): DeployTarget {
  // One record for all versions, also where it is in memory only.
  const options = { ...given, fs: given.fs ?? memoryFs() };
  const plans: Planner = (request, life) =>
    composeJobs(
      { ...request, jobs: new Map(request.queries.map((query) => [query.id, query])) },
      { print, life, ...(options.streams === undefined ? {} : { streams: options.streams }) },
    );
  return {
    name: 'flink',
    capabilities: {
      pause: true,
      resume: true,
      restart: true,
      stop: true,
      rollback: true,
      // Two versions side by side would write to the same topics.
      shadow: false,
      metrics: true,
      logs: true,
      savepoint: true,
    },
    ...(options.maxJobs === undefined ? {} : { maxJobs: options.maxJobs }),
    review: (request) => reviewOf(plans(request, 'review')),
    deploy: (request) => deployOn(options, plans, request),
  };
}

type Planner = (request: ReviewRequest, life: string) => readonly FlinkJobPlan[];

function reviewOf(plans: readonly FlinkJobPlan[]): TargetReview {
  const titleAt = (plan: FlinkJobPlan, origin: { readonly start: number; readonly end: number }): string => {
    const id = plan.placeOf(origin)?.queryId;
    return plan.queries.find((query) => query.id === id)?.title ?? plan.name;
  };
  const different = plans.flatMap((plan) =>
    plan.script.statements
      .filter((statement) => statement.verdict === 'different')
      .flatMap((statement) => statement.reasons.map((reason) => `${titleAt(plan, statement.origin)}: on Flink: ${reason}`)),
  );
  const shared = plans
    .filter((plan) => plan.queries.length > 1)
    .map((plan) => `${plan.queries.map((query) => query.title).join(', ')}: one job on Flink, because they read one another by name`);
  const guarantees = plans.flatMap((plan) => {
    const guarantee = plan.blockers.length > 0 ? 'none' : sinkGuarantee(sinkTables(plan.script));
    return plan.queries.map((query) => [query.id, guarantee] as const);
  });
  return {
    statements: plans.flatMap(statementsOf),
    blockers: plans.flatMap((plan) => plan.blockers),
    warnings: [...new Set([...different, ...shared])],
    guarantees: Object.fromEntries(guarantees),
  };
}

/** What is printed for one statement of the user counts as one, with the worst of its verdicts. */
function statementsOf(plan: FlinkJobPlan): StatementReview[] {
  const found = new Map<string, StatementReview>();
  for (const { origin, verdict, reasons } of plan.script.statements) {
    const place = plan.placeOf(origin);
    if (place === undefined) continue;
    const { queryId, span } = place;
    const id = `${queryId} ${span.start}`;
    const known = found.get(id);
    const all = [known?.verdict, verdict];
    const worst = all.includes('refused') ? 'refused' : all.includes('different') ? 'different' : 'same';
    found.set(id, { queryId, span, verdict: worst, reasons: [...new Set([...(known?.reasons ?? []), ...reasons])] });
  }
  return [...found.values()];
}

async function deployOn(options: FlinkOptions & { readonly fs: Fs }, planner: Planner, request: TargetRequest): Promise<FlinkDeployment> {
  const { scheduler = systemScheduler, clock = systemClock, rng = systemRng, fs, headers } = options;
  const http = {
    scheduler,
    ...(headers === undefined ? {} : { headers }),
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    ...(options.requestTimeoutMs === undefined ? {} : { timeoutMs: options.requestTimeoutMs }),
  };
  const gateway = createGateway({ ...http, url: options.gatewayUrl });
  const client = createFlinkJobs({ ...http, url: options.restUrl ?? besideGateway(options.gatewayUrl) });
  const newLife = (): string =>
    Math.floor(rng.next() * 36 ** 8)
      .toString(36)
      .padStart(8, '0');
  const saved = await SavedState.open(fs, `${options.directory ?? '.velo/flink'}/${request.id}`, newLife);
  const plans = planner(request, saved.life);
  const blockers = plans.flatMap((plan) => plan.blockers);
  if (blockers.length > 0) throw blocked(blockers);
  const parallelism = request.options.parallelism ?? options.parallelism;
  const jobs = plans.map(
    (plan) =>
      new FlinkJob({
        plan,
        gateway,
        jobs: client,
        saved,
        savepointDirectory: options.savepointDirectory,
        startTimeoutMs: options.startTimeoutMs ?? 60_000,
        health: options.health ?? {},
        clock,
        scheduler,
        settings: {
          parallelism,
          stateBackend: options.stateBackend,
          idleTimeoutMs: options.idleTimeoutMs,
          checkpointIntervalMs: request.options.checkpointIntervalMs ?? options.checkpointIntervalMs ?? 10_000,
          more: options.settings ?? {},
        },
      }),
  );
  const deployment = new FlinkDeployment({
    all: jobs,
    client,
    saved,
    app: slugOf(request.app.name),
    version: request.version,
    cluster: withoutLogin(options.gatewayUrl),
    scheduler,
    pollMs: options.pollMs ?? 2000,
    ...(options.connectors === undefined ? {} : { outputs: observeOutputs(request, plans, { connectors: options.connectors, clock }) }),
  });
  await startAll(deployment, jobs, request);
  return deployment;
}

/** Jobs in the order of their reading; a failure leaves those before it running unless all or none is asked for. */
async function startAll(deployment: FlinkDeployment, jobs: readonly FlinkJob[], request: TargetRequest): Promise<void> {
  for (const job of jobs) {
    const step = (status: DeploymentStep['status'], message?: string): void => {
      for (const { name } of job.snapshots()) deployment.note({ kind: 'job', name, status, ...(message === undefined ? {} : { message }) });
    };
    try {
      request.signal?.throwIfAborted();
      await deployment.start(job.name);
      step('done');
    } catch (error) {
      step('failed', error instanceof Error ? error.message : String(error));
      if (request.options.atomic !== true && request.signal?.aborted !== true) continue;
      await deployment.close();
      throw deployFailed(job.name, error);
    }
  }
}

function besideGateway(gatewayUrl: string): string {
  const url = new URL(gatewayUrl);
  url.port = '8081';
  return url.toString();
}
