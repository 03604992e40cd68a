import type { SqlType, StructField, TypeKind } from './types.ts';
import {
  ANY,
  arrayOf,
  BOOLEAN,
  BYTES,
  DATE,
  decimal,
  FLOAT,
  INTEGER,
  INTERVAL,
  JSON_TYPE,
  mapOf,
  NULL,
  STRING,
  TIME,
  TIMESTAMP,
} from './types.ts';

/** Digits that a DECIMAL holds at most. */
export const PRECISION_MAX = 38;
/** Digits after the point that SCALED_INTEGER, a decimal literal and a product have at most. */
export const SCALE_MAX = 18;
/** DECIMAL and SCALED_INTEGER without numbers: 18 digits, 4 of them after the point. */
const DEFAULT_PRECISION = 18;
const DEFAULT_SCALE = 4;
/** Deeper types than this are refused rather than recursed into. */
const DEPTH_MAX = 32;

const NAMES: { readonly [K in TypeKind]?: string } = {
  null: 'NULL',
  boolean: 'BOOLEAN',
  integer: 'INTEGER',
  float: 'FLOAT',
  string: 'STRING',
  bytes: 'BYTES',
  date: 'DATE',
  time: 'TIME',
  timestamp: 'TIMESTAMP',
  interval: 'INTERVAL',
  json: 'JSON',
  any: 'ANY',
};

/** A type in the dialect's words: `DECIMAL(18, 4)`, `ARRAY<STRING>`, `STRUCT<a INTEGER>`. `parseTypeText` reads it back. */
export function typeText(type: SqlType): string {
  switch (type.kind) {
    case 'decimal':
      return `DECIMAL(${type.precision}, ${type.scale})`;
    case 'array':
      return `ARRAY<${typeText(type.element)}>`;
    case 'map':
      return `MAP<STRING, ${typeText(type.value)}>`;
    case 'struct':
      return `STRUCT<${type.fields.map((f) => `${nameText(f.name)} ${typeText(f.type)}`).join(', ')}>`;
    default:
      return NAMES[type.kind] as string;
  }
}

const nameText = (name: string): string => (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : `\`${name}\``);

/** Whether two types are the same, to the last digit of a decimal and the last field of a struct. */
export function sameType(a: SqlType, b: SqlType): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'decimal':
      return b.kind === 'decimal' && a.precision === b.precision && a.scale === b.scale;
    case 'array':
      return b.kind === 'array' && sameType(a.element, b.element);
    case 'map':
      return b.kind === 'map' && sameType(a.value, b.value);
    case 'struct':
      return b.kind === 'struct' && sameFields(a.fields, b.fields);
    default:
      return true;
  }
}

const sameFields = (a: readonly StructField[], b: readonly StructField[]): boolean =>
  a.length === b.length && a.every((field, i) => field.name === b[i]!.name && sameType(field.type, b[i]!.type));

const SIMPLE: ReadonlyMap<string, SqlType> = new Map<string, SqlType>([
  ...['INT', 'INTEGER', 'BIGINT', 'SMALLINT', 'TINYINT', 'LONG'].map((n) => [n, INTEGER] as const),
  ...['FLOAT', 'DOUBLE', 'REAL'].map((n) => [n, FLOAT] as const),
  ...['STRING', 'VARCHAR', 'TEXT', 'CHAR'].map((n) => [n, STRING] as const),
  ...['BOOLEAN', 'BOOL'].map((n) => [n, BOOLEAN] as const),
  ...['TIMESTAMP', 'DATETIME'].map((n) => [n, TIMESTAMP] as const),
  ['DATE', DATE],
  ['TIME', TIME],
  ['BYTES', BYTES],
  ['JSON', JSON_TYPE],
  ['INTERVAL', INTERVAL],
  ['ANY', ANY],
  ['NULL', NULL],
]);
/** These may carry a length or precision in parentheses that changes nothing. */
const SIZED = new Set(['VARCHAR', 'CHAR', 'STRING', 'TEXT', 'TIMESTAMP', 'DATETIME', 'TIME', 'FLOAT']);

/** Every name a column definition or CAST may use, for suggestions. */
export const TYPE_NAMES: readonly string[] = [...SIMPLE.keys(), 'DECIMAL', 'NUMERIC', 'SCALED_INTEGER', 'ARRAY', 'MAP', 'STRUCT', 'ROW'];

/** Reads a type name of the dialect, any case; undefined when it is none. `SCALED_INTEGER(s)` is `DECIMAL(18, s)`. */
export function parseTypeText(text: string): SqlType | undefined {
  const tokens = text.match(/`[^`]*`|[\p{L}\p{N}_]+|[^\s]/gu) ?? [];
  const reader = { tokens, at: 0 };
  const type = readType(reader, 0);
  return type !== undefined && reader.at === tokens.length ? type : undefined;
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

function readType(r: Reader, depth: number): SqlType | undefined {
  const name = r.tokens[r.at++]?.toUpperCase();
  if (name === undefined || depth > DEPTH_MAX) return undefined;
  switch (name) {
    case 'DECIMAL':
    case 'NUMERIC':
    case 'SCALED_INTEGER':
      return readDecimal(r, name === 'SCALED_INTEGER');
    case 'ARRAY': {
      const items = readBracketed(r, () => readType(r, depth + 1));
      return items?.length === 1 ? arrayOf(items[0]!) : undefined;
    }
    case 'MAP': {
      const items = readBracketed(r, () => readType(r, depth + 1));
      return items?.length === 2 ? mapOf(items[1]!) : undefined;
    }
    case 'STRUCT':
    case 'ROW': {
      const fields = readBracketed(r, () => readField(r, depth + 1));
      return fields === undefined ? undefined : { kind: 'struct', fields };
    }
  }
  const simple = SIMPLE.get(name);
  if (name === 'DOUBLE' && r.tokens[r.at]?.toUpperCase() === 'PRECISION') r.at++;
  if (simple !== undefined && SIZED.has(name) && r.tokens[r.at] === '(') return readNumbers(r, 1) === undefined ? undefined : simple;
  return simple;
}

function readField(r: Reader, depth: number): StructField | undefined {
  const name = r.tokens[r.at++];
  if (name === undefined || !/^[`\p{L}_]/u.test(name)) return undefined;
  if (r.tokens[r.at] === ':') r.at++;
  const type = readType(r, depth);
  return type && { name: name.startsWith('`') ? name.slice(1, -1) : name, type };
}

function readDecimal(r: Reader, scaled: boolean): SqlType | undefined {
  if (r.tokens[r.at] !== '(') return decimal(DEFAULT_PRECISION, DEFAULT_SCALE);
  const numbers = readNumbers(r, 2);
  if (numbers === undefined) return undefined;
  const precision = scaled ? DEFAULT_PRECISION : numbers[0]!;
  const scale = scaled ? numbers[0]! : (numbers[1] ?? 0);
  if (scaled && numbers.length > 1) return undefined;
  return precision >= 1 && precision <= PRECISION_MAX && scale <= precision ? decimal(precision, scale) : undefined;
}

function readNumbers(r: Reader, most: number): number[] | undefined {
  const numbers = readBracketed(r, () => {
    const token = r.tokens[r.at++];
    return token !== undefined && /^\d{1,5}$/.test(token) ? Number(token) : undefined;
  });
  return numbers !== undefined && numbers.length >= 1 && numbers.length <= most ? numbers : undefined;
}

/** `( item, … )` or `< item, … >`; undefined when malformed. */
function readBracketed<T>(r: Reader, item: () => T | undefined): T[] | undefined {
  const open = r.tokens[r.at++];
  if (open !== '(' && open !== '<') return undefined;
  const close = open === '(' ? ')' : '>';
  const items: T[] = [];
  for (;;) {
    const next = item();
    if (next === undefined) return undefined;
    items.push(next);
    const token = r.tokens[r.at++];
    if (token === close) return items;
    if (token !== ',') return undefined;
  }
}
