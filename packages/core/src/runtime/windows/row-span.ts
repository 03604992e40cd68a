import type { Expr } from '../../sql/bind/expression.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import { type CompileEnv, compileExpression } from '../compile/compile-expression.ts';

/** Where the span of a row begins that ends at `time`. */
export type SpanStart = (batch: RecordBatch, row: number, time: number) => number;

/** The least of the times that are there; a row without such times is of one moment. */
export function makeSpanStart(times: readonly Expr[] | undefined, env: CompileEnv): SpanStart {
  if (times === undefined) return (_batch, _row, time) => time;
  const evaluated = times.map((time) => compileExpression(time, env));
  return (batch, row, time) => {
    let since = time;
    for (const evaluate of evaluated) {
      const own = evaluate(batch, row);
      if (typeof own === 'number' && own < since) since = own;
    }
    return since;
  };
}
