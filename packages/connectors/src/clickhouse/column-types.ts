import {
  apiReader,
  arrayOf,
  BOOLEAN,
  DATE,
  decimal,
  FLOAT,
  INTEGER,
  JSON_TYPE,
  mapOf,
  type Scalar,
  type SqlType,
  STRING,
  TIMESTAMP,
  textReader,
} from '@velostream/core/connect/formats';
import { namedElement, parseServerType } from './type-text.ts';

const INTEGERS = /^(?:U?Int(?:8|16|32)|Int64)$/;
const WIDE = /^(?:UInt64|U?Int(?:128|256))$/;
const DIGITS_MAX = 38;

/** The type that a column has in SQL of ours, and whether it holds NULL; what has no counterpart is its text. */
export function sqlTypeOf(text: string): { readonly type: SqlType; readonly nullable: boolean } {
  const { name, arguments: inner } = parseServerType(text);
  if (name === 'Nullable') return { type: sqlTypeOf(inner[0] ?? 'String').type, nullable: true };
  if (name === 'LowCardinality') return sqlTypeOf(inner[0] ?? 'String');
  if (name === 'SimpleAggregateFunction') return sqlTypeOf(inner[1] ?? 'String');
  return { type: plainType(name, inner), nullable: false };
}

function plainType(name: string, inner: readonly string[]): SqlType {
  if (INTEGERS.test(name)) return INTEGER;
  // 64 bits without a sign and more do not fit an INTEGER; their digits are kept.
  if (WIDE.test(name)) return decimal(name === 'UInt64' ? 20 : DIGITS_MAX, 0);
  if (/^(?:Float(?:32|64)|BFloat16)$/.test(name)) return FLOAT;
  if (name === 'Bool') return BOOLEAN;
  if (name === 'Date' || name === 'Date32') return DATE;
  if (name === 'DateTime' || name === 'DateTime64') return TIMESTAMP;
  if (name === 'Decimal') return decimalOf(Number(inner[0]), Number(inner[1] ?? 0));
  if (name === 'Array') return arrayOf(sqlTypeOf(inner[0] ?? 'String').type);
  if (name === 'Map') return mapOf(sqlTypeOf(inner[1] ?? 'String').type);
  if (name === 'Tuple') return tupleType(inner);
  if (/^(?:JSON|Object|Variant|Dynamic|Nested)$/.test(name)) return JSON_TYPE;
  return STRING;
}

const decimalOf = (precision: number, scale: number): SqlType => (precision <= DIGITS_MAX ? decimal(precision, scale) : STRING);

/** A tuple whose elements have names is a structure; another one is JSON. */
function tupleType(inner: readonly string[]): SqlType {
  const elements = inner.map(namedElement);
  if (elements.length === 0 || elements.includes(undefined)) return JSON_TYPE;
  return { kind: 'struct', fields: elements.map((element) => ({ name: element!.name, type: sqlTypeOf(element!.type).type })) };
}

/** Whether a column has a text that JSON would not give as text: it is read through `toString`. */
export function needsText(text: string): boolean {
  const { name, arguments: inner } = parseServerType(text);
  if (name === 'Nullable' || name === 'LowCardinality') return needsText(inner[0] ?? '');
  return (
    sqlTypeOf(text).type.kind === 'string' && !/^(?:String|FixedString|UUID|Enum8|Enum16|IPv4|IPv6|SimpleAggregateFunction)$/.test(name)
  );
}

type Read = (value: unknown) => Scalar | undefined;

/** Reader of a value as JSON of the server gives it; undefined when it does not fit. */
export function valueReader(type: SqlType): Read {
  switch (type.kind) {
    case 'integer':
    case 'decimal': {
      const read = textReader(type);
      return (value) => (typeof value === 'number' || typeof value === 'string' ? read(String(value)) : undefined);
    }
    case 'timestamp':
    case 'date': {
      const read = textReader(type);
      return (value) => (typeof value === 'string' && value.includes('-') ? read(value) : undefined);
    }
    case 'float':
      return readFloat;
    case 'boolean':
      return (value) => (typeof value === 'boolean' ? value : undefined);
    case 'string':
      return (value) => (typeof value === 'string' ? value : undefined);
    case 'array': {
      const read = orNull(valueReader(type.element));
      return (value) => allOf(value, read);
    }
    case 'map': {
      const read = orNull(valueReader(type.value));
      return (value) => mapFrom(value, read);
    }
    case 'struct':
      return structReader(type.fields);
    default: {
      const read = apiReader(type, 'value');
      return (value) => {
        try {
          return read(value);
        } catch {
          return undefined;
        }
      };
    }
  }
}

const orNull =
  (read: Read): Read =>
  (value) =>
    value === null ? null : read(value);

const DENORMAL: ReadonlyMap<unknown, number> = new Map<unknown, number>([
  ['nan', Number.NaN],
  ['-nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
]);

const readFloat: Read = (value) => (typeof value === 'number' ? value : DENORMAL.get(value));

function allOf(value: unknown, read: Read): Scalar | undefined {
  if (!Array.isArray(value)) return undefined;
  const items: Scalar[] = [];
  for (const item of value) {
    const scalar = read(item);
    if (scalar === undefined) return undefined;
    items.push(scalar);
  }
  return items;
}

function mapFrom(value: unknown, read: Read): Scalar | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = new Map<string, Scalar>();
  for (const [key, item] of Object.entries(value)) {
    const scalar = read(item);
    if (scalar === undefined) return undefined;
    entries.set(key, scalar);
  }
  return entries;
}

function structReader(fields: Extract<SqlType, { kind: 'struct' }>['fields']): Read {
  const readers = fields.map(({ type }) => orNull(valueReader(type)));
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const given = new Map(Object.entries(value));
    const struct: Record<string, Scalar> = Object.create(null);
    for (const [i, { name }] of fields.entries()) {
      const scalar = readers[i]!(given.get(name) ?? null);
      if (scalar === undefined) return undefined;
      struct[name] = scalar;
    }
    return struct;
  };
}
