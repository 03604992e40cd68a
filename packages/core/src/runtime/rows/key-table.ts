import type { Column, Dictionary } from '../../values/column.ts';
import type { SqlType } from '../../values/types.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';
import { type KeyComponent, keyComponent, type TextComponent } from './key-component.ts';
import { grownInts, SlotPool } from './slot-pool.ts';

export interface KeyTableOptions {
  /** `equal`: NULL is a value like others (grouping). `never`: a key with a NULL has no id (joins). */
  readonly nulls: 'equal' | 'never';
}

/** Id of the key on a row; -1: none (a NULL under `never`, or unknown and not to be added). */
export type KeyLookup = (row: number, add: boolean) => number;

/**
 * Numbers typed keys 0, 1, 2, …: a chained hash table over key columns, without strings made per row. Equal values have one
 * id whatever lane or dictionary they come in. Ids of released keys are given again. State: one entry per key, freed
 * by `release`; the owner sets the bound.
 */
export class KeyTable {
  /** Whether the last lookup added its key. */
  wasAdded = false;
  private readonly components: readonly KeyComponent[];
  private readonly neverNull: boolean;
  private readonly pool = new SlotPool();
  private heads = new Int32Array(128).fill(-1);
  private next = new Int32Array(64);
  private hashes = new Int32Array(64);
  /** For keys of one string column: its component is then a `TextComponent`. */
  private readonly byCode: CodeCache | null;

  constructor(types: readonly SqlType[], options: KeyTableOptions) {
    this.neverNull = options.nulls === 'never';
    this.components = types.map(keyComponent);
    this.byCode = types.length === 1 && types[0]!.kind === 'string' ? new CodeCache() : null;
  }

  /** Keys held. */
  get size(): number {
    return this.pool.used;
  }

  /** Ids are below this. */
  get limit(): number {
    return this.pool.limit;
  }

  get bytes(): number {
    return this.next.length * (8 + 8 + 16 * this.components.length);
  }

  /** Prepares the key columns of a batch. The lookup is valid until the next `bind`. */
  bind(columns: readonly Column[]): KeyLookup {
    for (let c = 0; c < columns.length; c++) this.components[c]!.bind(columns[c]!);
    const column = columns[0];
    if (this.byCode !== null && column?.lane === 'dict') return this.bindCodes(column, this.byCode.of(column.dictionary));
    return (row, add) => this.lookup(row, add);
  }

  /**
   * Id + 1 by code of a dictionary, 0 where it is not known: lets a generated loop find repeated strings by itself. Null unless
   * the keys are one string column. Valid until the next `bind`; codes added later are beyond it.
   */
  codeIds(dictionary: Dictionary): Int32Array | null {
    return this.byCode === null ? null : this.byCode.of(dictionary);
  }

  /** Gives a key up; its id may be given to another. */
  release(id: number): void {
    const bucket = this.hashes[id]! & (this.heads.length - 1);
    if (this.heads[bucket] === id) this.heads[bucket] = this.next[id]!;
    else {
      let at = this.heads[bucket]!;
      while (this.next[at] !== id) at = this.next[at]!;
      this.next[at] = this.next[id]!;
    }
    const text = this.byCode === null ? null : (this.components[0] as TextComponent).textOfId(id);
    if (text !== null) this.byCode?.forget(text);
    for (const component of this.components) component.forget(id);
    this.pool.give(id);
  }

  clear(): void {
    for (let id = 0; id < this.limit; id++) for (const component of this.components) component.forget(id);
    this.pool.clear();
    this.heads = new Int32Array(128).fill(-1);
    this.byCode?.clear();
  }

  /** Writes the keys `ids[0 … count)`. */
  write(writer: StateWriter, ids: Int32Array, count: number): void {
    writer.section('keys');
    writer.integer(count);
    for (const component of this.components) component.write(writer, ids, count);
  }

  /** Into an empty table: the keys get the ids 0, 1, … in the order written. */
  read(reader: StateReader): number {
    reader.section('keys');
    const count = reader.integer();
    for (const component of this.components) component.bind(component.read(reader));
    for (let row = 0; row < count; row++) this.lookup(row, true);
    return count;
  }

  private bindCodes(column: Extract<Column, { lane: 'dict' }>, ids: Int32Array): KeyLookup {
    const { values, nulls } = column;
    return (row, add) => {
      if (nulls !== null && nulls[row] === 1) return this.lookup(row, add);
      const code = values[row]!;
      const known = ids[code]!;
      if (known > 0) {
        this.wasAdded = false;
        return known - 1;
      }
      const id = this.lookup(row, add);
      if (id >= 0) ids[code] = id + 1;
      return id;
    };
  }

  private lookup(row: number, add: boolean): number {
    this.wasAdded = false;
    const { components } = this;
    let hash = 0;
    for (let c = 0; c < components.length; c++) {
      const component = components[c]!;
      if (!component.isNull(row)) hash = (Math.imul(hash, 31) + component.hash(row)) | 0;
      else if (this.neverNull) return -1;
      else hash = Math.imul(hash, 31) + 7;
    }
    let id = this.heads[hash & (this.heads.length - 1)]!;
    while (id >= 0) {
      if (this.hashes[id] === hash && this.isKey(id, row)) return id;
      id = this.next[id]!;
    }
    return add ? this.insert(hash, row) : -1;
  }

  private isKey(id: number, row: number): boolean {
    for (const component of this.components) {
      if (component.isNull(row) ? !component.holdsNull(id) : !component.equals(id, row)) return false;
    }
    return true;
  }

  private insert(hash: number, row: number): number {
    const id = this.pool.take();
    if (id >= this.next.length) {
      this.next = grownInts(this.next, id * 2);
      this.hashes = grownInts(this.hashes, id * 2);
    }
    if (this.pool.used * 2 > this.heads.length) this.rehash(this.heads.length * 4);
    const bucket = hash & (this.heads.length - 1);
    this.hashes[id] = hash;
    this.next[id] = this.heads[bucket]!;
    this.heads[bucket] = id;
    for (const component of this.components) component.store(id, row);
    this.wasAdded = true;
    return id;
  }

  private rehash(size: number): void {
    const old = this.heads;
    this.heads = new Int32Array(size).fill(-1);
    for (let b = 0; b < old.length; b++) {
      for (let id = old[b]!; id >= 0; ) {
        const following = this.next[id]!;
        const bucket = this.hashes[id]! & (size - 1);
        this.next[id] = this.heads[bucket]!;
        this.heads[bucket] = id;
        id = following;
      }
    }
  }
}

/** Dictionaries whose codes are remembered: one per side of a join, and the ones in use before. */
const DICTIONARIES_MAX = 4;

/** Id + 1 by dictionary code, 0 where unknown: makes the lookup of a repeated string one array read. */
class CodeCache {
  private readonly dictionaries: { readonly of: Dictionary; ids: Int32Array }[] = [];

  of(dictionary: Dictionary): Int32Array {
    let entry = this.dictionaries.find((d) => d.of === dictionary);
    if (entry === undefined) {
      entry = { of: dictionary, ids: new Int32Array(dictionary.size) };
      this.dictionaries.push(entry);
      if (this.dictionaries.length > DICTIONARIES_MAX) this.dictionaries.shift();
    }
    if (entry.ids.length < dictionary.size) entry.ids = grownInts(entry.ids, Math.max(dictionary.size, entry.ids.length * 2));
    return entry.ids;
  }

  forget(text: string): void {
    for (const { of, ids } of this.dictionaries) {
      const code = of.find(text);
      if (code >= 0 && code < ids.length) ids[code] = 0;
    }
  }

  clear(): void {
    this.dictionaries.length = 0;
  }
}
