import type { OrderItem } from '../ast/index.ts';
import type { Binder } from './binder.ts';
import type { Expr, SortKey } from './expression.ts';
import type { Scope } from './scope.ts';

/** NULLs stand first on ASC and last on DESC unless said otherwise (§3.8). */
const sortKey = (expr: Expr, item: OrderItem): SortKey => {
  const descending = item.direction === 'DESC';
  return { expr, descending, nullsFirst: item.nulls === undefined ? !descending : item.nulls === 'FIRST' };
};

/** ORDER BY of an OVER clause: expressions only, a number is a constant there. */
export const bindSortKeys = (cx: Binder, items: readonly OrderItem[], scope: Scope): SortKey[] =>
  items.map((item) => sortKey(cx.expression(item.expression, scope), item));

/** ORDER BY of a query: a whole number is the position of an item (§3.8). */
export function bindOrderBy(cx: Binder, items: readonly OrderItem[], outputs: readonly Expr[], scope: Scope): SortKey[] {
  return items.flatMap((item) => {
    const node = item.expression;
    if (node.kind !== 'integer') return [sortKey(cx.expression(node, scope), item)];
    const found = outputs[Number(node.value) - 1];
    if (found === undefined) cx.report('VS2015', node.span, { count: outputs.length, position: Number(node.value) });
    return found === undefined ? [] : [sortKey(found, item)];
  });
}
