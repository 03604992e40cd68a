import type { SubqueryExpr } from '../../sql/bind/expression.ts';
import type { Scalar } from '../../values/types.ts';
import { type CompileEnv, compileScalarExpression } from '../compile/compile-expression.ts';
import { callAccumulator } from '../rows/call-accumulator.ts';

/** Aggregates rows (`table columns ++ outer values`) to the one value that the sub-query selects. */
export function foldRows(expr: SubqueryExpr, env: CompileEnv): (rows: Iterable<readonly Scalar[]>, outer: readonly Scalar[]) => Scalar {
  const calls = expr.aggregates.map((call) => ({
    ...callAccumulator(call),
    args: call.args.map((arg) => compileScalarExpression(arg, env)),
    filter: call.filter === null ? null : compileScalarExpression(call.filter, env),
  }));
  // Over the aggregates' results, with the outer values behind them.
  const select = expr.select === null ? null : compileScalarExpression(expr.select, env);
  return (rows, outer) => {
    const states = calls.map((call) => call.accumulator.create());
    let sequence = 0;
    for (const row of rows) {
      const at = { eventTime: Number.NaN, sequence: sequence++ };
      for (const [i, call] of calls.entries()) {
        if (call.filter !== null && call.filter(row) !== true) continue;
        states[i] = call.add(
          states[i],
          call.args.map((arg) => arg(row)),
          at,
        );
      }
    }
    const results = calls.map((call, i) => call.accumulator.result(states[i]));
    return select === null ? (results[0] ?? null) : select([...results, ...outer]);
  };
}
