import { type KernelColumn, Kind, Mark, type PlannedColumn, type RecordKernel, Stop, type StopCode } from '../decode/record-kernel.ts';
import { scanned } from '../decode/scan-number.ts';
import { scanValue, setRef, setValue } from '../decode/scan-value.ts';
import { scriptMemory } from '../decode/script-memory.ts';
import { CARRIAGE_RETURN, LINE_FEED } from './csv-dialect.ts';
import type { CsvKernelPlan } from './csv-kernel-plan.ts';
import { isBlankLine } from './split-record.ts';

/** End of a quoted field whose content starts at `from`: the closing quote, or -1 when it lies behind `to`. */
let hasDoubled = false;
function closeOf(b: Uint8Array, from: number, to: number, quote: number): number {
  hasDoubled = false;
  for (let p = from; p < to; p++) {
    if (b[p] !== quote) continue;
    if (b[p + 1] !== quote || p + 1 >= to) return p;
    hasDoubled = true;
    p++;
  }
  return -1;
}

/** The CSV fast path in JavaScript. */
export function csvScriptKernel(plan: CsvKernelPlan, rows: number, inputBytes: number): RecordKernel {
  const memory = scriptMemory(plan.columns.length, rows, inputBytes);
  const { dialect, fieldCount, targets, columns } = plan;
  const { delimiter, quote } = dialect;
  const canQuote = dialect.escape === quote;
  const slots = memory.columns;
  let row = 0;
  let at = 0;

  /** Reads a quoted field; the byte after it, -1 when it is open, -2 when it is for the complete reader. */
  const quoted = (b: Uint8Array, start: number, to: number, target: number): number => {
    if (!canQuote) return -2;
    const close = closeOf(b, start + 1, to, quote);
    if (close < 0) return -1;
    if (target >= 0) {
      const isPlain = columns[target]!.kind === Kind.text && !hasDoubled;
      setRef(slots[target]!, row, isPlain ? Mark.value : Mark.deferred, start + 1, close);
    }
    const next = b[close + 1];
    return next === delimiter || next === LINE_FEED || (next === CARRIAGE_RETURN && b[close + 2] === LINE_FEED) ? close + 1 : -2;
  };

  const field = (b: Uint8Array, start: number, target: number): number => {
    let p = start;
    if (target >= 0 && columns[target]!.kind !== Kind.text) {
      p = scanValue(b, start, columns[target]!);
      const c = b[p];
      if (scanned.good && (c === delimiter || c === LINE_FEED || (c === CARRIAGE_RETURN && b[p + 1] === LINE_FEED))) {
        setValue(slots[target]!, row, scanned.value);
        return p;
      }
    }
    while (b[p] !== delimiter && b[p] !== LINE_FEED) p++;
    if (target >= 0) plainField(b, slots[target]!, columns[target]!, start, p);
    return p;
  };

  const plainField = (b: Uint8Array, column: KernelColumn, planned: PlannedColumn, start: number, stop: number): void => {
    const end = stop > start && b[stop] === LINE_FEED && b[stop - 1] === CARRIAGE_RETURN ? stop - 1 : stop;
    if (end === start) column.marks[row] = Mark.null;
    else setRef(column, row, planned.kind === Kind.text ? Mark.value : Mark.deferred, start, end);
  };

  const record = (b: Uint8Array, from: number, to: number): number => {
    let p = from;
    for (let f = 0; ; f++) {
      const target = f < fieldCount ? (targets[f] as number) : -1;
      const next = b[p] === quote ? quoted(b, p, to, target) : field(b, p, target);
      if (next < 0) return next;
      p = b[next] === CARRIAGE_RETURN && b[next + 1] === LINE_FEED ? next + 1 : next;
      if (b[p++] === LINE_FEED) return f + 1 === fieldCount ? p : -2;
    }
  };

  const decode = (from: number, to: number, first: number, limit: number): StopCode => {
    const b = memory.input;
    row = first;
    at = from;
    while (at < to) {
      if (row === limit) return Stop.rows;
      if (fieldCount !== 1 && isBlankLine(b, at)) {
        at += b[at] === LINE_FEED ? 1 : 2;
        continue;
      }
      const next = record(b, at, to);
      if (next < 0) return next === -1 ? Stop.bytes : Stop.record;
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
