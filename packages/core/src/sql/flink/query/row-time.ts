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
  if (cx.mode === 'batch') return { sql: printInstant(time, row, cx), shiftMs: 0, column: null };
  cx.report.refuse('A window or join over a time that is computed on the way is not on Flink: its time attributes come from sources.');
  return null;
}

/** In batch mode any time will do. */
function computedEventTime(row: PrintedRow, cx: FlinkContext): TimeAttribute | null {
  const ms = row.system('_EVENT_TIME');
  if (ms !== undefined) return { sql: `CAST(TO_TIMESTAMP_LTZ(${ms}, 3) AS TIMESTAMP(3))`, shiftMs: 0, column: null };
  cx.report.refuse('The rows have no event time on Flink there: give the source one, or name a column as the time.');
  return null;
}
