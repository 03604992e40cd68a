/** Annotations of the file as a whole (§9.1). */
export const FILE_NAMES: ReadonlySet<string> = new Set([
  'application',
  'app',
  'version',
  'description',
  'author',
  'phase',
  'depends_on',
  'sla.latency.p99',
  'sla.availability',
  'data_retention',
  'compliance',
  'dashboard',
  'observability.metrics.enabled',
  'observability.tracing.enabled',
  'observability.profiling.enabled',
  'observability.error_reporting.enabled',
  'deployment.node_id',
  'deployment.node_name',
  'deployment.region',
]);

/** Annotations of one job (§9.2), the spellings with hyphens left out. */
export const JOB_NAMES: ReadonlySet<string> = new Set([
  'name',
  'job_name',
  'job_mode',
  'processor_mode',
  'batch_size',
  'num_partitions',
  'partitioning_strategy',
  'sticky_partition_id',
  'partition_count',
  'failure_strategy',
  'max_retries',
  'retry_backoff_ms',
  'batch_timeout_ms',
  'enable_dlq',
  'dlq_max_size',
  'dlq_sink',
  'log_progress',
  'progress_interval',
  'enable_core_affinity',
  'watermark',
  'watermark_strategy',
  'watermark_max_out_of_orderness',
]);

export const METRIC_NAMES: ReadonlySet<string> = new Set([
  'metric',
  'metric_type',
  'metric_help',
  'metric_labels',
  'metric_field',
  'metric_condition',
  'metric_sample_rate',
  'metric_buckets',
]);
export const ALERT_NAMES: ReadonlySet<string> = new Set([
  'alert',
  'alert_name',
  'alert_condition',
  'alert_severity',
  'alert_for',
  'alert_for_duration',
  'alert_channel',
  'alert_summary',
  'alert_description',
  'alert_message',
]);
export const VIZ_NAMES: ReadonlySet<string> = new Set(['viz', 'viz_title', 'viz_x_axis', 'viz_y_axis']);

const SETS = [FILE_NAMES, JOB_NAMES, METRIC_NAMES, ALERT_NAMES, VIZ_NAMES];
/** Name as it is looked up: `sticky-partition-id` and `sticky_partition_id` are one. */
export const canonicalName = (name: string): string =>
  /^(sticky-partition-id|partition-count)$/.test(name) ? name.replaceAll('-', '_') : name;
/** Names under `data.` describe test data and belong to the generator. */
export const isKnown = (name: string): boolean =>
  name.startsWith('data.') || name === 'data' || SETS.some((set) => set.has(canonicalName(name)));
export const knownNames = (): readonly string[] => SETS.flatMap((set) => [...set]);
