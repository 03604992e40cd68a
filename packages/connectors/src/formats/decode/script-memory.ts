import { INPUT_SLACK, type KernelColumn, type TextCodes } from './record-kernel.ts';
import { internColumn, type TextTable, textTable } from './text-table.ts';

/** Memory of a kernel in JavaScript: input bytes, a slot per row and column, and a table of known texts per column. */
export interface ScriptMemory {
  input: Uint8Array;
  readonly columns: readonly KernelColumn[];
  grow(capacity: number): void;
  intern(column: number, from: number, to: number, codes: Int32Array, texts: TextCodes): void;
}

export function scriptMemory(columns: number, rows: number, inputBytes: number): ScriptMemory {
  const tables: TextTable[] = Array.from({ length: columns }, () => textTable());
  const memory: ScriptMemory = {
    input: new Uint8Array(inputBytes + INPUT_SLACK),
    columns: Array.from({ length: columns }, () => {
      const slots = new Float64Array(rows);
      return { slots, refs: new Int32Array(slots.buffer), marks: new Uint8Array(rows) };
    }),
    grow(capacity) {
      const next = new Uint8Array(capacity + INPUT_SLACK);
      next.set(memory.input);
      memory.input = next;
    },
    intern(column, from, to, codes, texts) {
      internColumn(tables[column]!, memory.input, memory.columns[column]!, from, to, codes, texts);
    },
  };
  return memory;
}
