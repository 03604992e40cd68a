/**
 * Between the shapes of TypeScript (camelCase) and those on the wire (snake_case). Keys of shapes are renamed; data is left alone: rows, option
 * bags and everything else whose keys belong to a user. The one place that knows which is which.
 */

/** Values under these keys are data as a whole. */
const OPAQUE = new Set([
  'rows',
  'row',
  'records',
  'data_rows',
  'input_samples',
  'samples',
  'key',
  'options',
  'config',
  'labels',
  'headers',
  'grafana_json',
  'constraints',
  'params',
  'parameters',
  'assertions',
  'expected',
  'actual',
  'details',
  'evidence',
  'subject',
  'test',
  'metadata',
  'values',
  'min',
  'max',
  'default',
  'proposed',
  'glossary',
  'warnings_by_code',
  'input',
  'facts',
  'inputs',
  'extra',
]);

/** Keys under these keys are names of a user where the value is an object (not a list); the values are shapes. */
const MAPS = new Set(['schemas', 'connections', 'mappings', 'tables']);

/** Data as a whole where the value is an object, shapes where it is a list. */
const DATA_OBJECTS = new Set(['fields', 'sources', 'sinks', 'warnings']);

const snake = (key: string): string => key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
const camel = (key: string): string => key.replace(/_([a-z0-9])/g, (_, c: string) => c.toUpperCase());

const isPlain = (x: unknown): x is Record<string, unknown> =>
  typeof x === 'object' && x !== null && !Array.isArray(x) && !(x instanceof Uint8Array) && !(x instanceof Date);

/** Metrics of many jobs come by name; those of one are a shape. */
const isMetricsByName = (key: string, value: Record<string, unknown>): boolean => key === 'metrics' && Object.values(value).every(isPlain);

function walk(value: unknown, rename: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => walk(item, rename));
  if (!isPlain(value)) return value;
  const out: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined || typeof item === 'function') continue;
    const name = snake(key);
    if (OPAQUE.has(name) || (DATA_OBJECTS.has(name) && isPlain(item))) out[rename(key)] = item;
    else if (isPlain(item) && (MAPS.has(name) || isMetricsByName(name, item))) {
      out[rename(key)] = Object.fromEntries(Object.entries(item).map(([each, shape]) => [each, walk(shape, rename)]));
    } else out[rename(key)] = walk(item, rename);
  }
  return out;
}

/** A shape of ours as it crosses the wire. */
export const toWire = (value: unknown): unknown => walk(value, snake);

/** A shape from the wire as TypeScript has it. */
export const fromWire = (value: unknown): unknown => walk(value, camel);

/** JSON text of anything that crosses the wire: whole numbers beyond 2^53 become decimal text, -Infinity and NaN null, bytes base64. */
export function wireJson(value: unknown): string {
  return JSON.stringify(value, (_key, v: unknown) => {
    if (typeof v === 'bigint') return v.toString();
    if (v instanceof Uint8Array) return bytesText(v);
    return v;
  });
}

/** Bytes as base64. */
export function bytesText(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8_192) text += String.fromCharCode(...bytes.subarray(i, i + 8_192));
  return btoa(text);
}

/** The bytes of base64. */
export const bytesOf = (text: string): Uint8Array => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

/** Rows from the wire: text of INTEGER columns beyond the safe range becomes a bigint again, as a local query gives it. */
export function rowReviver(
  columns: readonly { readonly name: string; readonly type: string }[],
): (row: Record<string, unknown>) => Record<string, unknown> {
  const integers = columns.filter((c) => /^(INTEGER|BIGINT|INT)$/i.test(c.type)).map((c) => c.name);
  return (row) => {
    const out = Object.assign(Object.create(null) as Record<string, unknown>, row);
    for (const name of integers) if (typeof out[name] === 'string') out[name] = BigInt(out[name] as string);
    return out;
  };
}
