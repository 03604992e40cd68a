import type { BoundSelect } from '../../bind/bound.ts';
import type { Expr, OverCall } from '../../bind/expression.ts';
import { conjuncts } from '../../bind/expression-tree.ts';
import type { PlanNode, RankNode } from '../plan.ts';
import { conjunction, mapSortKey, someExpr } from '../tree/expr-tree.ts';
import { windowLateness } from '../tree/window-lateness.ts';
import { APPEND, type BuiltRow, type Identity, place, WHOLE_ROW } from './built-row.ts';
import type { Emit } from './context.ts';

/**
 * `SELECT … FROM (SELECT …, ROW_NUMBER() OVER (PARTITION BY … ORDER BY …) AS n FROM …) WHERE n <= 10` (or RANK, DENSE_RANK) asks for the
 * first rows of each partition as they are now, and not for those that were among the first when they came: rows leave when better
 * ones come. Where BUFFER, EXPIRE or EMIT stands in OVER, the call is about the buffer and stays one.
 */
export interface Ranking {
  readonly inner: BoundSelect;
  readonly call: OverCall;
  readonly count: number;
  /** What else WHERE asks for. */
  readonly rest: Expr | null;
  /** The query around it reads the place: it is part of what tells a row. */
  readonly showsPlace: boolean;
  readonly emit: Emit | null;
}

export function rankingOf(q: BoundSelect): Ranking | null {
  if (q.where === null || q.from?.kind !== 'derived' || q.from.query.kind !== 'select') return null;
  const inner = q.from.query;
  const [call, more] = inner.over;
  if (call === undefined || more !== undefined || inner.from === null) return null;
  if (call.isBuffered || !(call.fn.name in FUNCTIONS) || call.orderBy.length === 0) return null;
  if (inner.group !== null || inner.having !== null || inner.distinct || inner.limit !== null) return null;
  const at = inner.from.fields.length;
  const isPlace = (e: Expr): boolean => {
    if (e.kind !== 'column') return false;
    const item = inner.items[e.index]?.expr;
    return item?.kind === 'column' && item.index === at;
  };
  const limits = conjuncts(q.where).map((term) => ({ term, limit: limitOf(term, isPlace) }));
  const count = Math.min(...limits.map(({ limit }) => limit?.count ?? Number.POSITIVE_INFINITY));
  if (!Number.isFinite(count)) return null;
  const rest = limits.filter(({ limit }) => limit === null || !limit.isAll).map(({ term }) => term);
  const showsPlace = [...rest, ...readBy(q)].some((e) => someExpr(e, isPlace));
  return { inner, call, count, rest: conjunction(rest), showsPlace, emit: q.emit ?? inner.emit };
}

/** Expressions over the rows that WHERE lets through. */
function readBy({ over, group, items, orderBy, key }: BoundSelect): readonly Expr[] {
  const calls = over.flatMap((call) => [...call.args, ...call.partitionBy, ...call.orderBy.map((k) => k.expr)]);
  if (group === null) return [...calls, ...items.map((item) => item.expr), ...orderBy.map((k) => k.expr), ...key.map((k) => k.expr)];
  return [...calls, ...group.keys, ...group.aggregates.flatMap((call) => [...call.args, ...(call.filter === null ? [] : [call.filter])])];
}

const FUNCTIONS = { row_number: true, rank: true, dense_rank: true } as const;

interface Limit {
  readonly count: number;
  /** The term says no more than the limit. */
  readonly isAll: boolean;
}

function limitOf(term: Expr, isPlace: (e: Expr) => boolean): Limit | null {
  if (term.kind === 'between' && !term.negated && isPlace(term.arg)) {
    const [low, high] = [wholeOf(term.low), wholeOf(term.high)];
    return high === null ? null : { count: high, isAll: low !== null && low <= 1 };
  }
  if (term.kind !== 'compare') return null;
  const turned = isPlace(term.right);
  const value = wholeOf(turned ? term.left : term.right);
  if (value === null || !(turned || isPlace(term.left))) return null;
  const op = turned ? (TURNED[term.op] ?? term.op) : term.op;
  if (op === '<=') return { count: value, isAll: true };
  if (op === '<') return { count: value - 1, isAll: true };
  return op === '=' ? { count: value, isAll: value === 1 } : null;
}

const TURNED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

const wholeOf = (e: Expr): number | null =>
  e.kind === 'literal' && e.type.kind === 'integer' && typeof e.value === 'number' && e.value >= 0 && e.value < 2 ** 20 ? e.value : null;

/** R0 to R1 of the inner query. Keys of partitions that are computed stand in hidden columns of the input. */
export function buildRank(row: BuiltRow, { call, count, emit, showsPlace }: Ranking): BuiltRow {
  const partition = call.partitionBy.map((e) => place(row, e));
  const { input, columns } = withColumns(row.node, partition);
  const width = input.fields.length;
  const windowEnd = columns.find((c) => windowLateness(input, c) !== null) ?? null;
  const isFinal = emit !== 'changes' && windowEnd !== null && windowLateness(input, windowEnd) === 0;
  const node: RankNode = {
    kind: 'rank',
    input,
    // `rankingOf` lets only these three pass.
    fn: call.fn.name as RankNode['fn'],
    partitionBy: columns,
    keys: call.orderBy.map((key) => mapSortKey(key, (e) => place(row, e))),
    count,
    emit: isFinal ? 'final' : 'changes',
    windowEnd,
    showsPlace: true,
    fields: [...input.fields, { name: `${call.fn.name}_over_1`, type: call.type, nullable: false }],
    changes: 'append',
  };
  return { ...row, node, at: [...row.at, width], identity: isFinal ? APPEND : identityOf(row.identity, node, showsPlace) };
}

/** Rows of an updating input keep their key; a number belongs to one row of its partition at a time. */
function identityOf(input: Identity, node: RankNode, showsPlace: boolean): Identity {
  if (node.fn !== 'row_number') return input.kind === 'key' ? input : WHOLE_ROW;
  if (node.count === 1) return { kind: 'key', columns: node.partitionBy };
  if (showsPlace) return { kind: 'key', columns: [...node.partitionBy, node.fields.length - 1] };
  return input.kind === 'key' ? input : WHOLE_ROW;
}

function withColumns(node: PlanNode, exprs: readonly Expr[]): { readonly input: PlanNode; readonly columns: readonly number[] } {
  const computed = exprs.filter((e) => e.kind !== 'column');
  const width = node.fields.length;
  const columns = exprs.map((e) => (e.kind === 'column' ? e.index : width + computed.indexOf(e)));
  if (computed.length === 0) return { input: node, columns };
  const input: PlanNode = {
    kind: 'project',
    input: node,
    items: [...node.fields.map((field, index): Expr => ({ kind: 'column', index, name: field.name, type: field.type })), ...computed],
    eventTime: null,
    fields: [...node.fields, ...computed.map((e, i) => ({ name: `partition$${i + 1}`, type: e.type, nullable: true }))],
    changes: 'append',
  };
  return { input, columns };
}
