import { NO_SPAN } from '../../../diagnostics/span.ts';
import type { SortKey } from '../../bind/expression.ts';
import type { PlanNode } from '../plan.ts';
import { somePlan } from '../tree/plan-tree.ts';
import { APPEND, type BuiltQuery, type Identity, WHOLE_ROW } from './built-row.ts';
import type { BuildContext, Emit } from './context.ts';

export interface Ordering {
  readonly orderBy: readonly SortKey[];
  readonly limit: { readonly count: number; readonly offset: number } | null;
  /** As written. */
  readonly emit: Emit | null;
  /** Rows come out per window, when it closes. */
  readonly perWindow: boolean;
}

/**
 * ORDER BY and LIMIT (decision 13, §0.2 (7) and (11)):
 *
 * * rows that come out window by window: each window by itself;
 * * EMIT FINAL above a sub-query that updates its rows: what stands at the end of the input;
 * * ORDER BY and LIMIT with EMIT CHANGES: a top list that keeps changing, one per window if there is one;
 * * else ORDER BY sorts once, at the end of a bounded input; over an unbounded one it does nothing, with a warning;
 * * LIMIT alone ends the query after its rows.
 */
export function buildOrder(built: BuiltQuery, ordering: Ordering, context: BuildContext): BuiltQuery {
  const { orderBy, limit } = ordering;
  if (ordering.emit === 'final' && !ordering.perWindow && built.identity.kind !== 'append' && somePlan(built.node, updates)) {
    if (isUnbounded(built.node, context)) context.problems.push(context.problem('VS3006', NO_SPAN, undefined));
    return sorted(built, ordering, 'end');
  }
  if (orderBy.length === 0) return limit === null ? built : limited(built, limit, ordering.perWindow);
  if (ordering.perWindow) return sorted(built, ordering, 'window');
  if (ordering.emit === 'changes' && limit !== null) return topN(built, orderBy, limit);
  if (isUnbounded(built.node, context)) {
    context.problems.push(context.problem('VS3004', orderBy[0]?.expr.span ?? NO_SPAN, undefined));
    return limit === null ? built : limited(built, limit, false);
  }
  return sorted(built, ordering, 'end');
}

export const isUnbounded = (node: PlanNode, context: BuildContext): boolean =>
  somePlan(node, (part) => part.kind === 'scan' && part.relationKind === 'stream' && context.options.isBounded?.(part.relation) === false);

/** Gives rows that it will replace; a window that takes late rows only corrects what was final. */
const updates = (node: PlanNode): boolean =>
  node.kind === 'top-n' || (node.kind === 'aggregate' && node.emit === 'changes') || (node.kind === 'rank' && node.windowEnd === null);

function sorted(built: BuiltQuery, ordering: Ordering, scope: 'window' | 'end'): BuiltQuery {
  const node: PlanNode = {
    kind: 'sort',
    input: built.node,
    keys: ordering.orderBy,
    scope,
    windowEnd: scope === 'window' ? windowEndOf(built) : null,
    limit: ordering.limit,
    fields: built.node.fields,
    changes: 'append',
  };
  return { ...built, node, identity: scope === 'end' ? APPEND : built.identity };
}

function limited(built: BuiltQuery, limit: { readonly count: number; readonly offset: number }, perWindow: boolean): BuiltQuery {
  const node: PlanNode = {
    kind: 'limit',
    input: built.node,
    count: limit.count,
    offset: limit.offset,
    scope: perWindow ? 'window' : 'query',
    windowEnd: perWindow ? windowEndOf(built) : null,
    fields: built.node.fields,
    changes: 'append',
  };
  return { ...built, node };
}

function topN(built: BuiltQuery, keys: readonly SortKey[], limit: { readonly count: number; readonly offset: number }): BuiltQuery {
  const node: PlanNode = {
    kind: 'top-n',
    input: built.node,
    keys,
    count: limit.count,
    offset: limit.offset,
    partitionBy: built.window === null ? [] : [built.window[1]],
    fields: built.node.fields,
    changes: 'append',
  };
  const identity: Identity = built.identity.kind === 'key' ? built.identity : WHOLE_ROW;
  return { ...built, node, identity };
}

const windowEndOf = (built: BuiltQuery): number | null => (built.window === null ? null : built.window[1]);
