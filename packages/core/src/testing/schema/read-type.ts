import type { DataField } from '../../protocol/studio/testing.ts';
import { isMap, LooseMap, toNumber } from './loose.ts';

export type DataType = DataField['type'];

const WORDS: Readonly<Record<string, DataType>> = {
  string: 'string',
  text: 'string',
  varchar: 'string',
  char: 'string',
  str: 'string',
  integer: 'integer',
  int: 'integer',
  i64: 'integer',
  i32: 'integer',
  int64: 'integer',
  bigint: 'integer',
  long: 'integer',
  smallint: 'integer',
  float: 'float',
  f64: 'float',
  f32: 'float',
  double: 'float',
  number: 'float',
  real: 'float',
  decimal: 'decimal',
  numeric: 'decimal',
  scaledinteger: 'decimal',
  boolean: 'boolean',
  bool: 'boolean',
  timestamp: 'timestamp',
  datetime: 'timestamp',
  timestamptz: 'timestamp',
  date: 'date',
  uuid: 'uuid',
};

/** Places after the point where a decimal says none. */
export const DEFAULT_SCALE = 4;

/**
 * A type in any spelling. In `decimal(N)` and `{decimal: {precision: N}}` the number counts the decimal places; in
 * `decimal(p,s)` and next to sibling keys it is `s`. Undefined for a word that no dialect has.
 */
export function readType(
  value: unknown,
  sibling: { readonly precision?: number | undefined; readonly scale?: number | undefined } = {},
): { readonly type: DataType; readonly scale?: number } | undefined {
  if (isMap(value)) {
    const [word, inner] = Object.entries(value)[0] ?? [];
    const type = WORDS[String(word).toLowerCase().replace(/[_\s]/g, '')];
    if (type !== 'decimal') return type === undefined ? undefined : { type };
    const map = new LooseMap(isMap(inner) ? inner : {});
    return { type, scale: map.number('scale') ?? map.number('precision') ?? toNumber(inner) ?? DEFAULT_SCALE };
  }
  const match = /^\s*([A-Za-z_][\w\s]*?)\s*(?:\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\))?\s*$/.exec(String(value ?? ''));
  const type = WORDS[(match?.[1] ?? '').toLowerCase().replace(/[_\s]/g, '')];
  if (type === undefined) return undefined;
  if (type !== 'decimal') return { type };
  const inParentheses = match?.[3] ?? match?.[2];
  return { type, scale: inParentheses === undefined ? (sibling.scale ?? DEFAULT_SCALE) : Number(inParentheses) };
}
