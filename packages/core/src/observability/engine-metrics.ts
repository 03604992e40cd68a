import type { Job } from '../protocol/studio/deployment.ts';
import type { MetricFamily, Sample } from './exposition.ts';
import { joinFamilies } from './join-families.ts';
import { DEFAULT_BUCKETS } from './metric-registry.ts';

/** Where an engine runs; labels of what is measured of it as a whole. */
export interface NodeIdentity {
  readonly nodeId: string;
  readonly nodeName: string;
  readonly region: string;
}

export interface EngineState {
  readonly node: NodeIdentity;
  readonly jobs: readonly (Job & {
    readonly app: string;
    readonly version: number;
    /** Time to take in a batch, cumulative under `DEFAULT_BUCKETS`. */
    readonly latency?: { readonly counts: readonly number[]; readonly count: number; readonly sumMs: number };
  })[];
  /** Messages of the last record errors with how often each came. */
  readonly errors: ReadonlyMap<string, number>;
  readonly errorsTotal: number;
  readonly cpuPercent?: number;
  readonly memoryBytes?: number;
}

const ERROR_MESSAGES_MAX = 10;

const gauge = (name: string, help: string, samples: readonly Sample[]): MetricFamily => ({ name, type: 'gauge', help, samples });
const counter = (name: string, help: string, samples: readonly Sample[]): MetricFamily => ({ name, type: 'counter', help, samples });
const one = (value: number, labels: Readonly<Record<string, string>> = {}): readonly Sample[] => [{ labels, value }];

type Jobs = EngineState['jobs'];
const totalOf = (jobs: Jobs, of: (job: Job) => number): number => jobs.reduce((n, job) => n + of(job), 0);
const samplesPerJob = (jobs: Jobs, of: (job: Job) => number | undefined): readonly Sample[] =>
  jobs.flatMap((job) => {
    const value = of(job);
    return value === undefined ? [] : [{ labels: { job_name: job.name }, value }];
  });

/** The metrics that every engine has, under the names that dashboards of the reference query. */
export function engineMetricFamilies(state: EngineState): readonly MetricFamily[] {
  const all = [
    ...wholeFamilies(state),
    ...durationFamilies(state.jobs),
    ...jobFamilies(state.jobs),
    ...joinFamilies(state.jobs),
    ...processFamilies(state),
  ];
  return all.filter((family) => family.samples.length > 0);
}

function identityOf({ node }: EngineState): Readonly<Record<string, string>> {
  return { node_id: node.nodeId, node_name: node.nodeName, region: node.region };
}

function wholeFamilies(state: EngineState): MetricFamily[] {
  const { jobs } = state;
  const identity = identityOf(state);
  const total = (of: (job: Job) => number): number => totalOf(jobs, of);
  const perJob = (of: (job: Job) => number | undefined): readonly Sample[] => samplesPerJob(jobs, of);
  const running = jobs.filter((job) => job.status === 'running');
  return [
    counter('velo_sql_queries_total', 'Queries started', one(jobs.length, identity)),
    counter(
      'velo_sql_records_processed_total',
      'Records read by all queries',
      one(
        total((j) => j.metrics.recordsIn),
        identity,
      ),
    ),
    counter('velo_sql_query_errors_total', 'Records that could not be processed', one(total((j) => j.metrics.errors))),
    gauge('velo_sql_active_queries', 'Queries that run', one(running.length)),
    gauge('velo_active_jobs', 'Jobs that run', one(running.length)),
    counter('velo_streaming_operations_total', 'Batches and records by operation', byOperation(jobs)),
    counter('velo_streaming_records_total', 'Records by operation', byOperation(jobs)),
    gauge(
      'velo_streaming_throughput_rps',
      'Records per second',
      one(
        total((j) => j.metrics.recordsPerSecond),
        { operation: 'sql_processing' },
      ),
    ),
    gauge(
      'velo_streaming_throughput_by_job_rps',
      'Records per second of a job',
      perJob((j) => j.metrics.recordsPerSecond),
    ),
  ];
}

function jobFamilies(jobs: Jobs): MetricFamily[] {
  const perJob = (of: (job: Job) => number | undefined): readonly Sample[] => samplesPerJob(jobs, of);
  return [
    counter(
      'velo_job_records_in_total',
      'Records that a job read',
      perJob((j) => j.metrics.recordsIn),
    ),
    counter(
      'velo_job_records_out_total',
      'Records that a job put out',
      perJob((j) => j.metrics.recordsProcessed),
    ),
    counter(
      'velo_job_errors_total',
      'Records of a job that could not be processed',
      perJob((j) => j.metrics.errors),
    ),
    counter(
      'velo_job_late_dropped_total',
      'Records that came too late for every window',
      perJob((j) => j.metrics.lateDropped),
    ),
    counter(
      'velo_job_restarts_total',
      'Times a job was started again after a failure',
      perJob((j) => j.metrics.restarts),
    ),
    gauge(
      'velo_job_up',
      'Whether a job runs',
      perJob((j) => (j.status === 'running' ? 1 : 0)),
    ),
    gauge(
      'velo_job_health',
      'Health of a job: 2 healthy, 1 warning, 0 critical',
      perJob((j) => HEALTH[j.health]),
    ),
    gauge(
      'velo_job_state_rows',
      'Groups, rows and keys that a job keeps',
      perJob((j) => j.metrics.stateEntries),
    ),
    gauge(
      'velo_job_state_bytes',
      'Bytes that a job keeps',
      perJob((j) => j.metrics.stateBytes),
    ),
    gauge(
      'velo_job_watermark_seconds',
      'Event time that a job has reached',
      perJob((j) => (j.metrics.watermark === null ? undefined : j.metrics.watermark / 1000)),
    ),
    gauge(
      'velo_job_last_output_seconds',
      'Time of the last output',
      perJob((j) => (j.metrics.lastOutputAt === undefined ? undefined : j.metrics.lastOutputAt / 1000)),
    ),
    gauge(
      'velo_job_last_checkpoint_seconds',
      'Time of the last checkpoint',
      perJob((j) => (j.metrics.checkpointAt === undefined ? undefined : j.metrics.checkpointAt / 1000)),
    ),
    gauge(
      'velo_kafka_consumer_lag',
      'Records that a job has not read yet',
      perJob((j) => j.metrics.consumerLag),
    ),
    gauge('velo_pipeline_operation_latency_seconds', 'Time to take in a batch', quantiles(jobs)),
    gauge('velo_deployment_version', 'Version of an application that runs', versions(jobs)),
  ];
}

function processFamilies(state: EngineState): MetricFamily[] {
  const identity = identityOf(state);
  return [
    gauge('velo_error_messages_total', 'Record errors since the start', one(state.errorsTotal)),
    gauge('velo_unique_error_types', 'Different messages among the last errors', one(state.errors.size)),
    gauge('velo_buffered_error_messages', 'Messages that are kept', one(Math.min(ERROR_MESSAGES_MAX, state.errors.size))),
    gauge(
      'velo_error_message',
      'How often a message came',
      [...state.errors].slice(-ERROR_MESSAGES_MAX).map(([message, value]) => ({ labels: { message }, value })),
    ),
    ...(state.cpuPercent === undefined
      ? []
      : [gauge('velo_cpu_usage_percent', 'Processor time of the process', one(state.cpuPercent, identity))]),
    ...(state.memoryBytes === undefined
      ? []
      : [gauge('velo_memory_usage_bytes', 'Memory of the process', one(state.memoryBytes, identity))]),
  ];
}

type Latency = NonNullable<Jobs[number]['latency']>;

function histogramSamples(latency: Latency, labels: Readonly<Record<string, string>>): Sample[] {
  const buckets = DEFAULT_BUCKETS.map(
    (bound, i): Sample => ({ suffix: '_bucket', labels: { ...labels, le: String(bound) }, value: latency.counts[i] ?? 0 }),
  );
  return [
    ...buckets,
    { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: latency.count },
    { suffix: '_sum', labels, value: latency.sumMs / 1000 },
    { suffix: '_count', labels, value: latency.count },
  ];
}

/** Durations under the several names that the reference has for them. */
function durationFamilies(jobs: Jobs): MetricFamily[] {
  const measured = jobs.flatMap(({ name, sql, latency }) =>
    latency === undefined || latency.count === 0 ? [] : [{ name, type: queryType(sql), latency }],
  );
  const histogram = (name: string, help: string, samples: readonly Sample[]): MetricFamily => ({ name, type: 'histogram', help, samples });
  const whole = measured.reduce<Latency>(
    (sum, { latency }) => ({
      counts: sum.counts.map((n, i) => n + (latency.counts[i] ?? 0)),
      count: sum.count + latency.count,
      sumMs: sum.sumMs + latency.sumMs,
    }),
    { counts: DEFAULT_BUCKETS.map(() => 0), count: 0, sumMs: 0 },
  );
  const perJob = (labelsOf: (job: (typeof measured)[number]) => Readonly<Record<string, string>>): Sample[] =>
    measured.flatMap((job) => histogramSamples(job.latency, labelsOf(job)));
  const all = whole.count === 0 ? [] : histogramSamples(whole, {});
  return [
    histogram('velo_sql_query_duration_seconds', 'Time to take in a batch, per record', all),
    histogram(
      'velo_sql_query_duration_by_job_seconds',
      'Time to take in a batch, per record of a job',
      perJob(({ name, type }) => ({ job_name: name, query_type: type })),
    ),
    histogram(
      'velo_streaming_duration_seconds',
      'Time of an operation, per record',
      whole.count === 0 ? [] : histogramSamples(whole, { operation: 'sql_processing' }),
    ),
    histogram(
      'velo_pipeline_operation_duration_seconds',
      'Time of an operation of a job, per record',
      perJob(({ name }) => ({ job_name: name, operation: 'sql_processing' })),
    ),
    histogram(
      'velo_profiling_phase_duration_seconds',
      'Time of a phase of a job, per record',
      perJob(({ name }) => ({ job_name: name, phase: 'sql_processing' })),
    ),
    gauge(
      'velo_profiling_phase_throughput_rps',
      'Records per second in a phase',
      jobs.map((job) => ({ labels: { job_name: job.name, phase: 'sql_processing' }, value: job.metrics.recordsPerSecond })),
    ),
    gauge('up', 'Whether the telemetry answers', one(1, { job: 'velostream-telemetry' })),
  ];
}

const queryType = (sql: string): string =>
  /\bWINDOW\b/i.test(sql) ? 'window' : /\bJOIN\b/i.test(sql) ? 'join' : /\bGROUP\s+BY\b/i.test(sql) ? 'aggregate' : 'select';

const HEALTH: Readonly<Record<Job['health'], number | undefined>> = { healthy: 2, warning: 1, critical: 0, unknown: undefined };

function byOperation(jobs: EngineState['jobs']): readonly Sample[] {
  const sum = (of: (job: Job) => number): number => jobs.reduce((n, job) => n + of(job), 0);
  return [
    { labels: { operation: 'read' }, value: sum((j) => j.metrics.recordsIn) },
    { labels: { operation: 'write' }, value: sum((j) => j.metrics.recordsProcessed) },
  ];
}

const quantiles = (jobs: EngineState['jobs']): readonly Sample[] =>
  jobs.flatMap(({ name, metrics }) => {
    const labels = { job_name: name, operation: 'sql_processing' };
    const at = (quantile: string, ms: number | undefined): Sample[] =>
      ms === undefined ? [] : [{ labels: { ...labels, quantile }, value: ms / 1000 }];
    return [...at('avg', metrics.latencyAvgMs), ...at('0.99', metrics.latencyP99Ms)];
  });

const versions = (jobs: EngineState['jobs']): readonly Sample[] =>
  [...new Map(jobs.map(({ app, version }) => [app, version]))].map(([app, value]) => ({ labels: { app }, value }));
