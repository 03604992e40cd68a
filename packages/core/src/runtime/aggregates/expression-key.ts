import type { Expr } from '../../sql/bind/expression.ts';
import { walkExpr } from '../../sql/bind/expression-tree.ts';
import { exprKey } from '../../sql/plan/tree/expr-key.ts';

/** Text that equal expressions share, for calculating them once; null where a second calculation may differ. */
export function expressionKey(expr: Expr): string | null {
  let mayDiffer = false;
  walkExpr(expr, (e) => {
    if (e.kind === 'subquery' || (e.kind === 'call' && e.fn.volatility !== 'immutable')) mayDiffer = true;
  });
  return mayDiffer ? null : exprKey(expr);
}
