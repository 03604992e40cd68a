import type { Expr } from '../../sql/bind/expression.ts';
import { plainly } from '../compile/comparison.ts';

/** `column = value` terms of a predicate that an index of the table can answer. */
export interface EqualityLookup {
  readonly columns: readonly number[];
  /** Each over the outer row alone: columns count from 0. */
  readonly values: readonly Expr[];
}

/**
 * Finds the equality terms of a predicate over `table columns ++ outer values`. Only terms that AND joins count, between
 * types for which an index compares as SQL does. The whole predicate must still be tested on the rows found.
 */
export function equalityLookup(where: Expr | null, tableWidth: number): EqualityLookup | null {
  const columns: number[] = [];
  const values: Expr[] = [];
  for (const term of where === null ? [] : conjuncts(where)) {
    if (term.kind !== 'compare' || term.op !== '=') continue;
    for (const [own, other] of [
      [term.left, term.right],
      [term.right, term.left],
    ] as const) {
      if (own.kind !== 'column' || own.index >= tableWidth || columns.includes(own.index) || !plainly(own.type, other.type)) continue;
      const value = outerOnly(other, tableWidth);
      if (value === null) continue;
      columns.push(own.index);
      values.push(value);
      break;
    }
  }
  return columns.length === 0 ? null : { columns, values };
}

const conjuncts = (expr: Expr): readonly Expr[] => (expr.kind === 'and' ? expr.args.flatMap(conjuncts) : [expr]);

/** A literal, or one outer value (through casts): enough for what correlation looks like. */
function outerOnly(expr: Expr, tableWidth: number): Expr | null {
  if (expr.kind === 'literal') return expr;
  if (expr.kind === 'column') return expr.index >= tableWidth ? { ...expr, index: expr.index - tableWidth } : null;
  if (expr.kind === 'cast') {
    const arg = outerOnly(expr.arg, tableWidth);
    return arg === null ? null : { ...expr, arg };
  }
  return null;
}
