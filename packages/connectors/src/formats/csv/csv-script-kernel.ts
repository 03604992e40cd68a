import { type RecordKernel, Stop, type StopCode } from '../decode/record-kernel.ts';
import { scriptMemory } from '../decode/script-memory.ts';
import { LINE_FEED } from './csv-dialect.ts';
import type { CsvKernelPlan } from './csv-kernel-plan.ts';
import { csvRecordReader, OPEN } from './csv-script-record.ts';
import { isBlankLine } from './split-record.ts';

/** The CSV fast path in JavaScript. */
export function csvScriptKernel(plan: CsvKernelPlan, rows: number, inputBytes: number): RecordKernel {
  const memory = scriptMemory(plan.columns.length, rows, inputBytes);
  const { fieldCount } = plan;
  const readRecord = csvRecordReader(plan, memory.columns);
  let row = 0;
  let at = 0;

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
      const next = readRecord(b, at, to, row);
      if (next < 0) return next === OPEN ? Stop.bytes : Stop.record;
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
    columns: memory.columns,
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
