import { LATE_STRATEGIES } from './late-policy.ts';

/** What a value must be. `always`: it changes results, so it is checked for queries too, not only when deploying. */
export interface KeyRule {
  readonly values?: readonly string[];
  readonly kind?: 'duration' | 'count' | 'whole' | 'retention';
  readonly always?: boolean;
  /** Written in any case and with `-`, `_` or nothing between words. */
  readonly loose?: boolean;
  /** A wrong value falls back to a default. */
  readonly lenient?: boolean;
}

const FORMATS = [
  'json',
  'avro',
  'protobuf',
  'string',
  'bytes',
  'csv',
  'csv_no_header',
  'jsonl',
  'jsonlines',
  'parquet',
  'orc',
  'arrow',
  'auto',
];
const FAILURES = ['LogAndContinue', 'SendToDLQ', 'FailBatch', 'RetryWithBackoff'];
const BATCH_STRATEGIES = ['fixed_size', 'time_window', 'memory_based', 'adaptive_size', 'low_latency'];
const TIMES: KeyRule = { kind: 'duration', always: true };

const TYPE_VALUES: readonly string[] = [
  ...['kafka', 'file', 's3', 'database', 'memory', 'http', 'websocket', 'clickhouse', 'postgres'].flatMap((t) => [
    `${t}_source`,
    `${t}_sink`,
  ]),
  ...['file_source_mmap', 'datagen_source', 'iceberg_sink', 'stdout_sink', 'stdout'],
];

/** Keys whose values are checked; with or without the name of a source or sink before them. */
const RULES: ReadonlyMap<string, KeyRule> = new Map<string, KeyRule>([
  ['type', { values: TYPE_VALUES }],
  ['format', { values: FORMATS }],
  ['value.format', { values: FORMATS }],
  ['value.serializer', { values: FORMATS }],
  ['kind', { values: ['stream', 'table'], always: true }],
  ['missing', { values: ['fail', 'nulls', 'skip', 'defaults', 'wait-and-retry'] }],
  ['auto.offset.reset', { values: ['earliest', 'latest', 'none'] }],
  ['security.protocol', { values: ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'] }],
  ['sasl.mechanism', { values: ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'GSSAPI', 'OAUTHBEARER'] }],
  ['acks', { values: ['0', '1', 'all', '-1'] }],
  ['compression.type', { values: ['none', 'gzip', 'snappy', 'lz4', 'zstd'] }],
  ['compression', { values: ['none', 'snappy', 'gzip', 'zstd', 'lz4'] }],
  ['delivery_profile', { values: ['exactly_once', 'max_durability', 'high_throughput', 'low_latency'] }],
  ['watermark.strategy', { values: ['bounded_out_of_orderness', 'ascending', 'punctuated'], always: true }],
  ['late.data.strategy', { values: LATE_STRATEGIES, always: true, loose: true }],
  ['watermark.max_out_of_orderness', TIMES],
  ['allowed.lateness', TIMES],
  ['late.data.allowed_lateness', TIMES],
  ['watermark.idle_timeout', TIMES],
  ['join.lower_bound', TIMES],
  ['join.upper_bound', TIMES],
  ['join.retention', TIMES],
  ['join.timeout', TIMES],
  ['join.type', { values: ['interval', 'inner', 'left', 'right', 'full'] }],
  ['max.groups', { kind: 'count', always: true }],
  ['allowed_lateness_ms', { kind: 'whole', always: true }],
  ['table_model', { values: ['normal', 'compact'] }],
  ['retention', { kind: 'retention' }],
  ['kafka.batch.size', { kind: 'whole' }],
  ['failure_strategy', { values: FAILURES, loose: true, lenient: true }],
  ['mode', { values: ['simple', 'transactional', 'adaptive'], loose: true, lenient: true }],
  ['job_mode', { values: ['simple', 'transactional', 'adaptive'], loose: true, lenient: true }],
  ['sink.batch.strategy', { values: BATCH_STRATEGIES, loose: true }],
  ['batch.strategy', { values: BATCH_STRATEGIES, loose: true }],
  ['topic.retry.strategy', { values: ['fixed', 'linear', 'exponential'] }],
  ['schema.registry.auth.type', { values: ['none', 'basic', 'oauth2'] }],
]);

/** Further keys of §10; their values are the connector's business. */
const PLAIN = `config_file source_config sink_config base_source_config monitoring_config security_config
  event.time.field event.time.format watermark.punctuation_field watermark.idle.timeout retry_backoff max_retries use_transactions
  bootstrap.servers brokers topic topic.name group.id key.serializer enable.auto.commit session.timeout.ms heartbeat.interval.ms
  max.poll.records schema.registry.url schema.registry.username schema.registry.password avro.schema avro.schema.file protobuf.schema
  protobuf.schema.file json.schema performance_profile path source.path source.format file.format file.path delimiter quote escape
  has_headers header csv_has_header skip_lines max_records buffer_size recursive extension_filter watch watching polling_interval
  file.wait.timeout file.retry.interval topic.wait.timeout topic.retry.interval topic.retry.multiplier topic.retry.max.delay
  table.wait.timeout retries batch.size linger.ms enable.idempotence buffer.memory max.in.flight.requests.per.connection
  request.timeout.ms transactional.id partitions replication.factor key.field append append_if_exists csv_delimiter
  buffer_size_bytes max_file_size_bytes rotation_interval_ms max_records_per_file writer_threads csv.infer exactDecimals
  max.memory.mb max.joins max.session.windows spill.to.disk memory.pressure.threshold dlq.sink processor max_batch_size batch_timeout
  num_partitions partitioning_strategy sticky_partition_id partition_count batch_size url query table uri region endpoint bucket
  access_key secret_key username password database connection.url rows seed rate key value topic_pattern
  host hostname server port dbname user ssl_mode sslmode tls secure read_mode slot publication snapshot acknowledge on_truncate
  heartbeat_ms status_interval_ms reconnect_timeout_ms connect_timeout_ms statement_timeout_ms request_timeout_ms numeric_scale
  max_queued_changes write_mode create_table job batch_rows max_epoch_rows final force_path_style anonymous range_bytes part_bytes
  max_record_bytes max_output_bytes`;

const PREFIXES = `schema. batch. fetch. kafka. datasource. datasink. cache. circuit.breaker. retry. dead.letter.queue. observability.
  sink.batch. source.batch. security. ssl. sasl. options. fields. s3. avro. protobuf. json. csv. parquet. deployment. metrics.`;

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/** Every key of §10, for "did you mean" and completion. Sources and sinks write their name and a dot before it. */
export const PROPERTY_KEYS: readonly string[] = [...RULES.keys(), ...words(PLAIN)];
const KNOWN = new Set(PROPERTY_KEYS);
const KNOWN_PREFIXES = words(PREFIXES);

const isPlainKey = (key: string): boolean =>
  KNOWN.has(key) || KNOWN_PREFIXES.some((p) => key.startsWith(p)) || /\.(timeout|interval)\.ms$/.test(key);

/** Tails of a key: `a.b.c`, `b.c`, `c`. Any of them may be the key, with a name before it. */
export const tailsOf = (key: string): string[] => {
  const tails = [key];
  for (let at = key.indexOf('.'); at >= 0; at = key.indexOf('.', at + 1)) tails.push(key.slice(at + 1));
  return tails;
};

/** Whether §10 knows the key, be it job-level or of a named source or sink. */
export const isKnownKey = (key: string): boolean => tailsOf(key).some(isPlainKey);

/** Settings of the job as a whole, wherever they are written. */
const JOB_KEYS = new Set(
  words('table_model retention mode job_mode processor max_batch_size batch_timeout num_partitions partitioning_strategy max.groups'),
);

/**
 * The full key of a property in `FROM name WITH (…)`: it belongs to `name` unless it is a setting of the job, or names
 * another source or sink itself (`FROM trades WITH ('out.type' = …)`).
 */
export function keyOfInput(name: string, key: string): string {
  if (key.startsWith(`${name}.`) || JOB_KEYS.has(key) || /^(join|sink|observability)\./.test(key)) return key;
  return isPlainKey(key) || !isKnownKey(key) ? `${name}.${key}` : key;
}

/** The rule for a key's value; the longest tail that has one. */
export function ruleOf(key: string): { readonly key: string; readonly rule: KeyRule } | undefined {
  for (const tail of tailsOf(key)) {
    const rule = RULES.get(tail);
    if (rule !== undefined) return { key: tail, rule };
    if (KNOWN.has(tail)) return undefined;
  }
  return undefined;
}
