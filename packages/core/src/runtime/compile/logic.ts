import { wrongOperand } from '../../diagnostics/codes/runtime.ts';
import type { Expr, LiteralExpr } from '../../sql/bind/expression.ts';
import type { Scalar } from '../../values/types.ts';
import { kindOf, plainly, type Test, testOf } from './comparison.ts';
import type { Eval } from './frame.ts';
import type { Interpreter } from './interpret.ts';

type Of<K extends Expr['kind']> = Extract<Expr, { kind: K }>;

/** Comparison: NULL when a side is; two-valued: NULL equals NULL, and is different from everything else. */
export function compareOf(expr: Of<'compare'>, to: Interpreter): Eval {
  const left = to.compile(expr.left);
  const right = to.compile(expr.right);
  const test = testOf(expr.op, expr.left.type, expr.right.type);
  if (expr.twoValued === true) {
    const whenBoth = expr.op === '=';
    const whenOne = expr.op === '!=';
    return (frame) => {
      const a = left(frame);
      const b = right(frame);
      if (a === null || b === null) return a === b ? whenBoth : whenOne;
      return test(a, b);
    };
  }
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
    return a === null || b === null ? null : test(a, b);
  };
}

/** AND stops at the first false, OR at the first true; NULL is what remains undecided (Kleene). */
export function connectiveOf(expr: Of<'and' | 'or'>, to: Interpreter): Eval {
  const args = expr.args.map((arg) => to.compile(arg));
  const decisive = expr.kind === 'or';
  return (frame) => {
    let result: boolean | null = !decisive;
    for (const arg of args) {
      const value = arg(frame);
      if (value === decisive) return decisive;
      if (value === null) result = null;
      else if (typeof value !== 'boolean') throw wrongOperand(expr.kind.toUpperCase(), kindOf(value));
    }
    return result;
  };
}

export function notOf(expr: Of<'not'>, to: Interpreter): Eval {
  const arg = to.compile(expr.arg);
  const whenNull = expr.twoValued === true ? true : null;
  return (frame) => {
    const value = arg(frame);
    if (value === null) return whenNull;
    if (typeof value !== 'boolean') throw wrongOperand('NOT', kindOf(value));
    return !value;
  };
}

export function isOf(expr: Of<'is'>, to: Interpreter): Eval {
  const arg = to.compile(expr.arg);
  const wanted = expr.test === 'null' ? null : expr.test === 'true';
  const { negated } = expr;
  return (frame) => (arg(frame) === wanted) !== negated;
}

/** Both bounds take part: false AND NULL is false, as `arg >= low AND arg <= high` is. */
export function betweenOf(expr: Of<'between'>, to: Interpreter): Eval {
  const [arg, low, high] = [to.compile(expr.arg), to.compile(expr.low), to.compile(expr.high)];
  const above = testOf('>=', expr.arg.type, expr.low.type);
  const below = testOf('<=', expr.arg.type, expr.high.type);
  const { negated } = expr;
  const whenNull = expr.twoValued === true ? false : null;
  const strict = expr.twoValued === true;
  return (frame) => {
    const v = arg(frame);
    const l = low(frame);
    const h = high(frame);
    if (v === null || (strict && (l === null || h === null))) return whenNull;
    if ((l !== null && !above(v, l)) || (h !== null && !below(v, h))) return negated;
    return l === null || h === null ? whenNull : !negated;
  };
}

/** `x IN (…)`: NULL when nothing matches and x or an item is NULL. */
export function inOf(expr: Of<'in'>, to: Interpreter): Eval {
  const arg = to.compile(expr.arg);
  const { negated } = expr;
  const whenNull = expr.twoValued === true ? false : null;
  const contains = literalSet(expr) ?? itemSearch(expr, to);
  return (frame) => {
    const value = arg(frame);
    const found = contains(value, frame);
    if (value === null) return whenNull;
    if (found === null) return expr.twoValued === true ? negated : null;
    return found !== negated;
  };
}

type Search = (value: Scalar, frame: Parameters<Eval>[0]) => boolean | null;

function itemSearch(expr: Of<'in'>, to: Interpreter): Search {
  const items = expr.list.map((item): { read: Eval; equal: Test } => ({
    read: to.compile(item),
    equal: testOf('=', expr.arg.type, item.type),
  }));
  return (value, frame) => {
    let result: boolean | null = false;
    for (const { read, equal } of items) {
      const item = read(frame);
      if (item === null || value === null) result = null;
      else if (equal(value, item)) return true;
    }
    return result;
  };
}

/** A set where plain equality of scalars is SQL's: strings, and numbers of one scale. */
export function literalItems(expr: Of<'in'>): { readonly values: readonly Scalar[]; readonly hasNull: boolean } | undefined {
  if (!expr.list.every((item): item is LiteralExpr => item.kind === 'literal')) return undefined;
  const items = expr.list.filter((item) => item.value !== null);
  if (!items.every((item) => plainly(expr.arg.type, item.type))) return undefined;
  return { values: items.map((item) => item.value), hasNull: items.length < expr.list.length };
}

function literalSet(expr: Of<'in'>): Search | undefined {
  const items = literalItems(expr);
  if (items === undefined) return undefined;
  const set = new Set(items.values);
  const otherwise = items.hasNull ? null : false;
  return (value) => (set.has(value) ? true : otherwise);
}

/** The first branch whose condition is true; the others are not evaluated. */
export function caseOf(expr: Of<'case'>, to: Interpreter): Eval {
  const whens = expr.whens.map((when) => ({ condition: to.compile(when.condition), result: to.compile(when.result) }));
  const otherwise = expr.otherwise === null ? () => null : to.compile(expr.otherwise);
  return (frame) => {
    for (const { condition, result } of whens) if (condition(frame) === true) return result(frame);
    return otherwise(frame);
  };
}

export function coalesceOf(expr: Of<'coalesce'>, to: Interpreter): Eval {
  const args = expr.args.map((arg) => to.compile(arg));
  return (frame) => {
    for (const arg of args) {
      const value = arg(frame);
      if (value !== null) return value;
    }
    return null;
  };
}

/** Truth of a non-NULL value: numbers unless zero, strings unless empty. */
export function truthOf(): (value: Scalar) => boolean {
  return (value) => {
    switch (typeof value) {
      case 'boolean':
        return value;
      case 'number':
        return value !== 0;
      case 'bigint':
        return value !== 0n;
      case 'string':
        return value !== '';
      default:
        throw wrongOperand('condition', kindOf(value));
    }
  };
}
