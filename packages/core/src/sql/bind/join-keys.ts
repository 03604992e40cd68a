import type { Expr } from './expression.ts';
import { columnsOf, shiftColumns, walkExpr } from './expression-tree.ts';
import { SIDE_TIME } from './scope.ts';

export type Side = 'left' | 'right' | 'both' | 'none';

/** Which side of a join an expression over left ++ right speaks of. */
export function sideOf(e: Expr, leftWidth: number): Side {
  let left = false;
  let right = false;
  for (const index of columnsOf(e)) {
    if ((index >= SIDE_TIME ? index - SIDE_TIME : index) < leftWidth) left = true;
    else right = true;
  }
  return left ? (right ? 'both' : 'left') : right ? 'right' : 'none';
}

export const isSideTime = (e: Expr): boolean => e.kind === 'column' && e.index >= SIDE_TIME;

/** Expressions that do not depend on the columns of one side alone: they cannot be moved to a side. */
function isMovable(e: Expr): boolean {
  let fine = true;
  walkExpr(e, (x) => {
    if (isSideTime(x) || x.kind === 'system' || x.kind === 'subquery' || (x.kind === 'call' && x.fn.volatility === 'volatile'))
      fine = false;
  });
  return fine;
}

export interface JoinKey {
  readonly left: Expr;
  readonly right: Expr;
}

/** An equality between the two sides as a key, the right side over its own columns; undefined for any other term. */
export function joinKey(term: Expr, leftWidth: number): JoinKey | undefined {
  if (term.kind !== 'compare' || term.op !== '=' || !isMovable(term)) return undefined;
  const a = sideOf(term.left, leftWidth);
  const b = sideOf(term.right, leftWidth);
  if (a === 'left' && b === 'right') return { left: term.left, right: shiftColumns(term.right, 0 - leftWidth) };
  if (a === 'right' && b === 'left') return { left: term.right, right: shiftColumns(term.left, 0 - leftWidth) };
  return undefined;
}
