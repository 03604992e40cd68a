import type { Expr } from './expression.ts';

/**
 * The expressions directly beneath `e` that speak of the same row. The inner parts of a sub-query (`where`, `select`,
 * `aggregates`) speak of another row and are left out.
 */
export function childrenOf(e: Expr): readonly Expr[] {
  switch (e.kind) {
    case 'literal':
    case 'column':
    case 'system':
      return [];
    case 'arithmetic':
    case 'compare':
      return [e.left, e.right];
    case 'negate':
    case 'not':
    case 'is':
    case 'cast':
    case 'truth':
      return [e.arg];
    case 'and':
    case 'or':
    case 'coalesce':
    case 'call':
    case 'concat':
      return e.args;
    case 'between':
      return [e.arg, e.low, e.high];
    case 'in':
      return [e.arg, ...e.list];
    case 'like':
      return [e.arg, e.pattern];
    case 'case':
      return [...e.whens.flatMap((w) => [w.condition, w.result]), ...(e.otherwise === null ? [] : [e.otherwise])];
    case 'element':
      return [e.arg, e.key];
    case 'subquery':
      return e.arg === null ? e.outer : [...e.outer, e.arg];
  }
}

/** `e` with `to` applied to each of `childrenOf(e)`. */
export function mapChildren(e: Expr, to: (child: Expr) => Expr): Expr {
  switch (e.kind) {
    case 'literal':
    case 'column':
    case 'system':
      return e;
    case 'arithmetic':
    case 'compare':
      return { ...e, left: to(e.left), right: to(e.right) };
    case 'negate':
    case 'not':
    case 'is':
    case 'cast':
    case 'truth':
      return { ...e, arg: to(e.arg) };
    case 'and':
    case 'or':
    case 'coalesce':
    case 'call':
    case 'concat':
      return { ...e, args: e.args.map(to) };
    case 'between':
      return { ...e, arg: to(e.arg), low: to(e.low), high: to(e.high) };
    case 'in':
      return { ...e, arg: to(e.arg), list: e.list.map(to) };
    case 'like':
      return { ...e, arg: to(e.arg), pattern: to(e.pattern) };
    case 'case':
      return {
        ...e,
        whens: e.whens.map((w) => ({ condition: to(w.condition), result: to(w.result) })),
        otherwise: e.otherwise === null ? null : to(e.otherwise),
      };
    case 'element':
      return { ...e, arg: to(e.arg), key: to(e.key) };
    case 'subquery':
      return { ...e, outer: e.outer.map(to), arg: e.arg === null ? null : to(e.arg) };
  }
}

/** Visits `e` and everything beneath it that speaks of the same row. */
export function walkExpr(e: Expr, visit: (e: Expr) => void): void {
  visit(e);
  for (const child of childrenOf(e)) walkExpr(child, visit);
}

/** Indexes of the columns that `e` reads. */
export function columnsOf(e: Expr): Set<number> {
  const found = new Set<number>();
  walkExpr(e, (x) => {
    if (x.kind === 'column') found.add(x.index);
  });
  return found;
}

/** `e` with every column index moved by `by`. */
export const shiftColumns = (e: Expr, by: number): Expr =>
  e.kind === 'column' ? { ...e, index: e.index + by } : by === 0 ? e : mapChildren(e, (child) => shiftColumns(child, by));

/** The terms of a conjunction; one for anything else. */
export const conjuncts = (e: Expr): readonly Expr[] => (e.kind === 'and' ? e.args.flatMap(conjuncts) : [e]);
