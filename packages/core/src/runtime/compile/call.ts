import { assert } from '../../diagnostics/assert.ts';
import type { Expr } from '../../sql/bind/expression.ts';
import type { Evaluate, ScalarFunction } from '../../sql/functions/define.ts';
import type { Scalar, SqlType } from '../../values/types.ts';
import { type Eval, evalContext, type Frame } from './frame.ts';
import type { CompileEnv, Interpreter } from './interpret.ts';

type CallExpr = Extract<Expr, { kind: 'call' }>;

/** Value of literal arguments, else undefined: what functions specialise for. */
export const constantsOf = (args: readonly Expr[]): (Scalar | undefined)[] =>
  args.map((arg) => (arg.kind === 'literal' ? arg.value : undefined));
export const typesOf = (args: readonly Expr[]): SqlType[] => args.map((arg) => arg.type);

/** The function of one call site, specialised for its types and literals, reading its row's context from `frame`. */
export function prepareCall(fn: ScalarFunction, args: readonly Expr[], frame: Frame, env: CompileEnv): Evaluate {
  if (fn.evaluateInContext !== undefined) {
    const run = fn.evaluateInContext;
    const context = evalContext(frame, env.context, env.setHeader ?? (() => undefined));
    return (...values) => run(context, ...values);
  }
  const evaluate = fn.prepare !== undefined ? fn.prepare(typesOf(args), constantsOf(args)) : fn.evaluate;
  assert(evaluate !== undefined, `function ${fn.name} has a body`);
  return evaluate;
}

/** A call; `nulls: 'propagate'` answers NULL without calling. */
export function callOf(expr: CallExpr, to: Interpreter): Eval {
  const evaluate = prepareCall(expr.fn, expr.args, to.frame, to.env);
  const args = expr.args.map((arg) => to.compile(arg));
  const [first, second] = args;
  if (expr.fn.nulls === 'own') return (frame) => evaluate(...args.map((arg) => arg(frame)));
  if (args.length === 1 && first !== undefined) {
    return (frame) => {
      const a = first(frame);
      return a === null ? null : evaluate(a);
    };
  }
  if (args.length === 2 && first !== undefined && second !== undefined) {
    return (frame) => {
      const a = first(frame);
      const b = second(frame);
      return a === null || b === null ? null : evaluate(a, b);
    };
  }
  return (frame) => {
    const values = args.map((arg) => arg(frame));
    return values.includes(null) ? null : evaluate(...values);
  };
}
