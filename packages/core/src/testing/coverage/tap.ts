import type { Expr } from '../../sql/bind/expression.ts';
import { defineScalar } from '../../sql/functions/define.ts';
import type { FilterNode, PlanNode } from '../../sql/plan/plan.ts';
import { BOOLEAN, type Scalar, TIMESTAMP } from '../../values/types.ts';

/** An expression that gives the value of `expr` and shows it to `see` on the way. */
export const tapped = (expr: Expr, see: (value: Scalar) => void): Expr => ({
  kind: 'call',
  type: expr.type,
  fn: tapFunction((value) => {
    see(value as Scalar);
    return value as Scalar;
  }),
  args: [expr],
});

/** A filter that lets every row through and shows the values of `exprs`, event time first, to `see`. */
export function tapRows(input: PlanNode, exprs: readonly Expr[], see: (time: Scalar, values: readonly Scalar[]) => void): FilterNode {
  const fn = tapFunction((time, ...values) => {
    see(time as Scalar, values);
    return true;
  });
  const time: Expr = { kind: 'system', name: '_EVENT_TIME', type: TIMESTAMP };
  return {
    kind: 'filter',
    input,
    predicate: { kind: 'call', type: BOOLEAN, fn, args: [time, ...exprs] },
    clause: 'where',
    fields: input.fields,
    changes: input.changes,
  };
}

/** A function of one place in a plan. `volatile`: it must run for each row and is never folded. */
const tapFunction = (evaluate: (...values: Scalar[]) => Scalar) =>
  defineScalar({
    name: 'tap',
    category: 'conditional',
    summary: 'Shows values to the test kit.',
    parameters: [{ name: 'value', takes: 'value', variadic: true }],
    examples: [],
    returns: BOOLEAN,
    nulls: 'own',
    volatility: 'volatile',
    evaluate,
  });
