import { wrongOperand } from '../../diagnostics/codes/runtime.ts';
import type { Expr } from '../../sql/bind/expression.ts';
import { compileLike } from '../../sql/functions/like.ts';
import { castFunction } from '../../values/cast.ts';
import { parseJson } from '../../values/json.ts';
import { fieldOf, isKeyed } from '../../values/scalar-shape.ts';
import type { Scalar } from '../../values/types.ts';
import { kindOf } from './comparison.ts';
import type { Eval } from './frame.ts';
import type { Interpreter } from './interpret.ts';

type Of<K extends Expr['kind']> = Extract<Expr, { kind: K }>;

/** The conversion of a CAST or TRY_CAST, for non-NULL values. */
export const castOf = (expr: Of<'cast'>): ((value: Scalar) => Scalar) => castFunction(expr.arg.type, expr.type, { safe: expr.safe });

/** `a || b || …`: NULL when a part is. */
export function concatOf(expr: Of<'concat'>, to: Interpreter): Eval {
  const args = expr.args.map((arg) => to.compile(arg));
  return (frame) => {
    let text = '';
    let isNull = false;
    for (const arg of args) {
      const value = arg(frame);
      if (value === null) isNull = true;
      else if (typeof value === 'string') text += value;
      else throw wrongOperand('||', kindOf(value));
    }
    return isNull ? null : text;
  };
}

/** A literal pattern is compiled once, a computed one when it changes. */
export function likeOf(expr: Of<'like'>, to: Interpreter): Eval {
  const arg = to.compile(expr.arg);
  const matches = matcherOf(expr);
  const { negated } = expr;
  const pattern = to.compile(expr.pattern);
  return (frame) => {
    const value = arg(frame);
    const wanted = pattern(frame);
    return value === null || wanted === null ? null : matches(value, wanted) !== negated;
  };
}

/** LIKE over two non-NULL values, not yet negated. */
export function matcherOf(expr: Of<'like'>): (value: Scalar, pattern: Scalar) => boolean {
  let known: string | undefined;
  let test: (text: string) => boolean = () => false;
  const name = expr.ignoreCase ? 'ILIKE' : 'LIKE';
  return (value, pattern) => {
    if (typeof value !== 'string') throw wrongOperand(name, kindOf(value));
    if (typeof pattern !== 'string') throw wrongOperand(name, kindOf(pattern));
    if (pattern !== known) {
      test = compileLike(pattern, expr.escape, expr.ignoreCase);
      known = pattern;
    }
    return test(value);
  };
}

/** Array element (1-based), map key, struct field or step into JSON text; NULL where there is none. */
export function elementOf(): (value: Scalar, key: Scalar) => Scalar {
  return (value, key) => {
    const from = typeof value === 'string' ? parseJson(value) : value;
    if (from === undefined) return null;
    if (Array.isArray(from)) return typeof key === 'number' && Number.isInteger(key) ? (from[key - 1] ?? null) : null;
    if (!isKeyed(from)) return null;
    return typeof key === 'string' || typeof key === 'number' ? fieldOf(from, String(key)) : null;
  };
}
