import type { Column } from '../column.ts';
import type { SqlType } from '../types.ts';

/** How one generated column comes about; plain data. Times are ms since the epoch or ISO text. */
export type GeneratorSpec =
  | { readonly kind: 'sequence'; readonly start?: number; readonly step?: number }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'float'; readonly min: number; readonly max: number; readonly digits?: number }
  | { readonly kind: 'choice'; readonly values: readonly (string | number | boolean)[]; readonly weights?: readonly number[] }
  /** Random walk: each value is the last one plus at most `step` up or down, kept within `min` and `max`. `by`: one walk per value of that choice column. */
  | {
      readonly kind: 'walk';
      readonly start: number | readonly number[];
      readonly step: number;
      readonly min?: number;
      readonly max?: number;
      readonly digits?: number;
      readonly by?: string;
    }
  /**
   * Time that moves on by `stepMs` per row. `jitterMs` moves each value by at most that much to either side;
   * a share `late` (0 … 1) of the rows is `lateMs` at most behind: out of order.
   */
  | {
      readonly kind: 'timestamp';
      readonly start?: number | string;
      readonly stepMs?: number;
      readonly jitterMs?: number;
      readonly late?: number;
      readonly lateMs?: number;
    };

/** A column to generate. `nulls`: share of rows that are NULL, 0 … 1. */
export type GeneratedColumn = GeneratorSpec & { readonly name: string; readonly nulls?: number };

/** Makes one column row by row; the position can be saved and restored. */
export interface ColumnGenerator {
  readonly type: SqlType;
  /** The next `rows` values. `others`: columns of the same rows that were made before, by name. */
  fill(rows: number, others: ReadonlyMap<string, Column>): Column;
  save(): readonly number[];
  restore(state: readonly number[]): void;
}
