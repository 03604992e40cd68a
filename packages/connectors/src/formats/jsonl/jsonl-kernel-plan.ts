import type { PlannedColumn, RecordKernel } from '../decode/record-kernel.ts';

/** What a kernel needs to know of a JSON-lines file. */
export interface JsonlKernelPlan {
  readonly columns: readonly PlannedColumn[];
  /** Key of each column as UTF-8. A record whose keys are written with escapes is left to the complete reader. */
  readonly keys: readonly Uint8Array[];
}

export type JsonlKernelFactory = (plan: JsonlKernelPlan, rows: number, inputBytes: number) => RecordKernel;

/** Values nested deeper than this are left to the complete reader. */
export const FAST_DEPTH_MAX = 64;
