import type { Column, Dictionary, Lane } from '../../values/column.ts';
import { columnFromScalars } from '../../values/column-builder.ts';
import { scalarAt } from '../../values/column-read.ts';
import { createDictionary } from '../../values/dictionary.ts';
import type { Scalar, SqlType } from '../../values/types.ts';
import { grownBytes } from './slot-pool.ts';

/** A private dictionary may hold this many strings of rows that are gone before it is written anew. */
const DICTIONARY_SLACK = 4096;

/**
 * One column of rows that an operator keeps, by slot. Values are copied in, so the batch they came in may be reused.
 * The lane follows the data: it starts as the lane of the first batch and widens when a later batch needs it
 * (`f64` to `i64`, `dict` to `str`, anything else to `boxed`). `view` is a plain column over all slots; it is replaced
 * when arrays grow or the lane widens, so take it afresh for every use.
 */
export class StoredColumn {
  view: Column;
  private readonly type: SqlType;
  private capacity: number;
  private isFresh = true;
  /** The dictionary is ours alone: codes of others are translated. */
  private isPrivate = false;
  private translated: { readonly from: Dictionary; codes: Int32Array } | null = null;

  constructor(type: SqlType, capacity: number) {
    this.type = type;
    this.capacity = capacity;
    this.view = columnFromScalars(type, []);
  }

  /** Copies `rows[0 … count)` of a column into `slots[0 … count)`. */
  copy(source: Column, rows: Int32Array, count: number, slots: Int32Array): void {
    if (count === 0) return;
    this.makeRoomFor(source);
    this.copyNulls(source, rows, count, slots);
    const into = this.view;
    switch (into.lane) {
      case 'f64':
      case 'bool':
        // makeRoomFor has made the lanes agree.
        move(into.values, source.values as Float64Array, rows, count, slots);
        return;
      case 'dict':
        this.copyCodes(into.values, into.dictionary, source, rows, count, slots);
        return;
      case 'i64':
        moveWide(into.values, source, rows, count, slots);
        return;
      case 'str':
        for (let i = 0; i < count; i++) (into.values as string[])[slots[i]!] = (scalarAt(source, rows[i]!) as string | null) ?? '';
        return;
      case 'boxed':
        for (let i = 0; i < count; i++) (into.values as Scalar[])[slots[i]!] = scalarAt(source, rows[i]!);
    }
  }

  /** Makes arrays of `capacity` slots and moves the rows `from[i]` to `to[i]`; everything else is forgotten. */
  relocate(capacity: number, from: Int32Array, to: Int32Array, count: number): void {
    const old = this.view;
    this.capacity = capacity;
    if (this.isFresh) return;
    this.view = emptyLane(old.lane, capacity, old);
    const rewrite = old.lane === 'dict' && this.isPrivate && old.dictionary.size > 2 * count + DICTIONARY_SLACK;
    if (rewrite && this.view.lane === 'dict') {
      this.view = { ...this.view, dictionary: createDictionary() };
      this.translated = null;
    }
    this.copy(old, from, count, to);
  }

  /** Arrays of `capacity` slots, not fewer than before; every row stays where it is. */
  widen(capacity: number): void {
    const old = this.view;
    this.capacity = capacity;
    if (this.isFresh) return;
    const wide = emptyLane(old.lane, capacity, old);
    const nulls = old.nulls === null ? null : grownBytes(old.nulls, capacity);
    if (wide.lane === 'str' || wide.lane === 'boxed') {
      const values = wide.values as Scalar[];
      for (let slot = 0; slot < old.values.length; slot++) values[slot] = old.values[slot] as Scalar;
    } else if (wide.lane === 'i64') wide.values.set(old.values as BigInt64Array);
    else wide.values.set(old.values as Float64Array);
    this.view = { ...wide, nulls };
  }

  /** Lets go of what a slot holds on to. */
  forget(slot: number): void {
    if (this.view.lane === 'str') (this.view.values as string[])[slot] = '';
    else if (this.view.lane === 'boxed') (this.view.values as Scalar[])[slot] = null;
  }

  /** Back to the state after construction, with room for `capacity` slots. */
  clear(capacity: number): void {
    this.capacity = capacity;
    this.view = columnFromScalars(this.type, []);
    this.isFresh = true;
    this.isPrivate = false;
    this.translated = null;
  }

  private makeRoomFor(source: Column): void {
    if (this.isFresh) {
      this.isFresh = false;
      this.view = emptyLane(source.lane, this.capacity, source);
      return;
    }
    const lane = widerLane(this.view.lane, source.lane);
    if (lane !== this.view.lane) this.view = widened(this.view, lane, this.capacity);
  }

  private copyNulls(source: Column, rows: Int32Array, count: number, slots: Int32Array): void {
    const from = source.nulls;
    let mask = this.view.nulls;
    if (from === null) {
      if (mask !== null) for (let i = 0; i < count; i++) mask[slots[i]!] = 0;
      return;
    }
    if (mask === null) {
      mask = new Uint8Array(this.capacity);
      this.view = { ...this.view, nulls: mask };
    }
    for (let i = 0; i < count; i++) mask[slots[i]!] = from[rows[i]!]!;
  }

  private copyCodes(into: Int32Array, own: Dictionary, source: Column, rows: Int32Array, count: number, slots: Int32Array): void {
    if (source.lane !== 'dict') return;
    if (source.dictionary === own) {
      move(into, source.values, rows, count, slots);
      return;
    }
    if (!this.isPrivate) this.takeOver();
    // takeOver has put a private dictionary in place.
    const { dictionary, values } = this.view as Extract<Column, { lane: 'dict' }>;
    const codes = this.translationOf(source.dictionary);
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      if (source.nulls !== null && source.nulls[row] === 1) continue;
      const code = source.values[row]!;
      let known = codes[code]!;
      if (known === 0) codes[code] = known = dictionary.add(source.dictionary.at(code)) + 1;
      values[slots[i]!] = known - 1;
    }
  }

  /** Replaces a borrowed dictionary by a private copy: codes stay as they are. */
  private takeOver(): void {
    const { view } = this;
    if (view.lane !== 'dict') return;
    const dictionary = createDictionary();
    for (let code = 0; code < view.dictionary.size; code++) dictionary.add(view.dictionary.at(code));
    this.view = { ...view, dictionary };
    this.isPrivate = true;
  }

  private translationOf(from: Dictionary): Int32Array {
    if (this.translated?.from !== from) this.translated = { from, codes: new Int32Array(from.size) };
    const { translated } = this;
    if (translated.codes.length < from.size) {
      const codes = new Int32Array(Math.max(from.size, translated.codes.length * 2));
      codes.set(translated.codes);
      translated.codes = codes;
    }
    return translated.codes;
  }
}

function widerLane(own: Lane, other: Lane): Lane {
  if (own === other) return own;
  if ((own === 'f64' || own === 'i64') && (other === 'f64' || other === 'i64')) return 'i64';
  if ((own === 'dict' || own === 'str') && (other === 'dict' || other === 'str')) return 'str';
  return 'boxed';
}

function emptyLane(lane: Lane, capacity: number, like: Column): Column {
  const nulls = null;
  switch (lane) {
    case 'f64':
      return { lane, values: new Float64Array(capacity), nulls };
    case 'i64':
      return { lane, values: new BigInt64Array(capacity), nulls };
    case 'bool':
      return { lane, values: new Uint8Array(capacity), nulls };
    case 'dict':
      return { lane, values: new Int32Array(capacity), nulls, dictionary: like.lane === 'dict' ? like.dictionary : createDictionary() };
    case 'str':
      return { lane, values: new Array<string>(capacity).fill(''), nulls };
    case 'boxed':
      return { lane, values: new Array<Scalar>(capacity).fill(null), nulls };
  }
}

/** The same slots in a wider lane. Unused slots hold anything. */
function widened(column: Column, lane: Lane, capacity: number): Column {
  const into = emptyLane(lane, capacity, column);
  for (let slot = 0; slot < capacity; slot++) {
    if (column.nulls !== null && column.nulls[slot] === 1) continue;
    if (into.lane === 'i64') into.values[slot] = BigInt((column.values[slot] as number | bigint) || 0);
    else if (into.lane === 'str') (into.values as string[])[slot] = textOf(column, slot);
    else if (into.lane === 'boxed')
      (into.values as Scalar[])[slot] = column.lane === 'dict' ? textOf(column, slot) : scalarAt(column, slot);
  }
  return { ...into, nulls: column.nulls };
}

/** An unused slot of a dictionary column may hold a code of no string. */
function textOf(column: Column, slot: number): string {
  if (column.lane !== 'dict') return column.values[slot] as string;
  const code = column.values[slot]!;
  return code < column.dictionary.size ? column.dictionary.at(code) : '';
}

function move<A extends Float64Array | Int32Array | Uint8Array>(
  into: A,
  from: A,
  rows: Int32Array,
  count: number,
  slots: Int32Array,
): void {
  for (let i = 0; i < count; i++) into[slots[i]!] = from[rows[i]!]!;
}

function moveWide(into: BigInt64Array, from: Column, rows: Int32Array, count: number, slots: Int32Array): void {
  if (from.lane === 'i64') {
    for (let i = 0; i < count; i++) into[slots[i]!] = from.values[rows[i]!]!;
    return;
  }
  for (let i = 0; i < count; i++) {
    const value = scalarAt(from, rows[i]!);
    into[slots[i]!] = value === null ? 0n : BigInt(value as number);
  }
}
