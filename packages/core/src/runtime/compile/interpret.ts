import { unreachable } from '../../diagnostics/assert.ts';
import type { Expr, SubqueryExpr } from '../../sql/bind/expression.ts';
import type { Scalar } from '../../values/types.ts';
import type { RuntimeContext } from '../operator.ts';
import { arithmeticOf, negateOf } from './arithmetic.ts';
import { callOf } from './call.ts';
import { castOf, concatOf, elementOf, likeOf } from './conversion.ts';
import type { Eval, Frame } from './frame.ts';
import { betweenOf, caseOf, coalesceOf, compareOf, connectiveOf, inOf, isOf, notOf, truthOf } from './logic.ts';
import { systemOf } from './system-column.ts';

/** What a compiled expression needs from outside its row. */
export interface CompileEnv {
  readonly context: RuntimeContext;
  /** Evaluator of one sub-query: outer values, and the left side of IN, ANY, ALL. */
  subquery(expr: SubqueryExpr): (outer: Scalar[], arg: Scalar) => Scalar;
  /** Where SET_HEADER writes; absent: the place has no output row, and the call has no effect. */
  readonly setHeader?: (key: string, value: string | null) => void;
}

/** Compiles children; `column` differs by where the row comes from. */
export interface Interpreter {
  readonly env: CompileEnv;
  readonly frame: Frame;
  column(index: number): Eval;
  compile(expr: Expr): Eval;
}

/** One node as a closure over its children. */
export function interpret(expr: Expr, to: Interpreter): Eval {
  switch (expr.kind) {
    case 'literal': {
      const { value } = expr;
      return () => value;
    }
    case 'column':
      return to.column(expr.index);
    case 'system':
      return systemOf(expr.name);
    case 'arithmetic':
      return propagate2(to.compile(expr.left), to.compile(expr.right), arithmeticOf(expr, to.env.context));
    case 'negate':
      return propagate(to.compile(expr.arg), negateOf(expr.arg.type));
    case 'compare':
      return compareOf(expr, to);
    case 'and':
    case 'or':
      return connectiveOf(expr, to);
    case 'not':
      return notOf(expr, to);
    case 'is':
      return isOf(expr, to);
    case 'between':
      return betweenOf(expr, to);
    case 'in':
      return inOf(expr, to);
    case 'like':
      return likeOf(expr, to);
    case 'case':
      return caseOf(expr, to);
    case 'coalesce':
      return coalesceOf(expr, to);
    case 'cast':
      return propagate(to.compile(expr.arg), castOf(expr));
    case 'call':
      return callOf(expr, to);
    case 'concat':
      return concatOf(expr, to);
    case 'truth':
      return propagate(to.compile(expr.arg), truthOf());
    case 'element':
      return propagate2(to.compile(expr.arg), to.compile(expr.key), elementOf());
    case 'subquery':
      return subqueryOf(expr, to);
    default:
      return unreachable(expr);
  }
}

const propagate =
  (arg: Eval, apply: (a: Scalar) => Scalar): Eval =>
  (frame) => {
    const a = arg(frame);
    return a === null ? null : apply(a);
  };

const propagate2 =
  (left: Eval, right: Eval, apply: (a: Scalar, b: Scalar) => Scalar): Eval =>
  (frame) => {
    const a = left(frame);
    const b = right(frame);
    return a === null || b === null ? null : apply(a, b);
  };

function subqueryOf(expr: SubqueryExpr, to: Interpreter): Eval {
  const evaluate = to.env.subquery(expr);
  const outer = expr.outer.map((e) => to.compile(e));
  const arg = expr.arg === null ? undefined : to.compile(expr.arg);
  return (frame) =>
    evaluate(
      outer.map((value) => value(frame)),
      arg === undefined ? null : arg(frame),
    );
}
