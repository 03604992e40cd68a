import type { Column } from './column.ts';
import { columnBuilder } from './column-builder.ts';
import type { Scalar, SqlType } from './types.ts';

/** Rows of a column in the order of `indexes[0 … count)`. */
export function takeColumn(column: Column, indexes: Int32Array, count: number): Column {
  const nulls = column.nulls === null ? null : takeMask(column.nulls, indexes, count);
  switch (column.lane) {
    case 'f64': {
      const values = new Float64Array(count);
      const from = column.values;
      for (let i = 0; i < count; i++) values[i] = from[indexes[i] as number] as number;
      return { lane: 'f64', values, nulls };
    }
    case 'i64': {
      const values = new BigInt64Array(count);
      const from = column.values;
      for (let i = 0; i < count; i++) values[i] = from[indexes[i] as number] as bigint;
      return { lane: 'i64', values, nulls };
    }
    case 'bool': {
      const values = new Uint8Array(count);
      const from = column.values;
      for (let i = 0; i < count; i++) values[i] = from[indexes[i] as number] as number;
      return { lane: 'bool', values, nulls };
    }
    case 'dict': {
      const values = new Int32Array(count);
      const from = column.values;
      for (let i = 0; i < count; i++) values[i] = from[indexes[i] as number] as number;
      return { lane: 'dict', values, nulls, dictionary: column.dictionary };
    }
    case 'str': {
      const values = new Array<string>(count);
      for (let i = 0; i < count; i++) values[i] = column.values[indexes[i] as number] as string;
      return { lane: 'str', values, nulls };
    }
    case 'boxed': {
      const values = new Array<Scalar>(count);
      for (let i = 0; i < count; i++) values[i] = column.values[indexes[i] as number] as Scalar;
      return { lane: 'boxed', values, nulls };
    }
  }
}

/** As `takeColumn`, and an index of -1 gives NULL: the padding of outer joins. */
export function takeColumnPadded(column: Column, indexes: Int32Array, count: number): Column {
  let mask: Uint8Array | null = null;
  const within = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const index = indexes[i] as number;
    if (index >= 0) {
      within[i] = index;
      if (column.nulls === null || column.nulls[index] === 0) continue;
    }
    mask ??= new Uint8Array(count);
    mask[i] = 1;
  }
  if (isEmpty(column)) return nullsInLane(column, count);
  const taken = takeColumn({ ...column, nulls: null }, within, count);
  if (mask !== null && taken.lane === 'boxed') {
    return { lane: 'boxed', values: taken.values.map((v, i) => (mask[i] === 1 ? null : v)), nulls: mask };
  }
  return { ...taken, nulls: mask };
}

/** Rows `from` (inclusive) to `to` (exclusive). Shares memory where it can: columns are immutable. */
export function sliceColumn(column: Column, from: number, to: number): Column {
  const nulls = column.nulls === null ? null : column.nulls.subarray(from, to);
  switch (column.lane) {
    case 'f64':
      return { lane: 'f64', values: column.values.subarray(from, to), nulls };
    case 'i64':
      return { lane: 'i64', values: column.values.subarray(from, to), nulls };
    case 'bool':
      return { lane: 'bool', values: column.values.subarray(from, to), nulls };
    case 'dict':
      return { lane: 'dict', values: column.values.subarray(from, to), nulls, dictionary: column.dictionary };
    case 'str':
      return { lane: 'str', values: column.values.slice(from, to), nulls };
    case 'boxed':
      return { lane: 'boxed', values: column.values.slice(from, to), nulls };
  }
}

/** Column of `length` times one value (in scalar form; `null` too). */
export function constantColumn(type: SqlType, value: Scalar, length: number): Column {
  const builder = columnBuilder(type, { capacity: length });
  for (let i = 0; i < length; i++) builder.append(value);
  return builder.finish();
}

function takeMask(mask: Uint8Array, indexes: Int32Array, count: number): Uint8Array {
  const taken = new Uint8Array(count);
  for (let i = 0; i < count; i++) taken[i] = mask[indexes[i] as number] as number;
  return taken;
}

const isEmpty = (column: Column): boolean => column.values.length === 0;

function nullsInLane(column: Column, count: number): Column {
  const nulls = new Uint8Array(count).fill(1);
  switch (column.lane) {
    case 'f64':
      return { lane: 'f64', values: new Float64Array(count), nulls };
    case 'i64':
      return { lane: 'i64', values: new BigInt64Array(count), nulls };
    case 'bool':
      return { lane: 'bool', values: new Uint8Array(count), nulls };
    case 'dict':
      return { lane: 'dict', values: new Int32Array(count), nulls, dictionary: column.dictionary };
    case 'str':
      return { lane: 'str', values: new Array<string>(count).fill(''), nulls };
    case 'boxed':
      return { lane: 'boxed', values: new Array<Scalar>(count).fill(null), nulls };
  }
}
