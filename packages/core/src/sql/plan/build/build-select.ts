import type { BoundGroup, BoundSelect } from '../../bind/bound.ts';
import { constantRow, derivedRow } from './build-from.ts';
import { buildGroup } from './build-group.ts';
import { buildOrder, isUnbounded } from './build-order.ts';
import { buildOutput } from './build-output.ts';
import type { Ranking } from './build-rank.ts';
import { type BuiltQuery, type BuiltRow, filtered } from './built-row.ts';
import type { BuildContext, Emit } from './context.ts';
import { hasRareBuilders, rareBuilders } from './rare-builders.ts';

/** One SELECT, clause by clause, from the rows upwards: FROM, WHERE, OVER, GROUP BY, HAVING, items, ORDER BY. */
export function buildSelect(q: BoundSelect, inherited: Emit | null, context: BuildContext, ranking: Ranking | null = null): BuiltQuery {
  const written = q.emit ?? inherited;
  // what ranks has OVER, which loads the rest of the planner
  const ranked = hasRareBuilders() ? rareBuilders().rankingOf(q) : null;
  let row = ranked === null ? rowsOf(q, context) : derivedRow(buildSelect(ranked.inner, null, context, ranked), ranked.inner.fields);
  const where = ranked === null ? q.where : ranked.rest;
  if (where !== null) row = filtered(row, where, 'where');
  if (ranking !== null) row = rareBuilders().buildRank(row, ranking);
  else if (q.over.length > 0) row = rareBuilders().buildOver(row, q.over, context);
  const emit = emitOf(q, written, row, context);
  if (q.group !== null) row = buildGroup(row, q.group, emit, q.time, context);
  if (q.having !== null) row = filtered(row, q.having, 'having');
  const output = buildOutput(q, row, boundsOf(row, q.group), context);
  const perWindow = q.group !== null && q.group.window !== null && emit === 'final';
  return buildOrder(output, { orderBy: output.orderBy, limit: q.limit, emit: written, perWindow }, context);
}

const rowsOf = (q: BoundSelect, context: BuildContext): BuiltRow => (q.from === null ? constantRow() : context.from(q.from, q.time));

/**
 * §6.6: windows emit when they close, groups without a window emit their changes - unless the rows are sorted once
 * at the end anyway, when only the last row of each group counts.
 */
function emitOf(q: BoundSelect, written: Emit | null, row: BuiltRow, context: BuildContext): Emit {
  if (written !== null) return written;
  if (q.group === null) return 'changes';
  if (q.group.window !== null) return 'final';
  return q.orderBy.length > 0 && !isUnbounded(row.node, context) ? 'final' : 'changes';
}

/** Columns of the window bounds on the grouped row. */
function boundsOf(row: BuiltRow, group: BoundGroup | null): readonly [number, number] | null {
  if (group === null || group.window === null) return null;
  const start = group.rows ? row.node.fields.length - 2 : group.keys.length;
  return [start, start + 1];
}
