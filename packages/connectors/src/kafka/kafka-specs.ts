import { option } from '@velostream/core/connect/options';
import { failureSpecs } from '../failure/failure-specs.ts';
import { secretOption } from '../net/secret-text.ts';

const LIST = /^[^\s,:]+:\d+(\s*,\s*[^\s,:]+:\d+)*$|^\[[0-9a-f:]+\]:\d+$/i;

const brokers = option.custom<string>((input) => (typeof input === 'string' && LIST.test(input.trim()) ? input.trim() : undefined), {
  about: 'Addresses to begin with; the brokers tell the others.',
  takes: 'host:port, with commas between several',
  aliases: [
    'brokers',
    'datasource.consumer_config.bootstrap.servers',
    'datasink.producer_config.bootstrap.servers',
    'kafka.bootstrap.servers',
  ],
});

const topic = option.custom<string>(
  (input) => (typeof input === 'string' && /^[A-Za-z0-9._-]{1,249}$/.test(input) && input !== '.' && input !== '..' ? input : undefined),
  {
    about: 'Topic to read or write.',
    takes: 'up to 249 letters, digits, `.`, `_`, `-`',
    aliases: ['topic.name', 'datasource.topic.name', 'datasink.topic.name'],
  },
);

/** Options of Kafka sources and sinks, named as Kafka names them. */
export const KAFKA_SPECS = {
  'bootstrap.servers': brokers,
  topic,
  format: option.choice(['json', 'avro', 'protobuf', 'string', 'json_schema'], {
    about: 'How values are written.',
    default: 'json',
    aliases: ['value.format', 'value.serializer', 'value.deserializer'],
  }),
  'client.id': option.text({ about: 'Name in logs of the brokers.', default: 'velostream' }),
  'group.id': option.text({
    about: 'Group whose committed offsets a source starts from, and under which a job commits.',
    aliases: ['group_id'],
  }),
  'auto.offset.reset': option.choice(['earliest', 'latest', 'none'], {
    about: 'Where to start without a position: `latest` unless bounded. Given, it also says where to go on after records were deleted.',
    aliases: ['auto_offset_reset', 'datasource.consumer_config.auto.offset.reset'],
  }),
  'start.timestamp': option.count({ about: 'Start with the first message at or after this time.', unit: 'ms since the epoch' }),
  bounded: option.flag({ about: 'End at what the topic holds when reading starts.', default: false }),
  partitions: option.custom<readonly number[]>(readPartitions, {
    about: 'Partitions to read, one shard of a job for example; all by default.',
    takes: 'numbers with commas',
    aliases: ['partition.list'],
  }),
  'isolation.level': option.choice(['read_committed', 'read_uncommitted'], {
    about: 'Whether records of open and aborted transactions are seen.',
    default: 'read_committed',
  }),
  tombstones: option.choice(['row', 'skip'], {
    about: 'What a message without a value gives: a row of NULLs with its `_key`, or nothing.',
    default: 'row',
  }),
  'fetch.max.bytes': option.count({ about: 'Bytes of one answer.', default: 32 * 1024 ** 2, min: 1024, max: 1024 ** 3, unit: 'bytes' }),
  'max.partition.fetch.bytes': option.count({
    about: 'Bytes of one partition in an answer.',
    default: 1024 ** 2,
    min: 1024,
    max: 1024 ** 3,
    unit: 'bytes',
  }),
  'fetch.max.wait.ms': option.count({ about: 'How long the broker waits for new messages.', default: 500, max: 60_000, unit: 'ms' }),
  'check.crcs': option.flag({ about: 'Check the checksum of each record batch.', default: true }),
  max_output_bytes: option.count({
    about: 'Bytes that one packed record batch may unpack to. More than 200 times its size (and 8 MiB) is refused in any case.',
    default: 128 * 1024 ** 2,
    min: 1024,
    max: 1024 ** 3,
    unit: 'bytes',
  }),
  max_record_bytes: option.count({ about: 'Longest value; a longer one is reported.', default: 16 * 1024 ** 2, min: 16, unit: 'bytes' }),
  'sample.records': option.count({ about: 'Messages that columns and types are inferred from.', default: 200, min: 1, max: 100_000 }),
  'reconnect.timeout.ms': option.count({
    about: 'How long a source goes on trying to reach the brokers again.',
    default: 300_000,
    unit: 'ms',
  }),
  'request.timeout.ms': option.count({ about: 'How long to wait for an answer.', default: 30_000, min: 1, max: 3_600_000, unit: 'ms' }),
  'socket.connection.setup.timeout.ms': option.count({
    about: 'How long to wait for a connection.',
    default: 10_000,
    min: 1,
    max: 3_600_000,
    unit: 'ms',
  }),
  acks: option.choice(['all', '1', '0', '-1'], { about: 'Who must have a record before it counts as written.', default: 'all' }),
  'compression.type': option.choice(['none', 'gzip', 'snappy', 'lz4', 'zstd'], {
    about: 'How record batches are packed.',
    default: 'none',
  }),
  'enable.idempotence': option.flag({ about: 'Let the broker recognise record batches that are sent again.', default: true }),
  'transactional.id': option.text({
    about: 'Write in transactions under this id, one per running job and shard. Needs `kafka({ exactlyOnce: true })` to be promised.',
  }),
  'transaction.timeout.ms': option.count({
    about: 'After this time the broker aborts an open transaction.',
    default: 60_000,
    min: 1_000,
    max: 900_000,
    unit: 'ms',
  }),
  'delivery.timeout.ms': option.count({
    about: 'How long a sink goes on trying to write a batch.',
    default: 120_000,
    min: 1,
    max: 3_600_000,
    unit: 'ms',
  }),
  'batch.size': option.count({
    about: 'Bytes of values after which a sink starts a further record batch.',
    default: 512 * 1024,
    min: 1024,
    max: 64 * 1024 ** 2,
    unit: 'bytes',
  }),
  'security.protocol': option.choice(['plaintext', 'ssl', 'sasl_plaintext', 'sasl_ssl'], {
    about: 'Whether connections are encrypted and authenticated.',
    default: 'plaintext',
  }),
  'sasl.mechanism': option.choice(['plain', 'scram-sha-256', 'scram-sha-512'], {
    about: 'How the login is made.',
    default: 'scram-sha-512',
  }),
  'sasl.username': option.text({ about: 'Who logs in.' }),
  'sasl.password': secretOption({ about: 'The password; shown to nobody.' }),
  'ssl.ca.location': option.text({ about: 'PEM file of the authorities to trust; the system trust store by default.' }),
  'ssl.certificate.location': option.text({ about: 'PEM file of the client certificate.' }),
  'ssl.key.location': option.text({ about: 'PEM file of its key.' }),
  'ssl.endpoint.identification.algorithm': option.choice(['https', 'none'], {
    about: 'Whether the name in the certificate of a broker is checked.',
    default: 'https',
  }),
  'schema.registry.url': option.text({ about: 'Schema registry with the interface of Confluent.' }),
  'schema.registry.username': option.text({ about: 'Who logs in there.', aliases: ['schema.registry.basic.auth.username'] }),
  'schema.registry.password': secretOption({ about: 'The password there; shown to nobody.' }),
  'schema.registry.token': secretOption({ about: 'A bearer token instead.' }),
  'schema.registry.subject': option.text({ about: 'Name of the schema; `<topic>-value` by default.' }),
  'schema.registry.register': option.flag({ about: 'Let a sink register the schema of its rows where there is none.', default: false }),
  'avro.schema': option.text({ about: 'Avro schema of the values, as JSON. Messages carry no registry id then.' }),
  'protobuf.schema': option.text({ about: 'Text of a .proto file. Messages carry no registry id then.' }),
  'protobuf.message': option.text({ about: 'Message type in it; the only one by default.' }),
  ...failureSpecs('message', 'its folder is one of `kafka({ deadLetterRoots })`'),
  max_retries: option.count({ about: 'Repeats of RetryWithBackoff.', default: 3, max: 1_000, aliases: ['retry.max.attempts'] }),
  retry_backoff: option.count({
    about: 'First pause between them.',
    default: 1_000,
    unit: 'ms',
    aliases: ['retry_backoff_ms', 'retry.initial.delay'],
  }),
  'retry.max.delay': option.count({ about: 'Longest pause between them.', default: 30_000, unit: 'ms' }),
  'dead.letter.queue.topic': option.text({ about: 'Topic that takes what SendToDLQ sends.', aliases: ['dlq.topic', 'dlq.sink'] }),
  'dead.letter.queue.transactional.id': option.text({
    about:
      'Write letters to the topic in transactions under this id, one per running job and shard, with the place of the last one: each comes once, also when the job is killed.',
    aliases: ['dlq.transactional.id'],
  }),
} as const;

function readPartitions(input: unknown): readonly number[] | undefined {
  const list = Array.isArray(input) ? input : String(input).split(',');
  const numbers = list.map((item) => Number(String(item).trim()));
  return numbers.length > 0 && numbers.every((n) => Number.isSafeInteger(n) && n >= 0)
    ? [...new Set(numbers)].sort((a, b) => a - b)
    : undefined;
}
