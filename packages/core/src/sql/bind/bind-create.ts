import type { Field } from '../../values/column.ts';
import { sameType } from '../../values/type-text.ts';
import type { CreateRelation } from '../ast/index.ts';
import type { CatalogRelation } from '../catalog/catalog.ts';
import { columnSchema } from '../catalog/column-schema.ts';
import { assign } from './assign.ts';
import { bindColumnType } from './bind-cast.ts';
import type { Binder, QueryContext } from './binder.ts';
import type { BoundQuery, BoundStatement } from './bound.ts';
import { checkName } from './check-name.ts';
import type { Scope } from './scope.ts';
import { outputOf } from './targets.ts';

/** CREATE STREAM and TABLE: with AS a query under a name, without it the declaration of a source or sink. */
export function bindCreate(cx: Binder, node: CreateRelation, context: QueryContext): BoundStatement {
  checkName(cx, node.name);
  const object = node.object === 'TABLE' ? 'table' : 'stream';
  const declared = declaredColumns(cx, node);
  if (node.query === undefined) {
    const relation = declaredRelation(cx, node, declared, context);
    return { kind: 'declare', object, name: node.name.text, relation, properties: cx.properties, span: node.span };
  }
  const query = withDeclaredColumns(cx, cx.query(node.query, context), declared, node);
  return { kind: 'create', object, name: node.name.text, query, output: outputOf(cx, node.query), span: node.span };
}

interface Declared {
  readonly field: Field;
  readonly key: boolean;
}

function declaredColumns(cx: Binder, node: CreateRelation): Declared[] {
  const seen = new Set<string>();
  return node.columns.map((column) => {
    const name = column.name.text;
    if (seen.has(name)) cx.report('VS2007', column.name.span, { name });
    seen.add(name);
    const key = column.primaryKey || node.primaryKey.some((k) => k.text === name);
    return { field: { name, type: bindColumnType(cx, column.type), nullable: column.nullable && !key }, key };
  });
}

/** `WATERMARK FOR ts AS ts - INTERVAL '5' SECOND` gives the event time and its delay. */
function declaredRelation(cx: Binder, node: CreateRelation, declared: readonly Declared[], context: QueryContext): CatalogRelation {
  const fields = declared.map((d) => d.field);
  for (const key of node.primaryKey) {
    const known = fields.map((f) => f.name);
    if (fields.length > 0 && !known.includes(key.text)) cx.report('VS2004', key.span, { name: key.text, known, nearest: undefined });
  }
  const watermark = bindWatermark(cx, node, fields, context);
  const configured = cx.properties.get('event.time.field') ?? cx.properties.get(`${node.name.text}.event.time.field`);
  return {
    name: node.name.text,
    kind: node.object === 'TABLE' ? 'table' : 'stream',
    fields,
    open: fields.length === 0,
    eventTime: watermark?.column ?? (configured === undefined ? null : String(configured)),
    watermarkDelayMs: watermark?.delayMs ?? 0,
    key: keyOf(node, declared),
    description: null,
    columns: new Map(fields.map((f) => [f.name, columnSchema(f)])),
    origin: 'declared',
  };
}

const keyOf = (node: CreateRelation, declared: readonly Declared[]): string[] =>
  node.primaryKey.length > 0 ? node.primaryKey.map((k) => k.text) : declared.filter((d) => d.key).map((d) => d.field.name);

function bindWatermark(cx: Binder, create: CreateRelation, fields: readonly Field[], context: QueryContext) {
  const node = create.watermark;
  if (node === undefined) return null;
  const item = {
    kind: 'relation',
    relation: { kind: 'name', name: create.name, span: create.name.span },
    properties: [],
    span: create.name.span,
  } as const;
  const relation = { alias: create.name.text, name: null, explicitAlias: false, fields, offset: 0, open: fields.length === 0, item };
  const row = {
    relations: [relation],
    width: fields.length,
    over: [],
    aggregates: [],
    windowed: false,
    outer: null,
    outerValues: [],
    laterAliases: new Set<string>(),
  };
  const scope: Scope = { row, clause: 'WATERMARK', aliases: null, aliasesFirst: false, inside: null, context };
  const column = node.column.text;
  const known = fields.map((f) => f.name);
  if (fields.length > 0 && !known.includes(column)) cx.report('VS2004', node.column.span, { name: column, known, nearest: undefined });
  const e = cx.expression(node.expression, scope);
  const delay = e.kind === 'arithmetic' && e.op === '-' && e.right.kind === 'literal' ? Number(e.right.value) : 0;
  const isColumn = e.kind === 'column' || e.kind === 'literal' || (e.kind === 'arithmetic' && e.right.kind === 'literal');
  if (!isColumn) cx.report('VS2103', node.expression.span, { feature: 'a watermark that is not the column minus an INTERVAL' });
  return { column, delayMs: Number.isFinite(delay) ? delay : 0 };
}

/** `CREATE STREAM s (a INT, b STRING) AS SELECT …`: the list names and types the columns, from left to right. */
function withDeclaredColumns(cx: Binder, query: BoundQuery, declared: readonly Declared[], node: CreateRelation): BoundQuery {
  if (declared.length === 0 || query.kind !== 'select') return query;
  if (declared.length !== query.items.length) {
    if (!cx.openQueries.has(query))
      cx.report('VS2031', node.name.span, { what: `"${node.name.text}"`, expected: declared.length, found: query.items.length });
    return query;
  }
  const items = query.items.map((item, i) => {
    const { field } = declared[i]!;
    return { name: field.name, expr: assign(cx, item.expr, field, item.expr.span ?? node.name.span) };
  });
  const fields = query.fields.map((f, i) => ({ ...f, name: items[i]!.name, type: items[i]!.expr.type }));
  const marked = declared.flatMap((d, i) => (d.key ? [{ name: d.field.name, expr: items[i]!.expr }] : []));
  const key = marked.length > 0 ? marked : query.key;
  const unchanged = items.every((item, i) => item.name === query.items[i]!.name && sameType(item.expr.type, query.items[i]!.expr.type));
  return unchanged && marked.length === 0 ? query : { ...query, items, fields, key };
}
