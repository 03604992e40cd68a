import type { Expr } from '../../../sql/bind/expression.ts';
import { walkExpr } from '../../../sql/bind/expression-tree.ts';

/** Whether calculating an expression twice may show: random numbers, headers that are set. */
export function isVolatile(expr: Expr): boolean {
  let found = false;
  walkExpr(expr, (e) => {
    if (e.kind === 'call' && e.fn.volatility === 'volatile') found = true;
  });
  return found;
}

/** Indexes of the columns that expressions read. */
export function columnsOf(exprs: readonly Expr[]): number[] {
  const found = new Set<number>();
  for (const expr of exprs) {
    walkExpr(expr, (e) => {
      if (e.kind === 'column') found.add(e.index);
    });
  }
  return [...found].sort((a, b) => a - b);
}
