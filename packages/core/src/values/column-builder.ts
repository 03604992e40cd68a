import { assert } from '../diagnostics/assert.ts';
import type { Column, Dictionary } from './column.ts';
import { narrowed } from './column-read.ts';
import { createDictionary } from './dictionary.ts';
import type { Scalar, SqlType } from './types.ts';

/** Collects values of one column. `finish` hands the arrays over and starts an empty column (the dictionary stays). */
export interface ColumnBuilder {
  readonly length: number;
  /** Value in scalar form of the column's type, or `null`. */
  append(value: Scalar): void;
  finish(): Column;
}

export interface ColumnBuilderOptions {
  /** Rows to make room for at first. */
  readonly capacity?: number;
  /** `dict` (the rule) falls back to `str` for the following batches once strings hardly repeat. */
  readonly strings?: 'dict' | 'str';
  /** Dictionary to add to; a fresh one by default. */
  readonly dictionary?: Dictionary;
}

const FIRST_CAPACITY = 64;
/** Above this size a dictionary that mostly sees new strings costs more than it saves. */
const DICTIONARY_WATCH = 1 << 15;

/** Builder for the lane that fits the type; integers and decimals change lane by themselves when a value needs it. */
export function columnBuilder(type: SqlType, options: ColumnBuilderOptions = {}): ColumnBuilder {
  const capacity = Math.max(1, options.capacity ?? FIRST_CAPACITY);
  switch (type.kind) {
    case 'integer':
    case 'decimal':
      return new ExactBuilder(capacity);
    case 'float':
    case 'timestamp':
    case 'date':
    case 'time':
    case 'interval':
      return new FloatBuilder(capacity);
    case 'boolean':
      return new BooleanBuilder(capacity);
    case 'string':
      return options.strings === 'str' ? new StringBuilder(capacity) : new DictionaryBuilder(capacity, options.dictionary);
    default:
      return new BoxedBuilder(capacity);
  }
}

/** Column from scalars of one type. */
export function columnFromScalars(type: SqlType, values: readonly Scalar[], options: ColumnBuilderOptions = {}): Column {
  const builder = columnBuilder(type, { capacity: values.length, ...options });
  for (let i = 0; i < values.length; i++) builder.append(values[i] as Scalar);
  return builder.finish();
}

function widened(mask: Uint8Array | null, capacity: number): Uint8Array {
  const next = new Uint8Array(capacity);
  if (mask !== null) next.set(mask);
  return next;
}

class FloatBuilder implements ColumnBuilder {
  length = 0;
  private values: Float64Array;
  private nulls: Uint8Array | null = null;

  constructor(capacity: number) {
    this.values = new Float64Array(capacity);
  }

  append(value: Scalar): void {
    const at = this.length++;
    if (at === this.values.length) this.grow();
    if (typeof value === 'number') this.values[at] = value;
    else if (value === null) {
      this.nulls ??= new Uint8Array(this.values.length);
      this.nulls[at] = 1;
    } else {
      assert(typeof value === 'bigint', 'a float or time column gets numbers');
      this.values[at] = Number(value);
    }
  }

  finish(): Column {
    const column: Column = { lane: 'f64', values: this.values, nulls: this.nulls };
    this.values = new Float64Array(Math.max(1, this.length));
    this.nulls = null;
    this.length = 0;
    return column;
  }

  private grow(): void {
    const next = new Float64Array(this.values.length * 2);
    next.set(this.values);
    this.values = next;
    if (this.nulls !== null) this.nulls = widened(this.nulls, next.length);
  }
}

/** Integers and unscaled decimals: `f64` while all are safe, `i64` while all fit 64 bits, else `boxed`. */
class ExactBuilder implements ColumnBuilder {
  length = 0;
  private values: Float64Array;
  private wide: bigint[] | null = null;
  private beyond64 = false;
  private nulls: Uint8Array | null = null;

  constructor(capacity: number) {
    this.values = new Float64Array(capacity);
  }

  append(value: Scalar): void {
    const at = this.length++;
    if (at === this.values.length) this.grow();
    if (typeof value === 'number') {
      if (this.wide === null) this.values[at] = value;
      else this.wide.push(BigInt(value));
    } else if (value === null) {
      this.nulls ??= new Uint8Array(this.values.length);
      this.nulls[at] = 1;
      this.wide?.push(0n);
    } else {
      assert(typeof value === 'bigint', 'an integer or decimal column gets numbers or bigints');
      this.wide ??= Array.from(this.values.subarray(0, at), BigInt);
      this.wide.push(value);
      if (BigInt.asIntN(64, value) !== value) this.beyond64 = true;
    }
  }

  finish(): Column {
    const { wide, nulls, length } = this;
    let column: Column;
    if (wide === null) column = { lane: 'f64', values: this.values, nulls };
    else if (this.beyond64) column = { lane: 'boxed', values: wide.map((v, i) => (nulls?.[i] === 1 ? null : narrowed(v))), nulls };
    else column = { lane: 'i64', values: BigInt64Array.from(wide), nulls };
    this.values = new Float64Array(Math.max(1, length));
    this.wide = null;
    this.beyond64 = false;
    this.nulls = null;
    this.length = 0;
    return column;
  }

  private grow(): void {
    const next = new Float64Array(this.values.length * 2);
    next.set(this.values);
    this.values = next;
    if (this.nulls !== null) this.nulls = widened(this.nulls, next.length);
  }
}

class BooleanBuilder implements ColumnBuilder {
  length = 0;
  private values: Uint8Array;
  private nulls: Uint8Array | null = null;

  constructor(capacity: number) {
    this.values = new Uint8Array(capacity);
  }

  append(value: Scalar): void {
    const at = this.length++;
    if (at === this.values.length) {
      this.values = widened(this.values, at * 2);
      if (this.nulls !== null) this.nulls = widened(this.nulls, at * 2);
    }
    if (value === true) this.values[at] = 1;
    else if (value === null) {
      this.nulls ??= new Uint8Array(this.values.length);
      this.nulls[at] = 1;
    } else assert(value === false, 'a boolean column gets booleans');
  }

  finish(): Column {
    const column: Column = { lane: 'bool', values: this.values, nulls: this.nulls };
    this.values = new Uint8Array(Math.max(1, this.length));
    this.nulls = null;
    this.length = 0;
    return column;
  }
}

class DictionaryBuilder implements ColumnBuilder {
  length = 0;
  private codes: Int32Array;
  private nulls: Uint8Array | null = null;
  private readonly dictionary: Dictionary;
  private knownBefore: number;
  /** Takes over once strings hardly repeat. */
  private plain: StringBuilder | null = null;

  constructor(capacity: number, dictionary: Dictionary | undefined) {
    this.codes = new Int32Array(capacity);
    this.dictionary = dictionary ?? createDictionary();
    this.knownBefore = this.dictionary.size;
  }

  append(value: Scalar): void {
    const at = this.length++;
    if (this.plain !== null) {
      this.plain.append(value);
      return;
    }
    if (at === this.codes.length) this.grow();
    if (typeof value === 'string') this.codes[at] = this.dictionary.add(value);
    else {
      assert(value === null, 'a string column gets strings');
      this.nulls ??= new Uint8Array(this.codes.length);
      this.nulls[at] = 1;
    }
  }

  finish(): Column {
    const length = this.length;
    this.length = 0;
    if (this.plain !== null) return this.plain.finish();
    const { dictionary } = this;
    const column: Column = { lane: 'dict', values: this.codes, nulls: this.nulls, dictionary };
    const added = dictionary.size - this.knownBefore;
    if (dictionary.size > DICTIONARY_WATCH && added * 2 > length) this.plain = new StringBuilder(length);
    this.knownBefore = dictionary.size;
    this.codes = new Int32Array(Math.max(1, length));
    this.nulls = null;
    return column;
  }

  private grow(): void {
    const next = new Int32Array(this.codes.length * 2);
    next.set(this.codes);
    this.codes = next;
    if (this.nulls !== null) this.nulls = widened(this.nulls, next.length);
  }
}

class StringBuilder implements ColumnBuilder {
  length = 0;
  private values: string[] = [];
  private nulls: Uint8Array | null = null;
  private capacity: number;

  constructor(capacity: number) {
    this.capacity = Math.max(1, capacity);
  }

  append(value: Scalar): void {
    const at = this.length++;
    if (at === this.capacity) {
      this.capacity *= 2;
      if (this.nulls !== null) this.nulls = widened(this.nulls, this.capacity);
    }
    if (typeof value === 'string') this.values.push(value);
    else {
      assert(value === null, 'a string column gets strings');
      this.values.push('');
      this.nulls ??= new Uint8Array(this.capacity);
      this.nulls[at] = 1;
    }
  }

  finish(): Column {
    const column: Column = { lane: 'str', values: this.values, nulls: this.nulls };
    this.values = [];
    this.nulls = null;
    this.length = 0;
    return column;
  }
}

class BoxedBuilder implements ColumnBuilder {
  length = 0;
  private values: Scalar[] = [];
  private nulls: Uint8Array | null = null;
  private capacity: number;

  constructor(capacity: number) {
    this.capacity = Math.max(1, capacity);
  }

  append(value: Scalar): void {
    const at = this.length++;
    if (at === this.capacity) {
      this.capacity *= 2;
      if (this.nulls !== null) this.nulls = widened(this.nulls, this.capacity);
    }
    this.values.push(value);
    if (value === null) {
      this.nulls ??= new Uint8Array(this.capacity);
      this.nulls[at] = 1;
    }
  }

  finish(): Column {
    const column: Column = { lane: 'boxed', values: this.values, nulls: this.nulls };
    this.values = [];
    this.nulls = null;
    this.length = 0;
    return column;
  }
}
