import { stringify } from 'yaml';
import { bindApp, queryIds } from '../../apps/bind-app.ts';
import { metricsOfQuery } from '../../apps/metrics-of.ts';
import { slugOf } from '../../observability/prometheus-name.ts';
import type { AppInput, MetricInfo } from '../../protocol/studio/app.ts';
import type { TableSchema } from '../../protocol/table-schema.ts';
import type { FlinkScript } from '../../sql/flink/index.ts';
import { jobName } from '../job-plans.ts';
import { composeJobs } from './compose-jobs.ts';

export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface FlinkRules {
  readonly groups: readonly { readonly name: string; readonly rules: readonly RecordingRule[] }[];
  /** The rule file of Prometheus. */
  readonly yaml: string;
  /** Declared metrics that Flink's reporter has no series for: they need the rows themselves. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
}

export interface FlinkRulesOptions {
  /** Name of the deployment. */
  readonly name: string;
  readonly schemas?: Readonly<Record<string, TableSchema>>;
  /** As the target has it. */
  readonly streams?: string;
}

const TASK = 'flink_taskmanager_job_task_operator_';
const JOB = 'flink_jobmanager_job_';
const SOURCE = 'operator_name=~"Source:.*"';

/** What Flink measures of a job, under the names that dashboards and alerts ask for. `sel` selects the series of the job. */
const PER_JOB: readonly (readonly [record: string, expr: (sel: string) => string])[] = [
  ['velo_job_records_in_total', (sel) => `sum(${TASK}numRecordsIn{${sel},${SOURCE}})`],
  ['velo_job_records_out_total', (sel) => `sum(${TASK}numRecordsSend{${sel}})`],
  ['velo_job_errors_total', (sel) => `sum(${TASK}numRecordsInErrors{${sel}} or ${TASK}numRecordsOutErrors{${sel}})`],
  ['velo_job_late_dropped_total', (sel) => `sum(${TASK}numLateRecordsDropped{${sel}} or ${TASK}lateRecordsDropped{${sel}})`],
  ['velo_job_restarts_total', (sel) => `max(${JOB}numRestarts{${sel}})`],
  ['velo_job_up', (sel) => `max(${JOB}runningTime{${sel}} > bool 0) or vector(0)`],
  ['velo_job_state_bytes', (sel) => `max(${JOB}lastCheckpointFullSize{${sel}})`],
  ['velo_job_last_checkpoint_seconds', (sel) => `max(${JOB}lastCheckpointCompletedTimestamp{${sel}}) / 1000`],
  ['velo_job_watermark_seconds', (sel) => `min(${TASK}currentInputWatermark{${sel}} > 0 < 9e15) / 1000`],
  ['velo_kafka_consumer_lag', (sel) => `sum(${TASK}pendingRecords{${sel}})`],
  ['velo_streaming_throughput_by_job_rps', (sel) => `sum(${TASK}numRecordsInPerSecond{${sel},${SOURCE}})`],
];

/** Of all jobs of the deployment together. */
const WHOLE: readonly (readonly [record: string, labels: Readonly<Record<string, string>>, expr: (sel: string) => string])[] = [
  ['velo_sql_records_processed_total', {}, (sel) => `sum(${TASK}numRecordsIn{${sel},${SOURCE}})`],
  ['velo_sql_query_errors_total', {}, (sel) => `sum(${TASK}numRecordsInErrors{${sel}} or ${TASK}numRecordsOutErrors{${sel}})`],
  ['velo_sql_active_queries', {}, (sel) => `count(${JOB}runningTime{${sel}} > 0) or vector(0)`],
  ['velo_active_jobs', {}, (sel) => `count(${JOB}runningTime{${sel}} > 0) or vector(0)`],
  ['velo_streaming_records_total', { operation: 'read' }, (sel) => `sum(${TASK}numRecordsIn{${sel},${SOURCE}})`],
  ['velo_streaming_records_total', { operation: 'write' }, (sel) => `sum(${TASK}numRecordsSend{${sel}})`],
  ['velo_streaming_throughput_rps', { operation: 'sql_processing' }, (sel) => `sum(${TASK}numRecordsInPerSecond{${sel},${SOURCE}})`],
];

const NOTHING: FlinkScript = { statements: [], verdict: 'same', secrets: new Map() };

/**
 * Recording rules for a Prometheus that scrapes Flink's own reporter: they give the series the names that our dashboards and alerts ask for,
 * so that these work on Flink as they are. A counter of output rows is among them; a metric of values is not in what Flink reports.
 */
export function flinkRules(app: AppInput, options: FlinkRulesOptions): FlinkRules {
  const { name, schemas = {}, streams } = options;
  const ids = queryIds(app.queries);
  const queries = app.queries.map((query, i) => ({ ...query, id: ids[i] as string }));
  const jobs = new Map(ids.map((id) => [id, { job: jobName(name, id), stateKey: '' }]));
  const plans = composeJobs(
    { app: { ...app, queries }, schemas, sources: {}, jobs },
    { print: () => NOTHING, life: '', ...(streams === undefined ? {} : { streams }) },
  );
  const perJob = plans.flatMap((plan) =>
    PER_JOB.flatMap(([record, expr]) =>
      plan.queries.map(({ job }): RecordingRule => ({ record, expr: expr(selector(plan.name)), labels: { job_name: job } })),
    ),
  );
  const all = `job_name=~"${plans.map((plan) => reported(plan.name)).join('|')}"`;
  const deployment = slugOf(name);
  const whole = WHOLE.map(
    ([record, labels, expr]): RecordingRule => ({ record, expr: expr(all), labels: { ...labels, node_name: deployment } }),
  );
  const flinkName = new Map(plans.flatMap((plan) => plan.queries.map((query) => [query.id, plan] as const)));
  const declared = bindApp(queries, schemas).queries.flatMap((query) => metricsOfQuery(query).map((metric) => ({ metric, query })));
  const counters = declared.flatMap(({ metric, query }): RecordingRule[] => {
    const plan = flinkName.get(query.id);
    if (plan === undefined || reasonOf(metric, plan.queries.length) !== undefined) return [];
    const labels = { job: slugOf(app.name), query: slugOf(query.name) };
    return [{ record: metric.prometheusName, expr: `sum(${TASK}numRecordsSend{${selector(plan.name)}})`, labels }];
  });
  const leftOut = declared.flatMap(({ metric, query }) => {
    const reason = reasonOf(metric, flinkName.get(query.id)?.queries.length ?? 1);
    return reason === undefined ? [] : [{ name: metric.name, reason }];
  });
  const groups = [{ name: `${deployment}-flink`, rules: [...perJob, ...whole, ...counters] }];
  return { groups, yaml: stringify({ groups }, { lineWidth: 0 }), leftOut };
}

/** Why a declared metric has no series at Flink. */
function reasonOf(metric: MetricInfo, queriesOfJob: number): string | undefined {
  if (metric.type !== 'counter') return `a ${metric.type} is made of values of rows, and Flink reports counts of them`;
  if (metric.field !== undefined) return `it adds up "${metric.field}", and Flink reports counts of rows`;
  if (metric.labels.length > 0) return `it is told apart by ${metric.labels.join(', ')}, and Flink counts all rows together`;
  if (metric.conditional === true) return 'it counts some of the rows only';
  return queriesOfJob > 1 ? 'its query shares a job with others' : undefined;
}

/** A name as the reporter writes it. */
const reported = (job: string): string => job.replace(/[^a-zA-Z0-9:_]/g, '_');
const selector = (job: string): string => `job_name="${reported(job)}"`;
