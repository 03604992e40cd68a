import { type KernelColumn, Kind, Mark, type PlannedColumn } from './record-kernel.ts';
import { scanDecimal, scanFloat, scanInteger, scanned } from './scan-number.ts';
import { scanDate, scanTimestamp } from './scan-time.ts';

const TRUE = [0x74, 0x72, 0x75, 0x65];
const FALSE = [0x66, 0x61, 0x6c, 0x73, 0x65];

const standsAt = (b: Uint8Array, p: number, word: readonly number[]): boolean => word.every((c, i) => b[p + i] === c);

/**
 * Reads the number, time or boolean at `p` by the column's kind: value and whether it is good in `scanned`, the byte behind
 * it as the result. Text and other kinds are never good.
 */
export function scanValue(b: Uint8Array, p: number, column: PlannedColumn): number {
  switch (column.kind) {
    case Kind.float:
      return scanFloat(b, p);
    case Kind.integer:
      return scanInteger(b, p);
    case Kind.decimal:
      return scanDecimal(b, p, column.scale, column.precision);
    case Kind.timestamp:
      return b[p + 4] === 0x2d ? scanTimestamp(b, p) : scanInteger(b, p);
    case Kind.date:
      return scanDate(b, p);
    case Kind.boolean:
      scanned.good = true;
      if (standsAt(b, p, TRUE)) {
        scanned.value = 1;
        return p + 4;
      }
      scanned.value = 0;
      if (standsAt(b, p, FALSE)) return p + 5;
      break;
  }
  scanned.good = false;
  return p;
}

/** Leaves the bytes `start … end` to the complete reader, or for text says where it stands. */
export function setRef(column: KernelColumn, row: number, mark: (typeof Mark)[keyof typeof Mark], start: number, end: number): void {
  column.refs[row * 2] = start;
  column.refs[row * 2 + 1] = end;
  column.marks[row] = mark;
}

export function setValue(column: KernelColumn, row: number, value: number): void {
  column.slots[row] = value;
  column.marks[row] = Mark.value;
}
