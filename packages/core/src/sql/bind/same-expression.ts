import { sameType } from '../../values/type-text.ts';
import type { Scalar } from '../../values/types.ts';
import type { AggregateCall, Expr, SortKey } from './expression.ts';
import { exprHash } from './expression-hash.ts';
import { childrenOf } from './expression-tree.ts';

/** Structural equality: the same value for every row. Spans and column names do not count. */
export function sameExpr(a: Expr, b: Expr): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind || !sameType(a.type, b.type) || !sameHead(a, b)) return false;
  const left = childrenOf(a);
  const right = childrenOf(b);
  return left.length === right.length && left.every((child, i) => sameExpr(child, right[i]!));
}

/** What makes two nodes of one kind differ beside their children. Sub-queries are never taken as equal. */
function sameHead(a: Expr, b: Expr): boolean {
  switch (a.kind) {
    case 'literal':
      return b.kind === 'literal' && sameScalar(a.value, b.value);
    case 'column':
      return b.kind === 'column' && a.index === b.index;
    case 'system':
      return b.kind === 'system' && a.name === b.name;
    case 'arithmetic':
      return b.kind === 'arithmetic' && a.op === b.op;
    case 'compare':
      return b.kind === 'compare' && a.op === b.op;
    case 'is':
      return b.kind === 'is' && a.test === b.test && a.negated === b.negated;
    case 'between':
    case 'in':
      return (b.kind === 'between' || b.kind === 'in') && a.negated === b.negated;
    case 'like':
      return b.kind === 'like' && a.negated === b.negated && a.ignoreCase === b.ignoreCase && a.escape === b.escape;
    case 'case':
      return b.kind === 'case' && a.whens.length === b.whens.length;
    case 'cast':
      return b.kind === 'cast' && a.safe === b.safe;
    case 'call':
      return b.kind === 'call' && a.fn === b.fn && a.fn.volatility !== 'volatile';
    case 'subquery':
      return false;
    default:
      return true;
  }
}

const sameScalar = (a: Scalar, b: Scalar): boolean => a === b || (a !== null && b !== null && typeof a === 'number' && Object.is(a, b));

/** Whether two calls give the same value. Hashes tell most different ones apart: a wide SELECT compares each with each. */
export function sameAggregate(a: AggregateCall, b: AggregateCall): boolean {
  return (
    a.fn === b.fn &&
    a.args.length === b.args.length &&
    a.args.every((arg, i) => exprHash(arg) === exprHash(b.args[i]!)) &&
    a.distinct === b.distinct &&
    a.descending === b.descending &&
    sameExprs(a.args, b.args) &&
    (a.filter === null ? b.filter === null : b.filter !== null && sameExpr(a.filter, b.filter))
  );
}

export const sameExprs = (a: readonly Expr[], b: readonly Expr[]): boolean =>
  a.length === b.length && a.every((e, i) => sameExpr(e, b[i]!));

export const sameSortKeys = (a: readonly SortKey[], b: readonly SortKey[]): boolean =>
  a.length === b.length &&
  a.every((k, i) => k.descending === b[i]!.descending && k.nullsFirst === b[i]!.nullsFirst && sameExpr(k.expr, b[i]!.expr));
