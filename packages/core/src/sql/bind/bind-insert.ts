import type { Field } from '../../values/column.ts';
import { ANY } from '../../values/types.ts';
import { commonTypeOf } from '../../values/unify-types.ts';
import type { InsertValues, Query, StatementBody } from '../ast/index.ts';
import type { CatalogRelation } from '../catalog/catalog.ts';
import { assign } from './assign.ts';
import type { Binder, QueryContext } from './binder.ts';
import type { BoundQuery, BoundSelect, BoundStatement } from './bound.ts';
import { castTo, unknownValue } from './coerce.ts';
import type { Expr, LiteralExpr } from './expression.ts';
import { nearestName } from './nearest-name.ts';
import { isNullable } from './nullable.ts';
import type { RowScope, Scope } from './scope.ts';
import { targetName, targetsOf } from './targets.ts';

type Insert = StatementBody & { kind: 'insert' };

/** INSERT INTO target [(columns)] with a query or VALUES (§2.6). */
export function bindInsert(cx: Binder, node: Insert, context: QueryContext): BoundStatement {
  const target = targetName(node.target);
  const relation = cx.options.catalog?.find(target);
  const columns = targetColumns(cx, node, relation);
  const query = node.source.kind === 'values' ? bindValues(cx, node.source, columns, context) : fitted(cx, node.source, columns, context);
  const targets = [target, ...(node.source.kind === 'values' ? [] : targetsOf(node.source).map(targetName))];
  const names = node.columns.length === 0 ? null : node.columns.map((c) => c.text);
  return { kind: 'insert', target, columns: names, query, output: { targets, properties: cx.properties }, span: node.span };
}

/** The columns that values go to, in order; null when nothing is known of the target. */
function targetColumns(cx: Binder, node: Insert, relation: CatalogRelation | undefined): readonly Field[] | null {
  const known = relation?.fields.map((f) => f.name) ?? [];
  if (node.columns.length === 0) return relation === undefined || relation.open ? null : relation.fields;
  return node.columns.map(({ text: name, span }) => {
    const field = relation?.fields.find((f) => f.name === name);
    if (field === undefined && relation !== undefined && !relation.open)
      cx.report('VS2004', span, { name, known, nearest: nearestName(name, known) });
    return field ?? { name, type: ANY, nullable: true };
  });
}

function fitted(cx: Binder, source: Query, columns: readonly Field[] | null, context: QueryContext): BoundQuery {
  const query = cx.query(source, context);
  if (columns === null || cx.openQueries.has(query)) return query;
  if (query.fields.length !== columns.length) {
    cx.report('VS2031', source.span, { what: 'the target', expected: columns.length, found: query.fields.length });
    return query;
  }
  return assignQuery(cx, query, columns, source);
}

/** The query with its columns named and typed as the target's. */
function assignQuery(cx: Binder, query: BoundQuery, columns: readonly Field[], source: Query): BoundQuery {
  if (query.kind === 'union') {
    const arms = query.arms.map((arm) => assignQuery(cx, arm, columns, source));
    return { ...query, arms, fields: query.fields.map((f, i) => ({ ...f, name: columns[i]!.name, type: arms[0]!.fields[i]!.type })) };
  }
  if (query.kind === 'values') return query;
  const items = query.items.map((item, i) => {
    const column = columns[i]!;
    return { name: column.name, expr: assign(cx, item.expr, column, item.expr.span ?? source.span) };
  });
  return { ...query, items, fields: query.fields.map((f, i) => ({ ...f, name: items[i]!.name, type: items[i]!.expr.type })) };
}

const NO_TIME: BoundSelect['time'] = { watermarkDelayMs: null, allowedLatenessMs: 0, late: 'drop', idleTimeoutMs: null, maxGroups: null };

function bindValues(cx: Binder, source: InsertValues, columns: readonly Field[] | null, context: QueryContext): BoundQuery {
  const row: RowScope = {
    relations: [],
    width: 0,
    over: [],
    aggregates: [],
    windowed: false,
    outer: null,
    outerValues: [],
    laterAliases: new Set(),
  };
  const scope: Scope = { row, clause: 'VALUES', aliases: null, aliasesFirst: false, inside: null, context };
  const width = columns?.length ?? source.rows[0]?.length ?? 0;
  const rows = source.rows.map((values) => {
    const bound = values.map((e) => cx.expression(e, scope));
    const span = { start: values[0]?.span.start ?? source.span.start, end: values[values.length - 1]?.span.end ?? source.span.end };
    if (values.length !== width)
      cx.report('VS2031', span, { what: columns === null ? 'the first row' : 'the target', expected: width, found: values.length });
    return Array.from({ length: width }, (_, i) => {
      const e = bound[i] ?? unknownValue(span);
      return columns === null ? e : assign(cx, e, columns[i]!, e.span ?? span);
    });
  });
  const fields = Array.from({ length: width }, (_, i): Field => {
    const type = columns?.[i]?.type ?? commonTypeOf(rows.map((r) => r[i]!.type)) ?? ANY;
    const name = columns?.[i]?.name ?? `col${i}`;
    return {
      name,
      type: type.kind === 'any' ? (commonTypeOf(rows.map((r) => r[i]!.type)) ?? ANY) : type,
      nullable: rows.some((r) => isNullable(r[i]!, [])),
    };
  });
  return valuesQuery(
    rows.map((r) => r.map((e, i) => castTo(e, fields[i]!.type))),
    fields,
  );
}

const isLiteral = (e: Expr): e is LiteralExpr => e.kind === 'literal';

/** Literals are rows at once; other constants are rows of queries without FROM, which the planner folds. */
function valuesQuery(rows: readonly (readonly Expr[])[], fields: readonly Field[]): BoundQuery {
  if (rows.every((row) => row.every(isLiteral))) {
    return { kind: 'values', rows: rows.map((row) => row.filter(isLiteral).map((e) => e.value)), fields };
  }
  const arms = rows.map((row): BoundSelect => {
    const items = row.map((expr, i) => ({ name: fields[i]!.name, expr }));
    const nothing = {
      from: null,
      where: null,
      over: [],
      group: null,
      having: null,
      orderBy: [],
      limit: null,
      emit: null,
      eventTime: null,
    } as const;
    return { kind: 'select', ...nothing, items, distinct: false, key: [], fields, time: NO_TIME };
  });
  if (arms.length === 1) return arms[0]!;
  return { kind: 'union', all: true, arms, orderBy: [], limit: null, emit: null, fields };
}
