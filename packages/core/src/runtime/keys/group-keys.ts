import type { Column, Dictionary } from '../../values/column.ts';
import { takeColumn } from '../../values/column-gather.ts';
import { NO_META } from '../../values/record-batch.ts';
import type { SqlType } from '../../values/types.ts';
import { readRows, writeRows } from '../rows/batch-codec.ts';
import type { KeyColumns } from '../rows/key-columns.ts';
import { type KeyLookup, KeyTable } from '../rows/key-table.ts';
import { grownInts } from '../rows/slot-pool.ts';
import { StoredColumn } from '../rows/stored-column.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';

const FIRST_CAPACITY = 64;
const ROW = new Int32Array(1);
const SLOT = new Int32Array(1);

/**
 * The group keys of one operator: each distinct key has an id, which windows share. A key lives while somebody retains it
 * (a pane, a session); then its values are dropped and its id is given again. NULL is a key like any other.
 */
export class GroupKeys {
  /** Entries of all keys together with their columns, roughly. */
  readonly width: number;
  private readonly table: KeyTable;
  private readonly stored: readonly StoredColumn[];
  private refs = new Int32Array(FIRST_CAPACITY);
  private bound: readonly Column[] = [];
  /** Row of the batch that row 0 of the bound columns stands for. */
  private offset = 0;
  /** Grows when an id changes hands: caches of ids begin anew. */
  generation = 0;
  private lookup: KeyLookup = () => 0;

  constructor(types: readonly SqlType[]) {
    this.width = types.length;
    this.table = new KeyTable(types, { nulls: 'equal' });
    this.stored = types.map((type) => new StoredColumn(type, FIRST_CAPACITY));
  }

  /** Keys held. */
  get size(): number {
    return this.width === 0 ? 1 : this.table.size;
  }

  /** Ids are below this. */
  get limit(): number {
    return this.width === 0 ? 1 : this.table.limit;
  }

  get bytes(): number {
    return this.table.bytes + this.refs.length * (4 + 12 * this.width);
  }

  /** Prepares the key columns of a batch for `idOf`; their row 0 stands for row `offset` of the batch. */
  bind({ columns, offset }: Pick<KeyColumns, 'columns' | 'offset'>): void {
    this.bound = columns;
    this.offset = offset;
    if (this.width > 0) this.lookup = this.table.bind(columns);
  }

  /** Id of the key on a row of the batch; a new key is stored. */
  idOf(row: number): number {
    if (this.width === 0) return 0;
    const id = this.lookup(row - this.offset, true);
    if (this.table.wasAdded) this.store(id, row - this.offset);
    return id;
  }

  /** See `KeyTable.codeIds`. */
  codeIds(dictionary: Dictionary): Int32Array | null {
    return this.table.codeIds(dictionary);
  }

  retain(id: number): void {
    this.refs[id]!++;
  }

  /** Lets go of one hold on a key. */
  release(id: number): void {
    if (--this.refs[id]! === 0) this.drop(id);
  }

  /** For a key that was looked up by a row that then failed. */
  dropIfUnused(id: number): void {
    if (this.refs[id] === 0) this.drop(id);
  }

  /** The key columns for `ids[0 … count)`. */
  columns(ids: Int32Array, count: number): Column[] {
    return this.stored.map((column) => takeColumn(column.view, ids, count));
  }

  /** Writes the keys `ids[0 … count)`: all that are retained. */
  write(writer: StateWriter, ids: Int32Array, count: number): void {
    writer.section('group-keys');
    writer.integer(count);
    if (this.width === 0) return;
    const columns = this.stored.map((column) => column.view);
    writeRows(writer, { length: this.limit, columns, meta: NO_META, ops: null, watermarks: null }, ids, count);
  }

  /** The ids of the keys written, in that order; in fresh keys they are 0 … n-1. Holds are retained anew by their owners. */
  read(reader: StateReader): Int32Array {
    reader.section('group-keys');
    const count = reader.integer();
    const ids = new Int32Array(Math.max(1, count));
    if (this.width === 0) return ids;
    this.bind({ columns: readRows(reader).columns, offset: 0 });
    for (let row = 0; row < count; row++) ids[row] = this.idOf(row);
    return ids;
  }

  private store(id: number, row: number): void {
    if (id >= this.refs.length) this.grow(id);
    this.refs[id] = 0;
    ROW[0] = row;
    SLOT[0] = id;
    for (let c = 0; c < this.stored.length; c++) this.stored[c]!.copy(this.bound[c]!, ROW, 1, SLOT);
  }

  private grow(id: number): void {
    const capacity = Math.max(id + 1, this.refs.length * 2);
    const same = Int32Array.from({ length: this.refs.length }, (_, i) => i);
    for (const column of this.stored) column.relocate(capacity, same, same, same.length);
    this.refs = grownInts(this.refs, capacity);
  }

  private drop(id: number): void {
    if (this.width === 0) return;
    this.generation++;
    this.table.release(id);
    for (const column of this.stored) column.forget(id);
  }
}
