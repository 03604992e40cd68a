import type { Field } from '../../values/column.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import { readRows, writeRows } from '../rows/batch-codec.ts';
import { grownBytes, grownFloats, SlotPool } from '../rows/slot-pool.ts';
import { StoredRows } from '../rows/stored-rows.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';

const NO_VERSIONS: readonly number[] = [];

/**
 * Versions of rows by key, in the order of their times; of two with one time the one that came later counts. A deletion is a
 * version too: from then on there is no row.
 */
export class VersionStore {
  readonly rows: StoredRows;
  private readonly pool = new SlotPool();
  private times = new Float64Array(64);
  private deleted = new Uint8Array(64);
  private byKey: (number[] | undefined)[] = [];

  constructor(fields: readonly Field[]) {
    this.rows = new StoredRows(fields);
  }

  /** Versions held. */
  get size(): number {
    return this.pool.used;
  }

  get view(): RecordBatch {
    return this.rows.view;
  }

  add(batch: RecordBatch, row: number, key: number, time: number, isDeleted: boolean): void {
    const slot = this.pool.take();
    this.rows.ensure(slot + 1);
    if (slot >= this.times.length) {
      this.times = grownFloats(this.times, slot * 2);
      this.deleted = grownBytes(this.deleted, slot * 2);
    }
    this.rows.put(batch, row, slot);
    this.times[slot] = time;
    this.deleted[slot] = isDeleted ? 1 : 0;
    const versions = this.byKey[key];
    if (versions === undefined) this.byKey[key] = [slot];
    else versions.splice(this.countUpTo(versions, time), 0, slot);
  }

  /**
   * The version of a key that is in force at `time`; -1: none. What lies behind the watermark and has been replaced before it
   * is given up, whether or not it is still here: a late row then finds nothing, however rows came in batches.
   */
  find(key: number, time: number, watermark: number): number {
    const versions = this.byKey[key];
    if (versions === undefined) return -1;
    const count = this.countUpTo(versions, time);
    if (count === 0) return -1;
    const next = versions[count];
    if (next !== undefined && this.times[next]! <= watermark) return -1;
    const slot = versions[count - 1]!;
    return this.deleted[slot] === 1 ? -1 : slot;
  }

  /** Gives up what was replaced before the watermark; `gone` is told the key of each version. */
  purge(watermark: number, gone: (key: number) => void): void {
    for (const [key, versions] of this.byKey.entries()) {
      if (versions === undefined) continue;
      let drop = Math.max(0, this.countUpTo(versions, watermark) - 1);
      // A deletion that nothing follows says no more than no version.
      if (drop === versions.length - 1 && this.deleted[versions[drop]!] === 1 && this.times[versions[drop]!]! <= watermark) drop++;
      for (const slot of versions.splice(0, drop)) {
        this.rows.forget(slot);
        this.pool.give(slot);
        gone(key);
      }
      if (versions.length === 0) this.byKey[key] = undefined;
    }
  }

  write(writer: StateWriter): void {
    const slots = Int32Array.from(this.byKey.flatMap((versions) => versions ?? NO_VERSIONS));
    writer.section('versions');
    writeRows(writer, this.view, slots, slots.length);
    writer.float64s(
      Float64Array.from(slots, (slot) => this.times[slot]!),
      slots.length,
    );
    writer.bytes(
      Uint8Array.from(slots, (slot) => this.deleted[slot]!),
      slots.length,
    );
  }

  /** Into an empty store. `keysOf` tells the keys of the rows that were written. */
  read(reader: StateReader, keysOf: (batch: RecordBatch) => Int32Array): void {
    reader.section('versions');
    const batch = readRows(reader);
    const times = reader.float64s();
    const deleted = reader.bytes();
    const keys = keysOf(batch);
    for (let row = 0; row < batch.length; row++) this.add(batch, row, keys[row]!, times[row]!, deleted[row] === 1);
  }

  /** How many versions are not younger than `time`. */
  private countUpTo(versions: readonly number[], time: number): number {
    let low = 0;
    let high = versions.length;
    if (high > 0 && this.times[versions[high - 1]!]! <= time) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.times[versions[middle]!]! <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
