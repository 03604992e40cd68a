import type { Field } from '../../values/column.ts';
import { scalarAt } from '../../values/column-read.ts';
import { keyFunction } from '../../values/key.ts';
import type { RecordBatch } from '../../values/record-batch.ts';

/** Canonical text of some columns of a row (all by default): equal rows have equal text. NULLs are equal to each other here. */
export function rowIdentity(fields: readonly Field[], columns: readonly number[] = fields.map((_, c) => c)) {
  const texts = columns.map((c) => keyFunction(fields[c]!.type));
  return (batch: RecordBatch, row: number): string => {
    let identity = '';
    for (let i = 0; i < columns.length; i++) identity += texts[i]!(scalarAt(batch.columns[columns[i]!]!, row));
    return identity;
  };
}

/** Slots of equal rows, so that a deletion finds the row it takes away: the one that came last. State: one entry per row. */
export class RowSlots {
  private readonly slots = new Map<string, number[]>();

  add(identity: string, slot: number): void {
    const equal = this.slots.get(identity);
    if (equal === undefined) this.slots.set(identity, [slot]);
    else equal.push(slot);
  }

  /** Takes the newest of the equal rows out; undefined: there is none. */
  take(identity: string): number | undefined {
    const equal = this.slots.get(identity);
    const slot = equal?.pop();
    if (equal?.length === 0) this.slots.delete(identity);
    return slot;
  }

  clear(): void {
    this.slots.clear();
  }
}
