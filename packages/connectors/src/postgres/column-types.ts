import {
  apiReader,
  arrayOf,
  BOOLEAN,
  BYTES,
  DATE,
  decimal,
  FLOAT,
  INTEGER,
  JSON_TYPE,
  parseJsonExact,
  type Scalar,
  type SqlType,
  STRING,
  TIME,
  TIMESTAMP,
  textReader,
} from '@velostream/core/connect/formats';
import { parseArrayText } from './array-text.ts';

/** A column type as the catalog of the server has it: the base type of a domain, the element of an array. */
export interface ServerType {
  /** `int8`, `numeric`, `jsonb`; the element's for arrays. */
  readonly name: string;
  /** `atttypmod`: precision and scale of a NUMERIC; -1: none. */
  readonly modifier: number;
  readonly isArray: boolean;
}

const PLAIN: ReadonlyMap<string, SqlType> = new Map<string, SqlType>([
  ['bool', BOOLEAN],
  ...['int2', 'int4', 'int8', 'oid', 'xid', 'cid'].map((name) => [name, INTEGER] as const),
  ['float4', FLOAT],
  ['float8', FLOAT],
  ['bytea', BYTES],
  ['date', DATE],
  ['time', TIME],
  ['timestamp', TIMESTAMP],
  ['timestamptz', TIMESTAMP],
  ['json', JSON_TYPE],
  ['jsonb', JSON_TYPE],
]);

const DIGITS_MAX = 38;

/** The type that a column has in SQL of ours; what has no counterpart (enum, uuid, inet, interval, ranges, …) is its text. */
export function sqlTypeOf(type: ServerType, numericScale: number): SqlType {
  const element = type.name === 'numeric' ? numericType(type.modifier, numericScale) : (PLAIN.get(type.name) ?? STRING);
  return type.isArray ? arrayOf(element) : element;
}

/** Precision stands in the upper half of the modifier, scale in eleven signed bits of the lower. */
function numericType(modifier: number, numericScale: number): SqlType {
  if (modifier < 4) return decimal(DIGITS_MAX, numericScale);
  const precision = ((modifier - 4) >> 16) & 0xffff;
  const scale = (((modifier - 4) & 0x7ff) ^ 1024) - 1024;
  if (scale < 0) return precision - scale <= DIGITS_MAX ? decimal(precision - scale, 0) : STRING;
  return precision <= DIGITS_MAX && scale <= precision ? decimal(precision, scale) : STRING;
}

/** Reader of the server's text of a value; undefined when the value does not fit the type (NaN, infinity, years before 1). */
export function valueReader(type: ServerType, sqlType: SqlType): (text: string) => Scalar | undefined {
  if (type.isArray && sqlType.kind === 'array') {
    const element = valueReader({ ...type, isArray: false }, sqlType.element);
    return (text) => arrayScalar(parseArrayText(text), element);
  }
  switch (sqlType.kind) {
    case 'boolean':
      return (text) => (text === 't' || text === 'true' ? true : text === 'f' || text === 'false' ? false : undefined);
    case 'bytes':
      return (text) => (text.startsWith('\\x') ? Uint8Array.from(Buffer.from(text.slice(2), 'hex')) : undefined);
    case 'float':
      return readFloat;
    case 'json': {
      const read = apiReader(JSON_TYPE, 'value');
      return (text) => {
        try {
          return read(parseJsonExact(text));
        } catch {
          return undefined;
        }
      };
    }
    case 'timestamp':
    case 'date': {
      const read = textReader(sqlType);
      // Digits alone would be read as ms; the server writes no such text, but dates before Christ end in BC.
      return (text) => (text.includes('-') && !text.endsWith('BC') ? read(text) : undefined);
    }
    default:
      return textReader(sqlType);
  }
}

const SPECIAL_FLOATS: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

const readFloat = (text: string): number | undefined => {
  const value = SPECIAL_FLOATS.get(text) ?? Number(text);
  return Number.isNaN(value) && text !== 'NaN' ? undefined : value;
};

type Parsed = ReturnType<typeof parseArrayText>;

/** Arrays of one dimension; an array type of the server also takes others, which do not fit. */
function arrayScalar(items: Parsed, read: (text: string) => Scalar | undefined): Scalar | undefined {
  if (items === undefined) return undefined;
  const values: Scalar[] = [];
  for (const item of items) {
    const value = item === null ? null : read(item);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}
