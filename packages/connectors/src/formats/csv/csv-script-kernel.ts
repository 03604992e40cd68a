import { type KernelColumn, Kind, Mark, type RecordKernel, Stop, type StopCode, type TextCodes } from '../decode/record-kernel.ts';
import { scanned } from '../decode/scan-number.ts';
import { scanValue, setRef, setValue } from '../decode/scan-value.ts';
import { type ScriptMemory, scriptMemory } from '../decode/script-memory.ts';
import { CARRIAGE_RETURN, LINE_FEED } from './csv-dialect.ts';
import type { CsvKernelPlan } from './csv-kernel-plan.ts';
import { isBlankLine } from './split-record.ts';

/** In place of the byte after a record: a quoted field is open, or the record is for the complete reader. */
const OPEN = -1;
const HARD = -2;

let hasDoubled = false;
/** The closing quote of a field whose content starts at `from`, or OPEN; `hasDoubled` says whether the content has doubled quotes. */
function closeOf(b: Uint8Array, from: number, to: number, quote: number): number {
  hasDoubled = false;
  for (let p = from; p < to; p++) {
    if (b[p] !== quote) continue;
    if (b[p + 1] !== quote || p + 1 >= to) return p;
    hasDoubled = true;
    p++;
  }
  return OPEN;
}

/** The CSV fast path in JavaScript. */
export const csvScriptKernel = (plan: CsvKernelPlan, rows: number, inputBytes: number): RecordKernel =>
  new CsvScriptKernel(plan, rows, inputBytes);

class CsvScriptKernel implements RecordKernel {
  row = 0;
  at = 0;
  private readonly plan: CsvKernelPlan;
  private readonly memory: ScriptMemory;
  private readonly delimiter: number;
  private readonly quote: number;
  /** Other escapes than doubled quotes are for the complete reader. */
  private readonly canQuote: boolean;

  constructor(plan: CsvKernelPlan, rows: number, inputBytes: number) {
    this.plan = plan;
    this.memory = scriptMemory(plan.columns.length, rows, inputBytes);
    this.delimiter = plan.dialect.delimiter;
    this.quote = plan.dialect.quote;
    this.canQuote = plan.dialect.escape === plan.dialect.quote;
  }

  get input(): Uint8Array {
    return this.memory.input;
  }

  get columns(): readonly KernelColumn[] {
    return this.memory.columns;
  }

  growInput(capacity: number): void {
    this.memory.grow(capacity);
  }

  intern(column: number, from: number, to: number, codes: Int32Array, texts: TextCodes): void {
    this.memory.intern(column, from, to, codes, texts);
  }

  decode(from: number, to: number, first: number, limit: number): StopCode {
    const b = this.memory.input;
    const { fieldCount } = this.plan;
    this.row = first;
    this.at = from;
    while (this.at < to) {
      if (this.row === limit) return Stop.rows;
      if (fieldCount !== 1 && isBlankLine(b, this.at)) {
        this.at += b[this.at] === LINE_FEED ? 1 : 2;
        continue;
      }
      const next = this.record(b, this.at, to);
      if (next < 0) return next === OPEN ? Stop.bytes : Stop.record;
      this.at = next;
      this.row++;
    }
    return Stop.bytes;
  }

  /** Byte after the record at `from`, OPEN or HARD. */
  private record(b: Uint8Array, from: number, to: number): number {
    const { fieldCount, targets } = this.plan;
    let p = from;
    for (let f = 0; ; f++) {
      const target = f < fieldCount ? (targets[f] as number) : -1;
      const next = b[p] === this.quote ? this.quoted(b, p, to, target) : this.plain(b, p, target);
      if (next < 0) return next;
      p = b[next] === CARRIAGE_RETURN && b[next + 1] === LINE_FEED ? next + 1 : next;
      if (b[p++] === LINE_FEED) return f + 1 === fieldCount ? p : HARD;
    }
  }

  private quoted(b: Uint8Array, start: number, to: number, target: number): number {
    if (!this.canQuote) return HARD;
    const close = closeOf(b, start + 1, to, this.quote);
    if (close < 0) return OPEN;
    if (target >= 0) {
      const isReady = this.plan.columns[target]!.kind === Kind.text && !hasDoubled;
      setRef(this.memory.columns[target]!, this.row, isReady ? Mark.value : Mark.deferred, start + 1, close);
    }
    return this.isFieldEnd(b, close + 1) ? close + 1 : HARD;
  }

  private plain(b: Uint8Array, start: number, target: number): number {
    const { delimiter, row } = this;
    const planned = this.plan.columns[target];
    let p = start;
    if (planned !== undefined && planned.kind !== Kind.text) {
      p = scanValue(b, start, planned);
      if (scanned.good && this.isFieldEnd(b, p)) {
        setValue(this.memory.columns[target]!, row, scanned.value);
        return p;
      }
    }
    while (b[p] !== delimiter && b[p] !== LINE_FEED) p++;
    if (planned === undefined) return p;
    const column = this.memory.columns[target]!;
    const end = p > start && b[p] === LINE_FEED && b[p - 1] === CARRIAGE_RETURN ? p - 1 : p;
    if (end === start) column.marks[row] = Mark.null;
    else setRef(column, row, planned.kind === Kind.text ? Mark.value : Mark.deferred, start, end);
    return p;
  }

  private isFieldEnd(b: Uint8Array, p: number): boolean {
    const c = b[p];
    return c === this.delimiter || c === LINE_FEED || (c === CARRIAGE_RETURN && b[p + 1] === LINE_FEED);
  }
}
