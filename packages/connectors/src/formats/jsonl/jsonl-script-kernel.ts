import { Mark, type RecordKernel, Stop, type StopCode } from '../decode/record-kernel.ts';
import { scriptMemory } from '../decode/script-memory.ts';
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
          p = readJsonValue(b, p, slots[target]!, columns[target]!, row);
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
