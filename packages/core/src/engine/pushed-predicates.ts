import type { PushedPredicate } from '../connect/connector.ts';
import type { Expr } from '../sql/bind/expression.ts';
import { conjuncts } from '../sql/bind/expression-tree.ts';
import type { ScanNode } from '../sql/plan/plan.ts';
import { decimalText } from '../values/decimal-text.ts';
import type { Exact } from '../values/exact.ts';
import type { SqlType } from '../values/types.ts';

type Value = PushedPredicate['values'][number];

const MIRRORED = { '=': '=', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

/**
 * What of a scan's filter is a comparison of a column with constants: a source may leave out rows by it. The scan applies its whole filter
 * in any case. Nothing is handed over where somebody reads how rows are numbered.
 */
export function pushedPredicates(scan: ScanNode): readonly PushedPredicate[] {
  if (scan.filter === null || scan.system.length > 0) return [];
  return conjuncts(scan.filter).flatMap((expr) => predicatesOf(scan, expr));
}

function predicatesOf(scan: ScanNode, expr: Expr): readonly PushedPredicate[] {
  switch (expr.kind) {
    case 'compare': {
      if (expr.twoValued === true) return [];
      const isMirrored = expr.left.kind === 'literal';
      const op = isMirrored ? MIRRORED[expr.op] : expr.op;
      return comparison(scan, op, isMirrored ? expr.right : expr.left, [isMirrored ? expr.left : expr.right]);
    }
    case 'in':
      return expr.negated || expr.twoValued === true ? [] : comparison(scan, 'in', expr.arg, expr.list);
    case 'between':
      if (expr.negated || expr.twoValued === true) return [];
      return [...comparison(scan, '>=', expr.arg, [expr.low]), ...comparison(scan, '<=', expr.arg, [expr.high])];
    case 'is':
      if (expr.test !== 'null' || expr.arg.kind !== 'column') return [];
      return [{ column: nameOf(scan, expr.arg.index), op: expr.negated ? 'is-not-null' : 'is-null', values: [] }];
    default:
      return [];
  }
}

function comparison(scan: ScanNode, op: PushedPredicate['op'], side: Expr, constants: readonly Expr[]): readonly PushedPredicate[] {
  if (side.kind !== 'column') return [];
  const values = constants.map((constant) => valueFor(side.type, constant));
  if (values.includes(undefined)) return [];
  return [{ column: nameOf(scan, side.index), op, values: values as readonly Value[] }];
}

const nameOf = (scan: ScanNode, index: number): string => scan.columns[index] ?? '';

const isExact = ({ kind }: SqlType): boolean => kind === 'integer' || kind === 'decimal';

/** A constant in the scalar form of the column, a decimal as text; undefined for what the column's type does not compare with by itself. */
function valueFor(type: SqlType, constant: Expr): Value | undefined {
  if (constant.kind !== 'literal' || constant.value === null || typeof constant.value === 'object') return undefined;
  const { value, type: given } = constant;
  if (isExact(type) && isExact(given)) {
    const text = decimalText(value as Exact, given.kind === 'decimal' ? given.scale : 0);
    if (type.kind === 'decimal') return text;
    return given.kind === 'integer' ? value : undefined;
  }
  return type.kind === given.kind ? value : undefined;
}
