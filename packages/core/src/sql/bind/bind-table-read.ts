import { assert } from '../../diagnostics/assert.ts';
import type { Query, Select } from '../ast/index.ts';
import { bindCondition } from './bind-logic.ts';
import { resolveRelation } from './bind-relation.ts';
import type { Binder, QueryContext } from './binder.ts';
import type { BoundQuery } from './bound.ts';
import { unknownValue } from './coerce.ts';
import type { AggregateCall, Expr } from './expression.ts';
import { columnsOf, conjuncts, mapChildren } from './expression-tree.ts';
import { isNullable } from './nullable.ts';
import { relationInput } from './relation-input.ts';
import { AGGREGATE_BASE, type RowScope, type Scope } from './scope.ts';

/** What a sub-query reads per outer row; see `SubqueryExpr`. */
export interface TableRead {
  readonly table: string;
  readonly tableWidth: number;
  readonly outer: readonly Expr[];
  readonly where: Expr | null;
  readonly select: Expr | null;
  readonly selectNullable: boolean;
  readonly aggregates: readonly AggregateCall[];
  /** At most one row for sure. */
  readonly single: boolean;
  /** An inner query that is more than a look-up; see `SubqueryExpr`. */
  readonly query: BoundQuery | null;
}

interface ReadOptions {
  /** The scope of the expression that the sub-query is part of. */
  readonly scope: Scope;
  readonly depth: number;
  /** Whether exactly one expression must be selected. */
  readonly needsOne: boolean;
  /** Whether only the first row counts: its order matters then. */
  readonly first: boolean;
  readonly label: string;
}

/** Binds the inner query; undefined after a problem that leaves nothing to go on with. */
export function readTable(cx: Binder, query: Query, o: ReadOptions): TableRead | undefined {
  if (query.kind === 'select' && isSimple(query, o)) return readSimple(cx, query, o);
  return readGeneral(cx, query, o);
}

/** One table, a condition, one expression: the form that may use values of the outer row. */
function isSimple(query: Select, o: ReadOptions): boolean {
  if (query.from?.kind !== 'relation' || query.from.relation.kind !== 'name' || query.joins.length > 0) return false;
  if (isCommonTable(o.scope.context, query.from.relation.name.text)) return false;
  if (query.ctes.length > 0 || query.window !== undefined || query.having !== undefined) return false;
  if (query.groupBy.length > 0) return false;
  if (o.first && query.orderBy.length > 0) return false;
  const { limit } = query;
  return limit === undefined || (limit.offset === 0 && limit.count > 0 && (!o.first || limit.count === 1) && o.label !== 'IN');
}

function isCommonTable(context: QueryContext, name: string): boolean {
  for (let cte = context.ctes; cte !== null; cte = cte.next) if (cte.table.name.text === name) return true;
  return false;
}

function readSimple(cx: Binder, query: Select, o: ReadOptions): TableRead | undefined {
  const item = query.from;
  assert(item?.kind === 'relation', 'a simple sub-query reads one relation');
  const relation = resolveRelation(cx, item, true);
  const input = relationInput(cx, item, relation);
  const row: RowScope = {
    relations: input.relations,
    width: input.from.fields.length,
    over: [],
    aggregates: [],
    windowed: false,
    outer: o.scope,
    outerValues: [],
    laterAliases: new Set(),
  };
  const context: QueryContext = { ...o.scope.context, outer: o.scope, depth: o.depth };
  const scope: Scope = { row, clause: 'WHERE', aliases: null, aliasesFirst: false, inside: null, context };
  const where = query.where === undefined ? null : bindCondition(cx, query.where, scope);
  const chosen = o.needsOne ? selectOne(cx, query, { ...scope, clause: 'SELECT' }, o) : null;
  if (o.needsOne && chosen === undefined) return undefined;
  const grouped = chosen == null || row.aggregates.length === 0 ? (chosen ?? null) : overAggregates(cx, chosen, row);
  return {
    table: relation.name,
    tableWidth: row.width,
    outer: row.outerValues,
    where,
    select: grouped,
    selectNullable: chosen == null || isNullable(chosen, input.from.fields),
    aggregates: row.aggregates,
    single: query.limit?.count === 1 || (where !== null && fixesKey(where, relation.key, row)),
    query: null,
  };
}

/** The one selected expression. `*` is one when the table has one column. */
function selectOne(cx: Binder, query: Select, scope: Scope, o: ReadOptions): Expr | undefined {
  const [item, other] = query.items;
  if (item === undefined) return undefined;
  if (other !== undefined) {
    cx.report('VS2091', query.span, { found: query.items.length, form: o.label });
    return undefined;
  }
  if (item.kind === 'expression') return cx.expression(item.expression, scope);
  const [relation] = scope.row.relations;
  const only = relation?.fields.length === 1 ? relation.fields[0] : undefined;
  if (only !== undefined && relation?.open === false)
    return { kind: 'column', index: 0, name: only.name, type: only.type, span: item.span };
  if (relation?.open === true) return unknownValue(item.span);
  cx.report('VS2091', item.span, { found: relation?.fields.length ?? 0, form: o.label });
  return undefined;
}

/** An expression with aggregates as one over their results: nothing else of the table's rows may be left in it. */
function overAggregates(cx: Binder, e: Expr, row: RowScope): Expr {
  if (e.kind !== 'column') return mapChildren(e, (child) => overAggregates(cx, child, row));
  if (e.index >= AGGREGATE_BASE) return { ...e, index: e.index - AGGREGATE_BASE };
  if (e.index >= row.width)
    cx.report('VS2103', e.span ?? { start: 0, end: 0 }, { feature: 'an outer value beside an aggregate of a sub-query' });
  else cx.report('VS2103', e.span ?? { start: 0, end: 0 }, { feature: `column "${e.name}" beside an aggregate of a sub-query` });
  return unknownValue(e.span);
}

/** Whether equality with outer values or constants fixes every column of the key. */
function fixesKey(where: Expr, key: readonly string[], row: RowScope): boolean {
  const fields = row.relations[0]?.fields ?? [];
  const isInner = (e: Expr): boolean => [...columnsOf(e)].some((i) => i < row.width);
  const fixed = new Set<string>();
  for (const term of conjuncts(where)) {
    if (term.kind !== 'compare' || term.op !== '=') continue;
    for (const [side, other] of [[term.left, term.right] as const, [term.right, term.left] as const]) {
      const base = side.kind === 'cast' ? side.arg : side;
      if (base.kind === 'column' && base.index < row.width && !isInner(other)) fixed.add(fields[base.index]?.name ?? '');
    }
  }
  return key.length > 0 && key.every((name) => fixed.has(name));
}

/** Any other inner query is bound by itself; the planner makes a table of its result. It cannot use outer values. */
function readGeneral(cx: Binder, query: Query, o: ReadOptions): TableRead | undefined {
  const context: QueryContext = { ...o.scope.context, outer: o.scope, depth: o.depth, tablesOnly: true, extras: new Set() };
  const bound = cx.query(query, context);
  const [first] = bound.fields;
  if (o.needsOne && bound.fields.length !== 1 && !cx.openQueries.has(bound)) {
    cx.report('VS2091', query.span, { found: bound.fields.length, form: o.label });
    return undefined;
  }
  const select: Expr | null =
    first === undefined ? null : { kind: 'column', index: 0, name: first.name, type: first.type, span: query.span };
  return {
    table: '',
    tableWidth: bound.fields.length,
    outer: [],
    where: null,
    select,
    selectNullable: first?.nullable ?? true,
    aggregates: [],
    single: query.limit?.count === 1 || isOneRow(bound),
    query: bound,
  };
}

/** Aggregates without groups give one row, and so does a SELECT without FROM. */
const isOneRow = (bound: BoundQuery): boolean =>
  bound.kind === 'select' &&
  (bound.from === null || (bound.group !== null && bound.group.keys.length === 0 && bound.group.window === null));
