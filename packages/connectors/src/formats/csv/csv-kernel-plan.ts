import type { PlannedColumn, RecordKernel } from '../decode/record-kernel.ts';
import type { CsvDialect } from './csv-dialect.ts';

/** What a kernel needs to know of a CSV file. */
export interface CsvKernelPlan {
  readonly dialect: CsvDialect;
  /** Fields of a record; any other number of fields is for the complete reader. */
  readonly fieldCount: number;
  /** By field: the column it goes to, or -1. */
  readonly targets: Int32Array;
  readonly columns: readonly PlannedColumn[];
}

/** Makes a kernel for `rows` rows at a time. */
export type CsvKernelFactory = (plan: CsvKernelPlan, rows: number, inputBytes: number) => RecordKernel;
