import type { Expr } from '../../../sql/bind/expression.ts';

/** Calls `visit` with an expression and everything inside it. */
export function walkExpression(expr: Expr, visit: (expr: Expr) => void): void {
  visit(expr);
  for (const child of childrenOf(expr)) walkExpression(child, visit);
}

/** Operands of a node. The inside of a sub-query is not among them: it is about other rows. */
function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'literal':
    case 'column':
    case 'system':
      return [];
    case 'arithmetic':
    case 'compare':
      return [expr.left, expr.right];
    case 'between':
      return [expr.arg, expr.low, expr.high];
    case 'in':
      return [expr.arg, ...expr.list];
    case 'like':
      return [expr.arg, expr.pattern];
    case 'case':
      return [...expr.whens.flatMap((when) => [when.condition, when.result]), ...(expr.otherwise === null ? [] : [expr.otherwise])];
    case 'element':
      return [expr.arg, expr.key];
    case 'and':
    case 'or':
    case 'coalesce':
    case 'call':
    case 'concat':
      return expr.args;
    case 'subquery':
      return expr.arg === null ? expr.outer : [...expr.outer, expr.arg];
    default:
      return [expr.arg];
  }
}

/** Whether calculating an expression twice may show: random numbers, headers that are set. */
export function isVolatile(expr: Expr): boolean {
  let found = false;
  walkExpression(expr, (e) => {
    if (e.kind === 'call' && e.fn.volatility === 'volatile') found = true;
  });
  return found;
}

/** Indexes of the columns that expressions read. */
export function columnsOf(exprs: readonly Expr[]): number[] {
  const found = new Set<number>();
  for (const expr of exprs) {
    walkExpression(expr, (e) => {
      if (e.kind === 'column') found.add(e.index);
    });
  }
  return [...found].sort((a, b) => a - b);
}
