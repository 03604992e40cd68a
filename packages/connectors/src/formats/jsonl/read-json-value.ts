import { type KernelColumn, Kind, Mark, type PlannedColumn } from '../decode/record-kernel.ts';
import { scanInteger, scanned } from '../decode/scan-number.ts';
import { scanDate, scanTimestamp } from '../decode/scan-time.ts';
import { scanValue, setRef, setValue } from '../decode/scan-value.ts';
import { isValueEnd, skipScalar, skipString, skipValue, stringHadEscape } from './skip-value.ts';

const QUOTE = 0x22;
const LETTER_N = 0x6e;

/** Reads the value at `p` into a column; the byte after it, or -1 when the record is for the complete reader. */
export function readJsonValue(b: Uint8Array, p: number, column: KernelColumn, planned: PlannedColumn, row: number): number {
  if (planned.kind === Kind.text && b[p] === QUOTE) {
    const end = skipString(b, p + 1);
    if (end < 0) return -1;
    if (stringHadEscape()) setRef(column, row, Mark.deferred, p, end);
    else setRef(column, row, Mark.value, p + 1, end - 1);
    return end;
  }
  if (b[p] === LETTER_N) {
    const end = skipScalar(b, p);
    if (end > 0) column.marks[row] = Mark.null;
    return end;
  }
  const end = scanJsonValue(b, p, planned);
  if (scanned.good && isValueEnd(b[end])) {
    setValue(column, row, scanned.value);
    return end;
  }
  const skipped = skipValue(b, p);
  if (skipped > 0) setRef(column, row, Mark.deferred, p, skipped);
  return skipped;
}

/** Reads a number, boolean, or time in quotes; `scanned` says whether it is good. */
function scanJsonValue(b: Uint8Array, p: number, column: PlannedColumn): number {
  const isTime = column.kind === Kind.timestamp || column.kind === Kind.date;
  if (!isTime) return scanValue(b, p, column);
  if (b[p] === QUOTE) {
    const end = column.kind === Kind.date ? scanDate(b, p + 1) : scanTimestamp(b, p + 1);
    if (b[end] !== QUOTE) scanned.good = false;
    return end + 1;
  }
  const end = scanInteger(b, p);
  if (column.kind === Kind.date) scanned.good = false;
  return end;
}
