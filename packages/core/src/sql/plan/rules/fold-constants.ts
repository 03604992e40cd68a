import { castFunction } from '../../../values/cast.ts';
import { comparatorOf, equalityOf } from '../../../values/compare.ts';
import { decimalOperator, rescale, resultScale } from '../../../values/decimal.ts';
import { type Exact, integerOperator } from '../../../values/exact.ts';
import type { Scalar } from '../../../values/types.ts';
import { isExact, scaleOf } from '../../../values/unify-types.ts';
import type { Expr, LiteralExpr } from '../../bind/expression.ts';
import { childrenOf } from '../../bind/expression-tree.ts';
import { mapExpr } from '../tree/expr-tree.ts';
import { mapExprsOf, mapPlan } from '../tree/plan-tree.ts';
import type { Rule } from './rule.ts';

/**
 * Computes what depends on constants alone, once instead of per row. An expression that fails stays as it is: it is
 * an error of each record that reaches it, not of the query.
 */
export const foldConstants: Rule = {
  name: 'fold-constants',
  rewrite: (root) => mapPlan(root, (node) => mapExprsOf(node, foldExpr)),
};

export const foldExpr = (e: Expr): Expr => mapExpr(e, fold);

function fold(e: Expr): Expr {
  const compute = computationOf(e);
  if (compute === null) return e;
  const parts = childrenOf(e);
  if (!parts.every(isLiteral)) return e;
  try {
    const value = compute(parts.map((part) => part.value));
    return value === undefined ? e : { kind: 'literal', value, type: e.type, ...(e.span === undefined ? {} : { span: e.span }) };
  } catch {
    return e;
  }
}

const isLiteral = (e: Expr): e is LiteralExpr => e.kind === 'literal';

/** The value from those of the parts; undefined where the run decides (options, warnings). Null: nothing to fold. */
type Computation = (values: readonly Scalar[]) => Scalar | undefined;

function computationOf(e: Expr): Computation | null {
  switch (e.kind) {
    case 'arithmetic':
      return arithmetic(e);
    case 'compare':
      return comparison(e);
    case 'cast':
      // The text of a value depends on the run's `compat`.
      return e.type.kind === 'string' ? null : ([value]) => castFunction(e.arg.type, e.type, { safe: e.safe })(value as Scalar);
    case 'concat':
      return (values) => (values.includes(null) ? null : values.join(''));
    case 'is':
      return ([value]) => (e.test === 'null' ? value === null : value === (e.test === 'true')) !== e.negated;
    case 'call':
      return call(e);
    default:
      return null;
  }
}

function arithmetic(e: Extract<Expr, { kind: 'arithmetic' }>): Computation | null {
  const compute = operatorOf(e);
  if (compute === null) return null;
  const divides = e.op === '/' || e.op === '%';
  return ([a, b]) => {
    if (a === null || b === null) return null;
    // Counted as a warning, or an error, of every row.
    if (divides && (b === 0 || b === 0n)) return undefined;
    return compute(a as Exact, b as Exact);
  };
}

function operatorOf(e: Extract<Expr, { kind: 'arithmetic' }>): ((a: Exact, b: Exact) => Scalar) | null {
  const [left, right] = [e.left.type, e.right.type];
  if (left.kind === 'float' && right.kind === 'float') return (a, b) => floatOperator(e.op, a as number, b as number);
  if (!isExact(left) || !isExact(right) || !isExact(e.type)) return null;
  if (e.type.kind === 'integer' && e.op !== '/') return integerOperator(e.op);
  const operate = decimalOperator(e.op, scaleOf(left), scaleOf(right));
  const from = resultScale(e.op, scaleOf(left), scaleOf(right));
  return (a, b) => rescale(operate(a, b), from, scaleOf(e.type));
}

function floatOperator(op: '+' | '-' | '*' | '/' | '%', a: number, b: number): number {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
  }
}

function comparison(e: Extract<Expr, { kind: 'compare' }>): Computation | null {
  if (e.twoValued) return null;
  return ([a, b]) => {
    if (a === null || b === null) return null;
    if (e.op === '=' || e.op === '!=') return equalityOf(e.left.type, e.right.type)(a as Scalar, b as Scalar) === (e.op === '=');
    const order = comparatorOf(e.left.type, e.right.type)(a as Scalar, b as Scalar);
    return e.op === '<' ? order < 0 : e.op === '<=' ? order <= 0 : e.op === '>' ? order > 0 : order >= 0;
  };
}

function call(e: Extract<Expr, { kind: 'call' }>): Computation | null {
  const { fn, args } = e;
  if (fn.volatility !== 'immutable' || fn.evaluateInContext !== undefined) return null;
  return (values) => {
    if (fn.nulls === 'propagate' && values.includes(null)) return null;
    const evaluate =
      fn.evaluate ??
      fn.prepare?.(
        args.map((arg) => arg.type),
        values,
      );
    return evaluate?.(...values);
  };
}
