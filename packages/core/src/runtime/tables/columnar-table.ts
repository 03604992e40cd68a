import { limitExceeded } from '../../diagnostics/codes/engine.ts';
import type { Field } from '../../values/column.ts';
import { scalarAt } from '../../values/column-read.ts';
import { NO_META, Op, type RecordBatch } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import { readRows, writeRows } from '../rows/batch-codec.ts';
import { rowIdentity } from '../rows/row-identity.ts';
import { grownBytes } from '../rows/slot-pool.ts';
import { StoredRows } from '../rows/stored-rows.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';
import { TableIndex } from './table-index.ts';
import type { MaterialisedTable } from './table-store.ts';

/** Removed rows that may stand between others before the slots are closed up. */
const HOLES_MAX = 1024;

/**
 * A table in columns. State: every row, by slot; slot order is the order of first insert. Bound: `rowsMax`, then a coded
 * error. Removed rows leave holes that are closed once they outnumber the rows; indexes (one per set of looked-up columns) and
 * rows as scalars are made on first use and kept up to date. A restored table has the same rows in the same order.
 */
export class ColumnarTable implements MaterialisedTable {
  readonly name: string;
  readonly fields: readonly Field[];
  readonly key: readonly number[];
  version = 0;
  rowCount = 0;
  private readonly rowsMax: number;
  private readonly stored: StoredRows;
  private slotCount = 0;
  private alive = new Uint8Array(64);
  private cached: (readonly Scalar[] | undefined)[] = [];
  private readonly indexes = new Map<string, TableIndex>();
  /** Slot by key; with an empty key the slots by whole row, made when the first row is deleted. */
  private byIdentity: Map<string, number[]> | null;
  private readonly identityOf: (batch: RecordBatch, row: number) => string;

  constructor(name: string, fields: readonly Field[], key: readonly number[], rowsMax: number) {
    this.name = name;
    this.fields = fields;
    this.key = key;
    this.rowsMax = rowsMax;
    this.stored = new StoredRows(fields);
    this.byIdentity = key.length > 0 ? new Map() : null;
    this.identityOf = rowIdentity(fields, key.length > 0 ? key : undefined);
  }

  /** All slots as a batch: row = slot. Valid until the next `apply`. */
  get view(): RecordBatch {
    return this.stored.view;
  }

  apply(batch: RecordBatch, from: number, to: number): void {
    if (from < to) this.version++;
    for (let row = from; row < to; row++) {
      const op = batch.ops === null ? Op.insert : batch.ops[row];
      if (op === Op.delete) this.remove(batch, row);
      else if (op === Op.updateBefore) {
        if (!this.isReplacedNext(batch, row, to)) this.remove(batch, row);
      } else this.upsert(batch, row);
    }
  }

  *rows(): Iterable<readonly Scalar[]> {
    for (let slot = 0; slot < this.slotCount; slot++) if (this.alive[slot] === 1) yield this.rowAt(slot);
  }

  lookup(columns: readonly number[], key: readonly Scalar[]): readonly (readonly Scalar[])[] {
    return this.index(columns)
      .findValues(key)
      .map((slot) => this.rowAt(slot));
  }

  /** The index over these columns. It stays the same object for the life of the table. */
  index(columns: readonly number[]): TableIndex {
    const name = columns.join();
    const known = this.indexes.get(name);
    if (known !== undefined) return known;
    const index = new TableIndex(
      columns,
      this.fields.map((field) => field.type),
    );
    this.indexes.set(name, index);
    this.fill(index);
    return index;
  }

  /** Slots of all rows, in insertion order. */
  slots(): Int32Array {
    const slots = new Int32Array(this.rowCount);
    for (let slot = 0, n = 0; slot < this.slotCount; slot++) if (this.alive[slot] === 1) slots[n++] = slot;
    return slots;
  }

  rowAt(slot: number): readonly Scalar[] {
    const known = this.cached[slot];
    if (known !== undefined) return known;
    const { columns } = this.stored.view;
    const row = columns.map((column) => scalarAt(column, slot));
    this.cached[slot] = row;
    return row;
  }

  snapshot(writer: StateWriter): void {
    writer.section('table');
    writer.string(this.name);
    writeRows(writer, this.stored.view, this.slots(), this.rowCount);
  }

  /** Reads behind the name. */
  restore(reader: StateReader): void {
    const batch = readRows(reader);
    this.clear();
    for (let row = 0; row < batch.length; row++) this.upsert(batch, row);
    this.version++;
  }

  private clear(): void {
    this.stored.clear();
    this.alive = new Uint8Array(64);
    this.cached = [];
    this.slotCount = 0;
    this.rowCount = 0;
    this.byIdentity?.clear();
    if (this.key.length === 0) this.byIdentity = null;
    for (const index of this.indexes.values()) index.clear();
  }

  private isReplacedNext(batch: RecordBatch, row: number, to: number): boolean {
    if (this.key.length === 0 || row + 1 >= to || batch.ops === null || batch.ops[row + 1] !== Op.updateAfter) return false;
    return this.identityOf(batch, row) === this.identityOf(batch, row + 1);
  }

  private upsert(batch: RecordBatch, row: number): void {
    const identity = this.byIdentity === null ? '' : this.identityOf(batch, row);
    const slots = this.byIdentity?.get(identity);
    if (this.key.length > 0 && slots !== undefined) {
      const slot = slots[0]!;
      this.leaveIndexes(slot);
      this.write(batch, row, slot);
      return;
    }
    const slot = this.newSlot();
    if (slots !== undefined) slots.push(slot);
    else this.byIdentity?.set(identity, [slot]);
    this.write(batch, row, slot);
  }

  private write(batch: RecordBatch, row: number, slot: number): void {
    this.stored.put({ ...batch, meta: NO_META }, row, slot);
    this.cached[slot] = undefined;
    for (const index of this.indexes.values()) index.add(slot, this.rowAt(slot));
  }

  private newSlot(): number {
    if (this.rowCount >= this.rowsMax) {
      throw limitExceeded(
        'maxGroups',
        this.rowsMax,
        this.rowCount + 1,
        `Give the table "${this.name}" a key, or raise the limit "maxGroups".`,
      );
    }
    const slot = this.slotCount++;
    this.stored.ensure(this.slotCount);
    if (slot >= this.alive.length) this.alive = grownBytes(this.alive, slot * 2);
    this.alive[slot] = 1;
    this.rowCount++;
    return slot;
  }

  private remove(batch: RecordBatch, row: number): void {
    const identities = this.identities();
    const identity = this.identityOf(batch, row);
    const slots = identities.get(identity);
    const slot = slots?.pop();
    if (slots === undefined || slot === undefined) return;
    if (slots.length === 0) identities.delete(identity);
    this.leaveIndexes(slot);
    this.alive[slot] = 0;
    this.cached[slot] = undefined;
    this.stored.forget(slot);
    this.rowCount--;
    if (this.slotCount - this.rowCount > this.rowCount + HOLES_MAX) this.closeUp();
  }

  private leaveIndexes(slot: number): void {
    for (const index of this.indexes.values()) index.remove(slot, this.rowAt(slot));
  }

  /** Of an append-only table the rows are first told apart when one is deleted. */
  private identities(): Map<string, number[]> {
    if (this.byIdentity === null) {
      this.byIdentity = new Map();
      this.numberIdentities();
    }
    return this.byIdentity;
  }

  private numberIdentities(): void {
    const { view } = this;
    for (const slot of this.slots()) {
      const identity = this.identityOf(view, slot);
      const slots = this.byIdentity?.get(identity);
      if (slots === undefined) this.byIdentity?.set(identity, [slot]);
      else slots.push(slot);
    }
  }

  private closeUp(): void {
    const from = this.slots();
    const count = from.length;
    this.stored.relocate(
      Math.max(64, 2 * count),
      from,
      Int32Array.from(from, (_, i) => i),
      count,
    );
    this.alive = new Uint8Array(this.stored.capacity).fill(1, 0, count);
    this.cached = [];
    this.slotCount = count;
    this.byIdentity?.clear();
    this.numberIdentities();
    for (const index of this.indexes.values()) {
      index.clear();
      this.fill(index);
    }
  }

  private fill(index: TableIndex): void {
    for (const slot of this.slots()) index.add(slot, this.rowAt(slot));
  }
}
