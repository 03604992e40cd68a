import { type KernelColumn, Mark, type RecordKernel, Stop, type StopCode, type TextCodes } from '../decode/record-kernel.ts';
import { type ScriptMemory, scriptMemory } from '../decode/script-memory.ts';
import type { JsonlKernelPlan } from './jsonl-kernel-plan.ts';
import { keyFinder } from './key-finder.ts';
import { readJsonValue } from './read-json-value.ts';
import { skipSpace, skipString, skipValue, stringHadEscape } from './skip-value.ts';

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN = 0x7b;
const CLOSE = 0x7d;
/** In place of a byte: the record is for the complete reader. */
const HARD = -1;

/**
 * The JSON-lines fast path in JavaScript: members in any order, the last of equal keys wins. Values of columns that nobody
 * wants are passed over by their brackets, quotes and characters; they are not checked further.
 */
export const jsonlScriptKernel = (plan: JsonlKernelPlan, rows: number, inputBytes: number): RecordKernel =>
  new JsonlScriptKernel(plan, rows, inputBytes);

class JsonlScriptKernel implements RecordKernel {
  row = 0;
  at = 0;
  private readonly plan: JsonlKernelPlan;
  private readonly memory: ScriptMemory;
  private readonly find: ReturnType<typeof keyFinder>;
  /** The record in which each column was last seen. */
  private readonly seen: Int32Array;
  private stamp = 0;

  constructor(plan: JsonlKernelPlan, rows: number, inputBytes: number) {
    this.plan = plan;
    this.memory = scriptMemory(plan.columns.length, rows, inputBytes);
    this.find = keyFinder(plan.keys);
    this.seen = new Int32Array(plan.columns.length);
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
    this.row = first;
    this.at = from;
    while (this.at < to) {
      if (this.row === limit) return Stop.rows;
      if (b[this.at] === LINE_FEED) {
        this.at++;
        continue;
      }
      const next = this.record(b, this.at);
      if (next === HARD) return Stop.record;
      this.at = next;
      this.row++;
    }
    return Stop.bytes;
  }

  /** Byte after the record and its line end, or HARD. */
  private record(b: Uint8Array, from: number): number {
    let p = skipSpace(b, from);
    if (b[p++] !== OPEN) return HARD;
    this.stamp++;
    p = this.members(b, skipSpace(b, p));
    if (p === HARD) return HARD;
    p = skipSpace(b, p);
    if (b[p] !== LINE_FEED) return HARD;
    const { seen, stamp } = this;
    for (let c = 0; c < seen.length; c++) if (seen[c] !== stamp) this.memory.columns[c]!.marks[this.row] = Mark.null;
    return p + 1;
  }

  /** Byte after the closing brace, or HARD. */
  private members(b: Uint8Array, from: number): number {
    let p = from;
    if (b[p] === CLOSE) return p + 1;
    for (;;) {
      const keyEnd = b[p] === QUOTE ? skipString(b, p + 1) : HARD;
      if (keyEnd === HARD || stringHadEscape()) return HARD;
      const target = this.find(b, p + 1, keyEnd - 1);
      p = skipSpace(b, keyEnd);
      if (b[p++] !== COLON) return HARD;
      p = skipSpace(b, p);
      if (target < 0) p = skipValue(b, p);
      else {
        this.seen[target] = this.stamp;
        p = readJsonValue(b, p, this.memory.columns[target]!, this.plan.columns[target]!, this.row);
      }
      if (p === HARD) return HARD;
      p = skipSpace(b, p);
      const c = b[p++];
      if (c === CLOSE) return p;
      if (c !== COMMA) return HARD;
      p = skipSpace(b, p);
    }
  }
}
