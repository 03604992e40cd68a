import type { AggregateCall, Expr, OverCall, SortKey } from '../../bind/expression.ts';
import { childrenOf } from '../../bind/expression-tree.ts';
import type { PlanWindow } from '../plan.ts';

/** The same expression with `f` applied to its direct parts; the expression itself when none changed. */
export function mapExprChildren(e: Expr, f: (part: Expr) => Expr): Expr {
  const before = childrenOf(e);
  if (before.length === 0) return e;
  const after = before.map(f);
  return after.every((part, i) => part === before[i]) ? e : withChildren(e, after);
}

/** `parts` in the order of `childrenOf`. */
function withChildren(e: Expr, parts: readonly Expr[]): Expr {
  const [first, second, third] = parts as [Expr, Expr, Expr];
  switch (e.kind) {
    case 'literal':
    case 'column':
    case 'system':
      return e;
    case 'arithmetic':
    case 'compare':
      return { ...e, left: first, right: second };
    case 'and':
    case 'or':
    case 'coalesce':
    case 'call':
    case 'concat':
      return { ...e, args: parts };
    case 'between':
      return { ...e, arg: first, low: second, high: third };
    case 'in':
      return { ...e, arg: first, list: parts.slice(1) };
    case 'like':
      return { ...e, arg: first, pattern: second };
    case 'case': {
      const whens = e.whens.map((_, i) => ({ condition: parts[2 * i] as Expr, result: parts[2 * i + 1] as Expr }));
      return { ...e, whens, otherwise: e.otherwise === null ? null : (parts.at(-1) as Expr) };
    }
    case 'element':
      return { ...e, arg: first, key: second };
    case 'subquery':
      return e.arg === null ? { ...e, outer: parts } : { ...e, outer: parts.slice(0, -1), arg: parts.at(-1) as Expr };
    default:
      return { ...e, arg: first };
  }
}

/** Rewrites from the leaves up. */
export const mapExpr = (e: Expr, f: (part: Expr) => Expr): Expr => f(mapExprChildren(e, (part) => mapExpr(part, f)));

/** Replaces every column of the row. */
export const replaceColumns = (e: Expr, by: (index: number, column: Expr) => Expr): Expr =>
  e.kind === 'column' ? by(e.index, e) : mapExprChildren(e, (part) => replaceColumns(part, by));

/** Renumbers the columns of the row. */
export const moveColumns = (e: Expr, to: (index: number) => number): Expr =>
  replaceColumns(e, (index, column) => {
    const moved = to(index);
    return moved === index ? column : ({ ...column, index: moved } as Expr);
  });

/** Puts `items[i]` in place of column `i`. */
export const substitute = (e: Expr, items: readonly Expr[]): Expr => replaceColumns(e, (index) => items[index] as Expr);

/** Whether `test` holds for the expression or a part of it over the same row. */
export const someExpr = (e: Expr, test: (part: Expr) => boolean): boolean => test(e) || childrenOf(e).some((part) => someExpr(part, test));

/** Adds the columns that an expression reads to `into`. */
export function collectColumns(e: Expr, into: Set<number>): Set<number> {
  if (e.kind === 'column') into.add(e.index);
  for (const part of childrenOf(e)) collectColumns(part, into);
  return into;
}

export const columnsOf = (...exprs: readonly Expr[]): Set<number> => {
  const columns = new Set<number>();
  for (const e of exprs) collectColumns(e, columns);
  return columns;
};

export const mapAggregate = (call: AggregateCall, f: (e: Expr) => Expr): AggregateCall => ({
  ...call,
  args: call.args.map(f),
  filter: call.filter === null ? null : f(call.filter),
});

/** Times that a window reads beside the event time of a row. */
export const timesOf = (window: PlanWindow | null): readonly Expr[] => (window?.kind === 'session' ? (window.since ?? []) : []);

export const mapWindow = <W extends PlanWindow>(window: W, f: (e: Expr) => Expr): W =>
  window.kind === 'session' && window.since !== undefined ? { ...window, since: window.since.map(f) } : window;

export const mapSortKey = (key: SortKey, f: (e: Expr) => Expr): SortKey => ({ ...key, expr: f(key.expr) });

export const mapOver = (call: OverCall, f: (e: Expr) => Expr): OverCall => ({
  ...call,
  args: call.args.map(f),
  filter: call.filter === null ? null : f(call.filter),
  partitionBy: call.partitionBy.map(f),
  orderBy: call.orderBy.map((key) => mapSortKey(key, f)),
});

/** AND of conditions; null when there are none. */
export function conjunction(conditions: readonly Expr[]): Expr | null {
  const [first, ...rest] = conditions;
  if (first === undefined) return null;
  return rest.length === 0 ? first : { kind: 'and', args: conditions, type: { kind: 'boolean' } };
}
