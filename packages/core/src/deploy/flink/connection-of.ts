/** `WITH` properties of a relation, without its name in front. */
export type Connection = Readonly<Record<string, string | number | boolean>>;

/** A relation outside, as a session or a statement names it. */
export interface Outside {
  readonly uri: string;
  readonly format?: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

const QUERY = /\?([^#]*)/;

/**
 * A URI and its options as properties of a relation: what `FROM 'kafka://…'` says in a few letters, said as `WITH` says it.
 * A text that comes back is the reason why Flink cannot reach it.
 */
export function connectionOf({ uri, format, options = {} }: Outside, role: 'source' | 'sink'): Connection | string {
  const [, scheme = '', rest = ''] = /^([a-z0-9+.-]+):\/\/([^?#]*)/i.exec(uri) ?? [];
  const more = { ...queryOf(uri), ...scalars(options), ...(format === undefined ? {} : { format }) };
  switch (scheme.toLowerCase()) {
    case 'kafka':
    case 'kafka+ssl':
      return { ...kafkaOf(rest, scheme.toLowerCase() === 'kafka+ssl'), type: `kafka_${role}`, ...more };
    case 'file':
      return { type: `file_${role}`, path: decodeURIComponent(rest), ...formatOfPath(rest), ...more };
    case 'memory':
    case 'stream':
    case 'datagen':
      return `"${scheme}" is within this process`;
    default:
      return `there is no connector for "${scheme === '' ? uri.slice(0, 40) : scheme}" here`;
  }
}

function kafkaOf(rest: string, isTls: boolean): Connection {
  const [, user, password, hosts = '', topic = ''] = /^(?:([^:@/]*):([^@/]*)@)?([^/]*)(?:\/(.*))?$/.exec(rest) ?? [];
  const security = user === undefined ? (isTls ? 'ssl' : undefined) : isTls ? 'sasl_ssl' : 'sasl_plaintext';
  const brokers = hosts.split(',').map((host) => (/:\d+$/.test(host) ? host : `${host}:9092`));
  return {
    'bootstrap.servers': brokers.join(','),
    ...(topic === '' ? {} : { topic: decodeURIComponent(topic) }),
    ...(user === undefined ? {} : { 'sasl.username': decodeURIComponent(user), 'sasl.password': decodeURIComponent(password ?? '') }),
    ...(security === undefined ? {} : { 'security.protocol': security }),
  };
}

function formatOfPath(path: string): Connection {
  const format = /\.(csv|jsonl|ndjson|json|parquet|avro|orc)(?:\.\w+)?$/i.exec(path)?.[1]?.toLowerCase();
  return format === undefined ? {} : { format: format === 'ndjson' ? 'jsonl' : format };
}

function queryOf(uri: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(QUERY.exec(uri)?.[1] ?? ''));
}

/** What can be said in a property. A secret is told here and nowhere else: the printer takes it out of the text again. */
function scalars(options: Readonly<Record<string, unknown>>): Record<string, string | number | boolean> {
  const found: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(options)) {
    const told = isSecret(value) ? value.reveal() : value;
    if (typeof told === 'string' || typeof told === 'number' || typeof told === 'boolean') found[key] = told;
  }
  return found;
}

const isSecret = (value: unknown): value is { reveal(): string } =>
  typeof value === 'object' && value !== null && 'reveal' in value && typeof value.reveal === 'function';
