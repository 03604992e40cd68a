import type { RecordBatch } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';
import { readRows, writeRows } from './batch-codec.ts';
import type { KeyTable } from './key-table.ts';
import { Ranking } from './ranking.ts';
import type { StoredRows } from './stored-rows.ts';

/** Rows by partition in their order: what operators that rank keep. */
export interface RankedRows {
  readonly partitions: KeyTable;
  /** By number of the partition. */
  readonly rankings: (Ranking | undefined)[];
  readonly rows: StoredRows;
}

/** Writes partitions, the order of their rows and the rows; of each row also `scalarsOf` its slot. */
export function writeRankings(
  writer: StateWriter,
  { partitions, rankings, rows }: RankedRows,
  scalarsOf: (slot: number) => Iterable<Scalar>,
): void {
  const ids = Int32Array.from({ length: partitions.limit }, (_, id) => id).filter((id) => rankings[id] !== undefined);
  partitions.write(writer, ids, ids.length);
  const slots: number[] = [];
  for (const id of ids) {
    const ranking = rankings[id]!;
    writer.integer(ranking.slots.length);
    // One by one: a partition may hold more rows than a call takes arguments.
    for (const slot of ranking.slots) slots.push(slot);
  }
  writeRows(writer, rows.view, Int32Array.from(slots), slots.length);
  for (const slot of slots) for (const value of scalarsOf(slot)) writer.scalar(value);
}

/** The reverse. Slots are given anew from 0; `readSlot` takes one, and reads back what `scalarsOf` gave for it. */
export function readRankings(
  reader: StateReader,
  { partitions, rankings, rows }: RankedRows,
  readSlot: (slot: number, batch: RecordBatch) => void,
): void {
  const count = partitions.read(reader);
  const sizes = Array.from({ length: count }, () => reader.integer());
  const batch = readRows(reader);
  rows.ensure(batch.length);
  const all = Int32Array.from({ length: batch.length }, (_, i) => i);
  rows.copy(batch, all, batch.length, all);
  for (let slot = 0; slot < batch.length; slot++) readSlot(slot, batch);
  let slot = 0;
  for (const [id, size] of sizes.entries()) {
    const ranking = new Ranking();
    for (let i = 0; i < size; i++) ranking.slots.push(slot++);
    rankings[id] = ranking;
  }
}
