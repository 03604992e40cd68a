import type { Expr } from '../../sql/bind/expression.ts';
import { exprKey } from '../../sql/plan/tree/expr-key.ts';
import { someExpr } from '../../sql/plan/tree/expr-tree.ts';

/** Text that equal expressions share, for calculating them once; null where a second calculation may differ. */
export const expressionKey = (expr: Expr): string | null =>
  someExpr(expr, (e) => e.kind === 'subquery' || (e.kind === 'call' && e.fn.volatility !== 'immutable')) ? null : exprKey(expr);
