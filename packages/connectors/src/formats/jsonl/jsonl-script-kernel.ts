import { Kind, Mark, type PlannedColumn, type RecordKernel, Stop, type StopCode } from '../decode/record-kernel.ts';
import { scanInteger, scanned } from '../decode/scan-number.ts';
import { scanDate, scanTimestamp } from '../decode/scan-time.ts';
import { scanValue, setRef, setValue } from '../decode/scan-value.ts';
import { scriptMemory } from '../decode/script-memory.ts';
import type { JsonlKernelPlan } from './jsonl-kernel-plan.ts';
import { keyFinder } from './key-finder.ts';
import { isValueEnd, skipScalar, skipSpace, skipString, skipValue, stringHadEscape } from './skip-value.ts';

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const LETTER_N = 0x6e;

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

/**
 * The JSON-lines fast path in JavaScript: members in any order, the last of equal keys wins. Values of columns that nobody
 * wants are passed over by their brackets, quotes and characters; they are not checked further.
 */
export function jsonlScriptKernel(plan: JsonlKernelPlan, rows: number, inputBytes: number): RecordKernel {
  const memory = scriptMemory(plan.columns.length, rows, inputBytes);
  const { columns } = plan;
  const slots = memory.columns;
  const find = keyFinder(plan.keys);
  /** Stamp of the record in which a column was last seen. */
  const seen = new Int32Array(columns.length);
  let stamp = 0;
  let row = 0;
  let at = 0;

  /** Reads the value at `p` into a column; the byte after it, or -1 for the complete reader. */
  const value = (b: Uint8Array, p: number, target: number): number => {
    const column = slots[target]!;
    const planned = columns[target]!;
    const c = b[p];
    if (planned.kind === Kind.text && c === QUOTE) {
      const end = skipString(b, p + 1);
      if (end < 0) return -1;
      if (stringHadEscape()) setRef(column, row, Mark.deferred, p, end);
      else setRef(column, row, Mark.value, p + 1, end - 1);
      return end;
    }
    if (c === LETTER_N) {
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
  };

  /** Byte after the record and its line end, or -1 for the complete reader. */
  const record = (b: Uint8Array, from: number): number => {
    let p = skipSpace(b, from);
    if (b[p++] !== OPEN) return -1;
    stamp++;
    p = skipSpace(b, p);
    if (b[p] === CLOSE) p++;
    else {
      for (;;) {
        if (b[p] !== QUOTE) return -1;
        const keyEnd = skipString(b, p + 1);
        if (keyEnd < 0 || stringHadEscape()) return -1;
        const target = find(b, p + 1, keyEnd - 1);
        p = skipSpace(b, keyEnd);
        if (b[p++] !== COLON) return -1;
        p = skipSpace(b, p);
        if (target < 0) p = skipValue(b, p);
        else {
          seen[target] = stamp;
          p = value(b, p, target);
        }
        if (p < 0) return -1;
        p = skipSpace(b, p);
        const c = b[p++];
        if (c === CLOSE) break;
        if (c !== COMMA) return -1;
        p = skipSpace(b, p);
      }
    }
    p = skipSpace(b, p);
    if (b[p] !== LINE_FEED) return -1;
    for (let c = 0; c < seen.length; c++) if (seen[c] !== stamp) slots[c]!.marks[row] = Mark.null;
    return p + 1;
  };

  const decode = (from: number, to: number, first: number, limit: number): StopCode => {
    const b = memory.input;
    row = first;
    at = from;
    while (at < to) {
      if (row === limit) return Stop.rows;
      if (b[at] === LINE_FEED) {
        at++;
        continue;
      }
      const next = record(b, at);
      if (next < 0) return Stop.record;
      at = next;
      row++;
    }
    return Stop.bytes;
  };

  return {
    get input() {
      return memory.input;
    },
    growInput: memory.grow,
    columns: slots,
    get row() {
      return row;
    },
    get at() {
      return at;
    },
    decode,
    intern: memory.intern,
  };
}
