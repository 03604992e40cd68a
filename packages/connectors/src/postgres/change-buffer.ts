import type { RecordBatch } from '@velostream/core/connect';
import { Op, scalarAt } from '@velostream/core/connect/formats';

/** A row as texts for the server, one per column. */
export type TextValues = readonly (string | null)[];

/**
 * Rows of one transaction that wait to be sent. With a key only the last thing that happened to each key counts, so that a request touches
 * no row twice. Holds at most what `size` reaches before its owner sends it.
 */
export class ChangeBuffer {
  private readonly key: readonly number[];
  private readonly plain: TextValues[] = [];
  private readonly byKey = new Map<string, { readonly values: TextValues; readonly isRemoval: boolean }>();

  constructor(key: readonly number[]) {
    this.key = key;
  }

  get size(): number {
    return this.plain.length + this.byKey.size;
  }

  put(values: TextValues, op: number): void {
    const isRemoval = op === Op.delete || op === Op.updateBefore;
    if (this.key.length === 0) {
      this.plain.push(values);
      return;
    }
    const id = JSON.stringify(this.key.map((c) => values[c]));
    // The last one comes last: rows keep the order in which they were written.
    this.byKey.delete(id);
    this.byKey.set(id, { values, isRemoval });
  }

  take(): { readonly removed: readonly TextValues[]; readonly written: readonly TextValues[] } {
    const all = [...this.byKey.values()];
    const taken = {
      removed: all.filter((one) => one.isRemoval).map(({ values }) => values),
      written: [...this.plain, ...all.filter((one) => !one.isRemoval).map(({ values }) => values)],
    };
    this.clear();
    return taken;
  }

  clear(): void {
    this.plain.length = 0;
    this.byKey.clear();
  }
}

/** Values of one row of a batch. */
export const scalarsOf = (batch: RecordBatch, row: number) => batch.columns.map((column) => scalarAt(column, row));
