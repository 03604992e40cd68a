import type { Expr } from '../../bind/expression.ts';

/** A reader keeps rows up to a place: the output column that holds it, and the last place that is kept. */
export interface RankBound {
  readonly column: number;
  readonly atMost: number;
}

/** Places that WHERE keeps, column by column: `place <= 10`, `place = 1`, alone or beside other conditions. */
export function rankBounds(where: Expr | null): readonly RankBound[] {
  if (where === null) return [];
  if (where.kind === 'and') return where.args.flatMap(rankBounds);
  if (where.kind !== 'compare') return [];
  const { left, right, op } = where;
  if (right.kind === 'column' && left.kind === 'literal') return boundOf(right.index, MIRRORED[op] ?? op, left.value);
  return left.kind === 'column' && right.kind === 'literal' ? boundOf(left.index, op, right.value) : [];
}

const MIRRORED: Readonly<Record<string, string>> = { '>=': '<=', '>': '<' };

function boundOf(column: number, op: string, value: unknown): RankBound[] {
  if (typeof value !== 'number' || !Number.isInteger(value)) return [];
  if (op === '<=') return [{ column, atMost: value }];
  if (op === '<') return [{ column, atMost: value - 1 }];
  return op === '=' && value === 1 ? [{ column, atMost: 1 }] : [];
}
