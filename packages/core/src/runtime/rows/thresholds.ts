import type { SortKey } from '../../sql/bind/expression.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import { grownFloats } from './slot-pool.ts';

/** Whether a row may rank above the worst kept row of its partition. */
export type PassesThreshold = (partition: number, row: number) => boolean;

/**
 * The sort value of the worst kept row of each full partition, for rankings by one numeric column: most rows of a
 * stream are told to be out of the ranking by one comparison. Kept by the owner, never written to a checkpoint.
 */
export class Thresholds {
  private readonly column: number;
  private readonly descending: boolean;
  /** NaN: not full, or no number. Comparisons with it are false, so that every row passes. */
  private worst = new Float64Array(64).fill(Number.NaN);

  private constructor(column: number, descending: boolean) {
    this.column = column;
    this.descending = descending;
  }

  static forKeys(keys: readonly SortKey[]): Thresholds | null {
    const [only] = keys;
    if (keys.length !== 1 || only === undefined || only.expr.kind !== 'column') return null;
    return new Thresholds(only.expr.index, only.descending);
  }

  /** null: the column of this batch has NULLs or is not held in doubles. */
  bind(batch: RecordBatch): PassesThreshold | null {
    const column = batch.columns[this.column]!;
    if (column.lane !== 'f64' || column.nulls !== null) return null;
    const { values } = column;
    // Equal to the worst: it came later, so it is out. NaN stands above all numbers, on either side of a comparison it passes here.
    return this.descending
      ? (partition, row) => !(values[row]! <= this.worst[partition]!)
      : (partition, row) => !(values[row]! >= this.worst[partition]!);
  }

  /** Of one partition: the first row from `row` on, before `to`, that may rank; `to` when none does. */
  bindSearch(batch: RecordBatch): ((row: number, to: number) => number) | null {
    const column = batch.columns[this.column]!;
    if (column.lane !== 'f64' || column.nulls !== null) return null;
    const { values } = column;
    const { descending } = this;
    return (row, to) => {
      const worst = this.worst[0]!;
      let at = row;
      if (descending) while (at < to && values[at]! <= worst) at++;
      else while (at < to && values[at]! >= worst) at++;
      return at;
    };
  }

  note(partition: number, worst: Scalar): void {
    while (partition >= this.worst.length) {
      const before = this.worst.length;
      this.worst = grownFloats(this.worst, before * 2).fill(Number.NaN, before);
    }
    this.worst[partition] = typeof worst === 'number' ? worst : Number.NaN;
  }
}
