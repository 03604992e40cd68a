import type { Expr } from '../../bind/expression.ts';
import type { FlinkContext } from '../context.ts';
import { printInstant } from '../expression/print-expression.ts';
import type { PrintedRow, TimeAttribute } from '../printed-row.ts';
import { timeColumnOf } from './derived-rows.ts';

/** The time attribute that an expression names; null after a refusal. */
export function timeOf(time: Expr | null, row: PrintedRow, cx: FlinkContext): TimeAttribute | null {
  if (time === null || (time.kind === 'system' && time.name === '_EVENT_TIME')) {
    if (row.time !== null) return row.time;
    if (cx.mode === 'batch') return computedEventTime(row, cx);
    cx.report.refuse('The rows have no event time on Flink there: give the source one, or name a column of one side as the time.');
    return null;
  }
  const at = timeColumnOf(time);
  const found = at === null ? undefined : row.times.find((each) => each.column === at);
  if (found !== undefined) return found;
  if (cx.mode === 'streaming' && isClock(time)) {
    cx.report.differs(
      'Windows of the clock end with the clock of the Flink cluster, and a bounded input that ends before loses the last of them.',
    );
    return { sql: 'PROCTIME()', shiftMs: 0, column: null };
  }
  if (cx.mode === 'batch') return { sql: printInstant(time, row, cx), shiftMs: 0, column: null };
  cx.report.refuse('A window or join over a time that is computed on the way is not on Flink: its time attributes come from sources.');
  return null;
}

/** NOW() or PROCTIME(), in the ways in which the binder makes a time of it. */
function isClock(time: Expr): boolean {
  if (time.kind === 'call') return time.fn.name === 'now';
  if (time.kind === 'cast') return isClock(time.arg);
  return time.kind === 'arithmetic' && time.left.kind === 'literal' && isClock(time.right);
}

/** In batch mode any time will do. */
function computedEventTime(row: PrintedRow, cx: FlinkContext): TimeAttribute | null {
  const ms = row.system('_EVENT_TIME');
  if (ms !== undefined) return { sql: `CAST(TO_TIMESTAMP_LTZ(${ms}, 3) AS TIMESTAMP(3))`, shiftMs: 0, column: null };
  cx.report.refuse('The rows have no event time on Flink there: give the source one, or name a column as the time.');
  return null;
}
