import { Kind, type PlannedColumn, type RecordKernel, type StopCode } from '../decode/record-kernel.ts';
import { WasmMemory } from './wasm-memory.ts';
import { WasmTexts } from './wasm-texts.ts';

/** What a format adds to the common part of its kernel in WebAssembly. Addresses are absolute. */
export interface WasmFormat {
  decode(from: number, to: number, row: number, limit: number): number;
  row(): number;
  at(): number;
}

/** A kernel in WebAssembly with a memory of its own. */
export function wasmKernel(
  module: WebAssembly.Module,
  columns: readonly PlannedColumn[],
  sizes: { readonly rows: number; readonly inputBytes: number },
  formatOf: (memory: WasmMemory) => WasmFormat,
): RecordKernel {
  const memory = new WasmMemory(module, columns, sizes.rows, sizes.inputBytes);
  const texts = columns.map((column, c) => (column.kind === Kind.text ? new WasmTexts(memory, c) : null));
  const format = formatOf(memory);
  return {
    get input() {
      return memory.input;
    },
    growInput: (capacity) => memory.growInput(capacity),
    get columns() {
      return memory.columns;
    },
    get row() {
      return format.row();
    },
    get at() {
      return format.at() - memory.base;
    },
    // The kernel stops with the codes of `Stop`.
    decode: (from, to, row, limit) => format.decode(memory.base + from, memory.base + to, row, limit) as StopCode,
    takeUnusual: (column) => memory.takeUnusual(column),
    intern: (column, from, to, codes, known) => texts[column]?.intern(from, to, codes, known),
    release: () => memory.release(),
  };
}
