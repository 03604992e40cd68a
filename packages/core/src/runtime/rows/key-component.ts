import type { Column, Dictionary } from '../../values/column.ts';
import { scalarAt } from '../../values/column-read.ts';
import { keyFunction } from '../../values/key.ts';
import type { Scalar, SqlType } from '../../values/types.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';
import { grownBytes, grownFloats, grownInts } from './slot-pool.ts';

/** One column of the keys of a `KeyTable`: reads it from a batch, and keeps the keys' values by id. */
export interface KeyComponent {
  /** The column that `row` of the following calls points into. */
  bind(column: Column): void;
  isNull(row: number): boolean;
  hash(row: number): number;
  /** Only for rows that are not NULL. */
  equals(id: number, row: number): boolean;
  holdsNull(id: number): boolean;
  store(id: number, row: number): void;
  forget(id: number): void;
  write(writer: StateWriter, ids: Int32Array, count: number): void;
  /** The column that was written, to be bound and stored again. */
  read(reader: StateReader): Column;
}

const NUMERIC = new Set<SqlType['kind']>(['integer', 'decimal', 'float', 'timestamp', 'date', 'time', 'interval', 'boolean']);

/** Component for keys of one type. Two sides of a join share one: their values are brought to one scale before. */
export function keyComponent(type: SqlType): KeyComponent {
  if (NUMERIC.has(type.kind)) return new NumberComponent();
  return new TextComponent(type.kind === 'string' ? null : keyFunction(type));
}

const DOUBLE = new Float64Array(1);
const WORDS = new Int32Array(DOUBLE.buffer);

/** Final mix of a 32-bit hash (murmur3). */
const mixed = (hash: number): number => {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
};

function hashOfNumber(value: number): number {
  if ((value | 0) === value) return mixed(value | 0);
  // -0 went above; all NaN are one value.
  DOUBLE[0] = Number.isNaN(value) ? Number.NaN : value;
  return mixed(Math.imul(WORDS[0]!, 0x9e3779b1) ^ WORDS[1]!);
}

/** FNV-1a over UTF-16 units. */
function hashOfText(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mixed(h);
}

const NO_COLUMN: Column = { lane: 'f64', values: new Float64Array(0), nulls: null };

/** Numbers, times and booleans. Integers beyond 2^53 stand in `wide`, with their rounded value in `values`. */
class NumberComponent implements KeyComponent {
  private column: Column = NO_COLUMN;
  private floats: Float64Array | null = null;
  private values = new Float64Array(64);
  private nulls: Uint8Array | null = null;
  private readonly wide = new Map<number, bigint>();

  bind(column: Column): void {
    this.column = column;
    this.floats = column.lane === 'f64' ? column.values : null;
  }

  isNull(row: number): boolean {
    const { nulls } = this.column;
    return nulls !== null && nulls[row] === 1;
  }

  hash(row: number): number {
    const value = this.floats === null ? this.exactAt(row) : this.floats[row]!;
    return hashOfNumber(typeof value === 'number' ? value : Number(value));
  }

  holdsNull(id: number): boolean {
    return this.nulls !== null && this.nulls[id] === 1;
  }

  equals(id: number, row: number): boolean {
    if (this.holdsNull(id)) return false;
    const own = this.values[id]!;
    if (this.floats !== null) {
      const value = this.floats[row]!;
      return (value === own && !this.wide.has(id)) || (Number.isNaN(value) && Number.isNaN(own));
    }
    const value = this.exactAt(row);
    return typeof value === 'number' ? value === own && !this.wide.has(id) : this.wide.get(id) === value;
  }

  store(id: number, row: number): void {
    if (id >= this.values.length) this.values = grownFloats(this.values, Math.max(id + 1, this.values.length * 2));
    if (this.column.nulls !== null && this.column.nulls[row] === 1) {
      this.markNull(id);
      return;
    }
    if (this.nulls !== null && id < this.nulls.length) this.nulls[id] = 0;
    const value = this.floats === null ? this.exactAt(row) : this.floats[row]!;
    this.values[id] = Number(value) + 0;
    if (typeof value === 'bigint') this.wide.set(id, value);
  }

  forget(id: number): void {
    if (this.wide.size > 0) this.wide.delete(id);
  }

  write(writer: StateWriter, ids: Int32Array, count: number): void {
    const values = new Float64Array(count);
    const nulls = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      values[i] = this.values[ids[i]!]!;
      nulls[i] = this.nulls?.[ids[i]!] ?? 0;
    }
    writer.float64s(values, count);
    writer.bytes(nulls, count);
    writer.integer(this.wide.size);
    for (let i = 0; i < count && this.wide.size > 0; i++) writer.scalar(this.wide.get(ids[i]!) ?? null);
  }

  read(reader: StateReader): Column {
    const values = reader.float64s();
    const nulls = reader.bytes();
    if (reader.integer() === 0) return { lane: 'f64', values, nulls };
    const exact = Array.from(values, (value, i): Scalar => {
      const wide = reader.scalar();
      return nulls[i] === 1 ? null : (wide ?? value);
    });
    return { lane: 'boxed', values: exact, nulls };
  }

  /** For lanes other than f64: booleans as 0 and 1. */
  private exactAt(row: number): number | bigint {
    const value = scalarAt(this.column, row);
    return typeof value === 'boolean' ? Number(value) : (value as number | bigint);
  }

  private markNull(id: number): void {
    if (this.nulls === null || id >= this.nulls.length) this.nulls = grownBytes(this.nulls ?? new Uint8Array(0), this.values.length);
    this.nulls[id] = 1;
  }
}

/** Hashes of the strings of one dictionary by code; 0 is "not yet", a hash of 0 is kept as 1. */
interface DictionaryHashes {
  readonly of: Dictionary;
  values: Int32Array;
}

/** One dictionary per side of a join, and the ones in use before. */
const DICTIONARIES_MAX = 4;

/** Strings; and values of all other types by their canonical text. */
export class TextComponent implements KeyComponent {
  private readonly textOf: ((value: Scalar) => string) | null;
  private column: Column = NO_COLUMN;
  private hashes: DictionaryHashes | null = null;
  private readonly hashed: DictionaryHashes[] = [];
  private texts: (string | null)[] = [];
  /** Came back from a checkpoint: it holds the texts themselves. */
  private written: Column | null = null;

  constructor(textOf: ((value: Scalar) => string) | null) {
    this.textOf = textOf;
  }

  bind(column: Column): void {
    this.column = column;
    if (column.lane !== 'dict' || this.textOf !== null) return;
    const { dictionary } = column;
    if (this.hashes?.of !== dictionary) this.hashes = this.hashesOf(dictionary);
    if (this.hashes.values.length < dictionary.size) {
      this.hashes.values = grownInts(this.hashes.values, Math.max(dictionary.size, this.hashes.values.length * 2));
    }
  }

  private hashesOf(dictionary: Dictionary): DictionaryHashes {
    const known = this.hashed.find((each) => each.of === dictionary);
    if (known !== undefined) return known;
    const made = { of: dictionary, values: new Int32Array(dictionary.size) };
    this.hashed.push(made);
    if (this.hashed.length > DICTIONARIES_MAX) this.hashed.shift();
    return made;
  }

  isNull(row: number): boolean {
    const { nulls } = this.column;
    return nulls !== null && nulls[row] === 1;
  }

  hash(row: number): number {
    if (this.column.lane !== 'dict' || this.hashes === null) return hashOfText(this.textAt(row));
    const code = this.column.values[row]!;
    const known = this.hashes.values[code]!;
    if (known !== 0) return known;
    const hash = hashOfText(this.column.dictionary.at(code)) || 1;
    this.hashes.values[code] = hash;
    return hash;
  }

  textOfId(id: number): string | null {
    return this.texts[id]!;
  }

  holdsNull(id: number): boolean {
    return this.texts[id] === null;
  }

  equals(id: number, row: number): boolean {
    return this.texts[id] === this.textAt(row);
  }

  store(id: number, row: number): void {
    this.texts[id] = this.isNull(row) ? null : this.textAt(row);
  }

  forget(id: number): void {
    this.texts[id] = null;
  }

  write(writer: StateWriter, ids: Int32Array, count: number): void {
    writer.integer(count);
    for (let i = 0; i < count; i++) writer.scalar(this.texts[ids[i]!]!);
  }

  read(reader: StateReader): Column {
    const texts = Array.from({ length: reader.integer() }, () => reader.scalar() as string | null);
    this.written = {
      lane: 'str',
      values: texts.map((text) => text ?? ''),
      nulls: Uint8Array.from(texts, (text) => (text === null ? 1 : 0)),
    };
    return this.written;
  }

  private textAt(row: number): string {
    const { column } = this;
    if (column.lane === 'dict' && this.textOf === null) return column.dictionary.at(column.values[row]!);
    if (column.lane === 'str' && (this.textOf === null || column === this.written)) return column.values[row]!;
    const value = scalarAt(column, row);
    return this.textOf === null ? (value as string) : this.textOf(value);
  }
}
