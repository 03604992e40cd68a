import { expect } from 'vitest';
import { Kind, type KindCode, type PlannedColumn, type RecordKernel, Stop } from '../decode/record-kernel.ts';

export const planned = (kind: KindCode): PlannedColumn => ({
  kind,
  scale: kind === Kind.decimal ? 4 : 0,
  precision: kind === Kind.decimal ? 12 : 15,
});

/** What a kernel leaves behind after decoding: rows with the value or the text of each column, and where it stopped. */
export function outcome(kernel: RecordKernel, text: Uint8Array, columns: readonly PlannedColumn[]) {
  kernel.input.set(text);
  const stop = kernel.decode(0, text.length, 0, 64);
  const codes = new Int32Array(64);
  const texts: string[] = [];
  const known = {
    get size() {
      return texts.length;
    },
    codeOf(bytes: Uint8Array, start: number, end: number) {
      return texts.push(new TextDecoder().decode(bytes.subarray(start, end))) - 1;
    },
  };
  const rows = Array.from({ length: kernel.row }, (): unknown[] => []);
  columns.forEach((column, c) => {
    if (column.kind === Kind.text) kernel.intern(c, 0, kernel.row, codes, known);
    const { slots, refs, marks } = kernel.columns[c]!;
    rows.forEach((row, r) => {
      const [start, end] = [refs[r * 2]!, refs[r * 2 + 1]!];
      if (marks[r] === 1) row.push(null);
      else if (marks[r] === 2) row.push({ deferred: [start, end] });
      else row.push(column.kind === Kind.text ? [texts[codes[r]!], start, end] : slots[r]!);
    });
  });
  return { stop, at: kernel.at, rows };
}

/** The two implementations allow themselves different lengths of numbers; both leave the rest to the complete reader. */
export function alike(script: ReturnType<typeof outcome>, wasm: ReturnType<typeof outcome>): void {
  // Whether a broken record is open or for the complete reader is for the complete reader to say.
  expect([wasm.stop === Stop.rows, wasm.at, wasm.rows.length]).toEqual([script.stop === Stop.rows, script.at, script.rows.length]);
  script.rows.forEach((row, r) => {
    row.forEach((value, c) => {
      const other = wasm.rows[r]![c];
      const isLate = typeof value === 'object' && value !== null && 'deferred' in value;
      if (!isLate || typeof other !== 'number') expect(other).toEqual(value);
    });
  });
}
