import type { Field } from '../../values/column.ts';
import type { LimitClause, Select } from '../ast/index.ts';
import { bindFrom } from './bind-from.ts';
import { bindGroupBy, boundGroup, type GroupKey, groupedFields, type Regrouping, regroup } from './bind-group.ts';
import { bindItems, type Item, type Items } from './bind-items.ts';
import { bindCondition } from './bind-logic.ts';
import { bindOrderBy } from './bind-order.ts';
import { bindWindow, type WindowParts } from './bind-window.ts';
import type { Binder, QueryContext } from './binder.ts';
import type { BoundFrom, BoundItem, BoundSelect } from './bound.ts';
import { adviseOnShape } from './check-shape.ts';
import type { Expr, SortKey } from './expression.ts';
import { conjuncts, walkExpr } from './expression-tree.ts';
import { isNullable } from './nullable.ts';
import { rareBinders } from './rare-binders.ts';
import type { Input } from './relation-input.ts';
import { sameExpr } from './same-expression.ts';
import { type RowScope, type Scope, WINDOW_START } from './scope.ts';
import { timeSettings } from './time-settings.ts';

/** The clauses of one SELECT over its input row, before grouping gives aggregates their places. */
interface Clauses {
  readonly where: Expr | null;
  readonly items: Items;
  readonly keys: readonly GroupKey[];
  readonly window: WindowParts | null;
  readonly having: Expr | null;
  readonly orderBy: readonly SortKey[];
}

/** One SELECT: FROM, WHERE, items, GROUP BY, WINDOW, HAVING, ORDER BY in that order; then places in the grouped row. */
export function bindSelect(cx: Binder, select: Select, context: QueryContext): BoundSelect {
  const input = bindFrom(cx, select, context);
  const row = rowOf(select, input, context);
  const scope: Scope = { row, clause: 'SELECT', aliases: null, aliasesFirst: false, inside: null, context };
  const clauses = bindClauses(cx, select, scope);
  const window = clauses.window?.window ?? null;
  const from =
    input?.from.kind === 'join'
      ? rareBinders().finishJoins(cx, input.from, { where: clauses.where === null ? [] : conjuncts(clauses.where), window })
      : (input?.from ?? null);
  adviseOnShape(cx, select, { row, input, window, keys: clauses.keys.length, depth: context.depth });
  const bound = assemble(cx, select, { row, from }, clauses);
  if (clauses.items.open) cx.openQueries.add(bound);
  refuseOuterValues(cx, row);
  return bound;
}

/** A sub-query that becomes a table of its own is computed once, not per row of the query around it. */
function refuseOuterValues(cx: Binder, row: RowScope): void {
  const [value] = row.outerValues;
  if (value !== undefined)
    cx.report('VS2096', value.span ?? { start: 0, end: 0 }, {
      what: 'values of the outer query beside JOIN, GROUP BY, ORDER BY, LIMIT or UNION',
    });
}

function rowOf(select: Select, input: Input | null, context: QueryContext): RowScope {
  return {
    relations: input?.relations ?? [],
    width: input?.from.fields.length ?? 0,
    over: [],
    aggregates: [],
    windowed: select.window !== undefined,
    outer: context.outer,
    outerValues: [],
    laterAliases: new Set(),
  };
}

function bindClauses(cx: Binder, select: Select, scope: Scope): Clauses {
  const { row } = scope;
  const names = select.items.flatMap((i) => (i.kind === 'expression' && i.alias !== undefined ? [i.alias.text] : []));
  for (const name of names) row.laterAliases.add(name);
  const where = select.where === undefined ? null : bindCondition(cx, select.where, { ...scope, clause: 'WHERE' });
  if (where !== null) refuseBounds(cx, where, 'WHERE');
  row.laterAliases.clear();
  const items = bindItems(cx, select, scope, groupColumns(cx, select, scope));
  row.laterAliases.clear();
  const { aliases } = items;
  const keys = bindGroupBy(cx, select.groupBy, items.written, { ...scope, clause: 'GROUP BY', aliases });
  const window = select.window === undefined ? null : (bindWindow(cx, select.window, { ...scope, clause: 'WINDOW' }) ?? null);
  const late: Scope = { ...scope, aliases, aliasesFirst: true };
  const having = select.having === undefined ? null : bindCondition(cx, select.having, { ...late, clause: 'HAVING' });
  const orderBy = bindOrderBy(cx, select.orderBy, items.written, { ...late, clause: 'ORDER BY' });
  return { where, items, keys, window, having, orderBy };
}

/** What `*` means in a grouped query: the columns among the keys. Null where `*` means all columns. */
function groupColumns(cx: Binder, select: Select, scope: Scope): Item[] | null {
  if (select.groupBy.length === 0 || !select.items.some((i) => i.kind === 'star')) return null;
  return select.groupBy.flatMap((node) => {
    if (node.kind !== 'column') return [];
    const name = node.path[node.path.length - 1]?.text ?? '';
    return [{ name, expr: cx.expression(node, { ...scope, clause: 'GROUP BY' }), key: false, star: true, span: node.span }];
  });
}

/** Bounds of the window are known when it closes; WHERE looks at rows on their way in. */
function refuseBounds(cx: Binder, e: Expr, clause: string): void {
  walkExpr(e, (x) => {
    if (x.kind === 'column' && x.index >= WINDOW_START)
      cx.report('VS2103', x.span ?? { start: 0, end: 0 }, { feature: `a window bound in ${clause}` });
  });
}

function assemble(cx: Binder, select: Select, { row, from }: { row: RowScope; from: BoundFrom | null }, c: Clauses): BoundSelect {
  const window = c.window?.window ?? null;
  const grouped = select.groupBy.length > 0 || select.window !== undefined || row.aggregates.length > 0;
  const g = regrouping(cx, select, row, c);
  const place = (e: Expr): Expr => (grouped ? regroup(g, e) : e);
  const items = c.items.items.map((i): BoundItem => ({ name: i.name, expr: place(i.expr) }));
  const having = c.having === null ? null : place(c.having);
  const orderBy = c.orderBy.map((k) => ({ ...k, expr: place(k.expr) }));
  const eventTime = c.items.eventTime === null ? null : place(c.items.eventTime);
  const key = messageKey(c, items, place);
  const fields = outputFields(items, rowFields(row, from, grouped ? g : null));
  return {
    kind: 'select',
    from,
    where: c.where,
    over: row.over,
    group: grouped ? boundGroup(g, window) : null,
    having,
    items,
    distinct: select.distinct,
    orderBy,
    limit: limitOf(select.limit),
    emit: select.emit === undefined ? null : select.emit.mode === 'FINAL' ? 'final' : 'changes',
    eventTime,
    key,
    fields,
    time: timeSettings(cx, from, window),
  };
}

export const limitOf = (limit: LimitClause | undefined): BoundSelect['limit'] =>
  limit === undefined ? null : { count: limit.count, offset: limit.offset };

function regrouping(cx: Binder, select: Select, row: RowScope, c: Clauses): Regrouping {
  const sessionKey = c.window?.key ?? null;
  const keys = c.keys.map((k) => k.expr);
  if (sessionKey !== null && !keys.some((k) => sameExpr(k, sessionKey))) keys.push(sessionKey);
  const rows = select.window !== undefined && select.groupBy.length === 0 && row.aggregates.length === 0;
  return { cx, row, keys, window: select.window !== undefined, rows };
}

/** PRIMARY KEY items in list order, else the GROUP BY keys by the names they have in the output (§8.4). */
function messageKey(c: Clauses, items: readonly BoundItem[], place: (e: Expr) => Expr): BoundSelect['key'] {
  const marked = c.items.items.flatMap((item, i) => (item.key ? [{ name: item.name, expr: items[i]!.expr }] : []));
  if (marked.length > 0) return marked;
  return c.keys.map(({ expr, name }, i) => {
    const at = c.items.items.findIndex((item) => sameExpr(item.expr, expr));
    return { name: items[at]?.name ?? name ?? `key_${i + 1}`, expr: place(expr) };
  });
}

/** Columns of the row that the items stand on. */
function rowFields(row: RowScope, from: BoundFrom | null, g: Regrouping | null): Field[] {
  const over = row.over.map((o): Field => ({ name: o.fn.name, type: o.type, nullable: true }));
  const input = [...(from?.fields ?? []), ...over];
  return g === null ? input : groupedFields(g, input);
}

const outputFields = (items: readonly BoundItem[], input: readonly Field[]): Field[] =>
  items.map(({ name, expr }) => ({ name, type: expr.type, nullable: isNullable(expr, input) }));
