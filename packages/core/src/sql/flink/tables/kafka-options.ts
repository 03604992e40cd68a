import { type ConnectorNeed, text } from './connector-need.ts';
import type { ConnectorTable, TableContext } from './table-registry.ts';

const FORMATS: Readonly<Record<string, string>> = {
  json: 'json',
  avro: 'avro',
  protobuf: 'protobuf',
  csv: 'csv',
  string: 'raw',
  bytes: 'raw',
};
const LOGIN = 'org.apache.flink.kafka.shaded.org.apache.kafka.common.security';

/** `kafka`, or `upsert-kafka` where rows replace one another by key. */
export function kafkaOptions(need: ConnectorNeed, cx: TableContext): ConnectorTable | undefined {
  const { properties: p, name, role } = need;
  const wanted = (text(p, cx, 'value.format', 'value.serializer', 'format') ?? 'json').toLowerCase();
  const format = FORMATS[wanted];
  if (format === undefined) {
    cx.report.refuse(`"${name}" is not on Flink, because it has no Kafka format "${wanted}" there.`);
    return undefined;
  }
  const upsert = need.keyed;
  if (!upsert && need.updates) {
    cx.report.refuse(
      `The rows of "${name}" change after they were given and have no key that would tell which: mark one with PRIMARY KEY.`,
    );
    return undefined;
  }
  const options = new Map<string, string>([
    ['connector', upsert ? 'upsert-kafka' : 'kafka'],
    ['topic', text(p, cx, 'topic.name', 'topic') ?? name],
    ['properties.bootstrap.servers', text(p, cx, 'bootstrap.servers', 'brokers') ?? 'localhost:9092'],
  ]);
  if (role === 'source') sourceOptions(need, cx, options, upsert);
  else sinkOptions(need, cx, options);
  security(need, cx, options);
  if (upsert) options.set('value.format', format);
  else options.set('format', format);
  keyOptions(need, cx, options, upsert);
  const prefix = upsert ? 'value.' : '';
  if (format === 'json') options.set(`${prefix}json.timestamp-format.standard`, 'SQL');
  if (format === 'json' && role === 'source') options.set(`${prefix}json.ignore-parse-errors`, 'true');
  return {
    options,
    connector: upsert ? 'upsert-kafka' : 'kafka',
    isText: format === 'json' || format === 'csv',
    isBounded: options.has('scan.bounded.mode'),
  };
}

/** The key of a message is the text of its one column, as ours is; of several, it is JSON there. */
function keyOptions(need: ConnectorNeed, cx: TableContext, options: Map<string, string>, upsert: boolean): void {
  const { key, role } = need;
  const isText = key.length === 1 && key[0]?.isText === true;
  if (upsert) {
    options.set('key.format', isText ? 'raw' : 'json');
    if (!isText)
      cx.report.differs(`The message keys of "${need.name}" are JSON on Flink: only one key column of text stands there as it is.`);
  } else if (role === 'sink' && key.length > 0) {
    if (!isText)
      cx.report.differs(`The message keys of "${need.name}" are JSON on Flink: only one key column of text stands there as it is.`);
    options.set('key.format', isText ? 'raw' : 'json');
    options.set('key.fields', key.map((each) => each.name).join(';'));
  }
}

function sourceOptions(need: ConnectorNeed, cx: TableContext, options: Map<string, string>, upsert: boolean): void {
  const { properties: p } = need;
  options.set('properties.isolation.level', text(p, cx, 'isolation.level') ?? 'read_committed');
  if (!upsert) {
    options.set('properties.group.id', text(p, cx, 'group.id', 'group_id') ?? `velo-${need.name}`);
    const reset =
      text(p, cx, 'auto.offset.reset', 'auto_offset_reset') ?? (need.isTable || text(p, cx, 'bounded') === 'true' ? 'earliest' : 'latest');
    options.set('scan.startup.mode', reset === 'none' ? 'group-offsets' : `${reset}-offset`);
    const from = text(p, cx, 'start.timestamp');
    if (from !== undefined) {
      options.set('scan.startup.mode', 'timestamp');
      options.set('scan.startup.timestamp-millis', from);
    }
    // The watermark moves with each record, as it does here: a pause would let late rows in.
    options.set('scan.watermark.emit.strategy', 'on-event');
  }
  if (text(p, cx, 'bounded') === 'true') options.set('scan.bounded.mode', 'latest-offset');
}

function sinkOptions(need: ConnectorNeed, cx: TableContext, options: Map<string, string>): void {
  const { properties: p, name } = need;
  const transaction = text(p, cx, 'transactional.id');
  if (transaction !== undefined || text(p, cx, 'delivery_profile') === 'exactly_once') {
    options.set('sink.delivery-guarantee', 'exactly-once');
    options.set('sink.transactional-id-prefix', transaction ?? `velo-${name}`);
    // Flink's own default is longer than brokers allow.
    options.set('properties.transaction.timeout.ms', text(p, cx, 'transaction.timeout.ms') ?? '600000');
  }
  for (const key of ['acks', 'compression.type', 'linger.ms', 'batch.size']) {
    const value = text(p, cx, key);
    if (value !== undefined) options.set(`properties.${key}`, value);
  }
}

function security(need: ConnectorNeed, cx: TableContext, options: Map<string, string>): void {
  const { properties: p, name } = need;
  const protocol = text(p, cx, 'security.protocol');
  const user = text(p, cx, 'sasl.username');
  if (protocol !== undefined) options.set('properties.security.protocol', protocol.toUpperCase());
  else if (user !== undefined) options.set('properties.security.protocol', 'SASL_PLAINTEXT');
  const ca = text(p, cx, 'ssl.ca.location');
  if (ca !== undefined) {
    options.set('properties.ssl.truststore.type', 'PEM');
    options.set('properties.ssl.truststore.location', ca);
  }
  if (user === undefined) return;
  const mechanism = (text(p, cx, 'sasl.mechanism') ?? 'scram-sha-512').toUpperCase();
  const module = mechanism === 'PLAIN' ? 'plain.PlainLoginModule' : 'scram.ScramLoginModule';
  const escaped = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  const password = cx.secret(`${name}.sasl.password`, escaped(text(p, cx, 'sasl.password') ?? ''));
  options.set('properties.sasl.mechanism', mechanism);
  options.set('properties.sasl.jaas.config', `${LOGIN}.${module} required username="${escaped(user)}" password="${password}";`);
}
