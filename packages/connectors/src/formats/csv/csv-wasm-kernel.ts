import type { RecordKernel } from '../decode/record-kernel.ts';
import { wasmKernel } from '../kernels/wasm-kernel.ts';
import type { CsvKernelPlan } from './csv-kernel-plan.ts';

/** Room for the index of a block, as `csv.as.ts` lays it out: three lists of places, and behind them the records that wait. */
const INDEX_BYTES = 3 * (8192 + 64) * 4;
const WAITING_BYTES = 16384;

/** The CSV fast path in WebAssembly. */
export function csvWasmKernel(module: WebAssembly.Module, plan: CsvKernelPlan, rows: number, inputBytes: number): RecordKernel {
  const { dialect, targets, fieldCount } = plan;
  const wanted = targets.findLastIndex((target) => target >= 0) + 1;
  return wasmKernel(module, plan.columns, { rows, inputBytes }, (memory) => {
    const targetsAt = memory.allocate(Math.max(1, wanted) * 4);
    memory.words.set(targets.subarray(0, wanted), targetsAt / 4);
    const jobsAt = memory.allocate(Math.max(1, wanted) * 8);
    const indexAt = memory.allocate(INDEX_BYTES + Math.max(WAITING_BYTES, (wanted + 1) * 4) + 16);
    const { exports } = memory;
    exports.csvSetup(memory.columnsAt, targetsAt, wanted, fieldCount, dialect.delimiter, dialect.quote, jobsAt, indexAt);
    return {
      decode: exports.csvDecode,
      row: () => exports.csvRow.value as number,
      at: () => exports.csvAt.value as number,
    };
  });
}
