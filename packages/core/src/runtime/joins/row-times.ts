import { noEventTime } from '../../diagnostics/codes/runtime.ts';
import type { Expr } from '../../sql/bind/expression.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import { type CompileEnv, compileExpression } from '../compile/compile-expression.ts';

/** Time of a row in ms. Throws `missing-event-time` where there is none. */
export type RowTimes = (batch: RecordBatch) => (row: number) => number;

/** Times by an expression over the side's own columns; without one the event time, else the timestamp. */
export function makeRowTimes(time: Expr | null, env: CompileEnv): RowTimes {
  if (time === null) return metaTimes;
  if (time.kind === 'column') {
    const { index } = time;
    const evaluate = compileExpression(time, env);
    return (batch) => {
      const column = batch.columns[index]!;
      if (column.lane !== 'f64' || column.nulls !== null) return (row) => present(evaluate(batch, row));
      const { values } = column;
      return (row) => present(values[row]!);
    };
  }
  const evaluate = compileExpression(time, env);
  return (batch) => (row) => present(evaluate(batch, row));
}

const metaTimes: RowTimes = ({ meta: { eventTime, timestamp } }) => {
  if (eventTime === null && timestamp === null) return () => present(null);
  return (row) => {
    const time = eventTime === null ? Number.NaN : eventTime[row]!;
    return present(Number.isNaN(time) ? timestamp?.[row] : time);
  };
};

function present(time: unknown): number {
  if (typeof time === 'number' && !Number.isNaN(time)) return time;
  throw noEventTime();
}
