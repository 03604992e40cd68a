import type { Column } from './column.ts';
import { scalarAt } from './column-read.ts';
import type { Scalar } from './types.ts';

/** A column and how many of its rows count (arrays may be longer than the batch). */
export interface ColumnPart {
  readonly column: Column;
  readonly length: number;
}

/** Columns of one type, one after the other. Different lanes meet in the narrowest that holds all of them. */
export function concatColumns(parts: readonly ColumnPart[]): Column {
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  const nulls = concatMasks(parts, total);
  const lanes = new Set(parts.map((part) => part.column.lane));
  if (lanes.size === 1 && lanes.has('f64')) return { lane: 'f64', values: fill(new Float64Array(total), parts), nulls };
  if (lanes.size === 1 && lanes.has('bool')) return { lane: 'bool', values: fill(new Uint8Array(total), parts), nulls };
  const dictionary = sharedDictionary(parts);
  if (dictionary !== null) return { lane: 'dict', values: fill(new Int32Array(total), parts), nulls, dictionary };
  if (only(lanes, 'f64', 'i64')) return { lane: 'i64', values: concatWide(parts, total), nulls };
  const values: Scalar[] = [];
  for (const { column, length } of parts) for (let i = 0; i < length; i++) values.push(scalarAt(column, i));
  if (only(lanes, 'dict', 'str')) return { lane: 'str', values: values.map((v) => (v === null ? '' : (v as string))), nulls };
  return { lane: 'boxed', values, nulls };
}

const only = (lanes: ReadonlySet<string>, a: string, b: string): boolean => [...lanes].every((lane) => lane === a || lane === b);

function sharedDictionary(parts: readonly ColumnPart[]) {
  const first = parts[0]?.column;
  if (first?.lane !== 'dict') return null;
  return parts.every(({ column }) => column.lane === 'dict' && column.dictionary === first.dictionary) ? first.dictionary : null;
}

function concatMasks(parts: readonly ColumnPart[], total: number): Uint8Array | null {
  if (parts.every((part) => part.column.nulls === null)) return null;
  const mask = new Uint8Array(total);
  let at = 0;
  for (const { column, length } of parts) {
    if (column.nulls !== null) mask.set(column.nulls.subarray(0, length), at);
    at += length;
  }
  return mask;
}

/** Copies typed arrays of one lane behind each other. */
function fill<A extends Float64Array | Int32Array | Uint8Array>(into: A, parts: readonly ColumnPart[]): A {
  let at = 0;
  for (const { column, length } of parts) {
    // The caller has checked that every part has the lane of `into`.
    into.set((column.values as A).subarray(0, length), at);
    at += length;
  }
  return into;
}

function concatWide(parts: readonly ColumnPart[], total: number): BigInt64Array {
  const values = new BigInt64Array(total);
  let at = 0;
  for (const { column, length } of parts) {
    if (column.lane === 'i64') values.set(column.values.subarray(0, length), at);
    else if (column.lane === 'f64') {
      // A slot beneath a NULL may hold anything, NaN too.
      for (let i = 0; i < length; i++) values[at + i] = column.nulls?.[i] === 1 ? 0n : BigInt(column.values[i] as number);
    }
    at += length;
  }
  return values;
}
