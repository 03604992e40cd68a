import type { Field } from '../../values/column.ts';
import { sameType, typeText } from '../../values/type-text.ts';
import { ANY, type SqlType, STRING } from '../../values/types.ts';
import { commonType, isTime } from '../../values/unify-types.ts';
import type { Query, Union } from '../ast/index.ts';
import { bindOrderBy } from './bind-order.ts';
import { limitOf } from './bind-select.ts';
import type { Binder, QueryContext } from './binder.ts';
import type { BoundQuery, BoundUnion } from './bound.ts';
import { castTo } from './coerce.ts';
import type { Expr } from './expression.ts';
import type { RowScope, Scope } from './scope.ts';

/** UNION [ALL]: names from the first arm, one type per column (§12). A chain of one kind is one node. */
export function bindUnion(cx: Binder, node: Union, context: QueryContext): BoundUnion {
  const nodes = flatten(node, node.all);
  const arms = nodes.map((arm) => cx.query(arm, context));
  const [first] = arms as [BoundQuery];
  for (const [i, arm] of arms.entries()) {
    if (arm.fields.length === first.fields.length) continue;
    cx.report('VS2066', nodes[i]!.span, { expected: first.fields.length, found: arm.fields.length });
  }
  const same = arms.filter((arm) => arm.fields.length === first.fields.length);
  const types = first.fields.map((_, i) => columnType(cx, same, i, nodes));
  const fields = first.fields.map(
    (f, i): Field => ({ name: f.name, type: types[i]!, nullable: same.some((arm) => arm.fields[i]!.nullable) }),
  );
  const union: BoundUnion = {
    kind: 'union',
    all: node.all,
    arms: same.map((arm) => castQuery(arm, types)),
    orderBy: bindUnionOrder(cx, node, fields, context),
    limit: limitOf(node.limit),
    emit: node.emit === undefined ? null : node.emit.mode === 'FINAL' ? 'final' : 'changes',
    fields,
  };
  if (arms.some((arm) => cx.openQueries.has(arm))) cx.openQueries.add(union);
  return union;
}

/** The arms from left to right. UNION removes repeats of all that stands left of it, so only its own chain may be merged. */
function flatten(query: Query, all: boolean): Query[] {
  const arms: Query[] = [];
  let rest: Query = query;
  while (rest.kind === 'union' && rest.all === all && (rest === query || isPlain(rest))) {
    arms.unshift(rest.right);
    rest = rest.left;
  }
  return [rest, ...arms];
}

const isPlain = (u: Union): boolean =>
  u.orderBy.length === 0 && u.limit === undefined && u.emit === undefined && u.into.length === 0 && u.ctes.length === 0;

function columnType(cx: Binder, arms: readonly BoundQuery[], column: number, nodes: readonly Query[]): SqlType {
  const field = arms[0]!.fields[column]!;
  let type: SqlType = field.type;
  for (const [i, arm] of arms.entries()) {
    const other = arm.fields[column]!.type;
    const common = commonType(type, other);
    if (common === undefined) {
      cx.report('VS2067', nodes[i]!.span, { column: field.name, first: typeText(type), other: typeText(other) });
      // beside text a time is read as text, not as the ms that it is inside
      const isText = [type, other].every((t) => t.kind === 'string' || t.kind === 'time' || isTime(t));
      return isText ? STRING : ANY;
    }
    type = common;
  }
  return type;
}

/** `query` with its columns cast to `types`. */
function castQuery(query: BoundQuery, types: readonly SqlType[]): BoundQuery {
  if (query.fields.every((f, i) => sameType(f.type, types[i]!))) return query;
  const fields = query.fields.map((f, i) => ({ ...f, type: types[i]! }));
  if (query.kind === 'union') return { ...query, arms: query.arms.map((arm) => castQuery(arm, types)), fields };
  if (query.kind === 'values') return { ...query, fields };
  return { ...query, items: query.items.map((item, i) => ({ ...item, expr: castTo(item.expr, types[i]!) })), fields };
}

/** ORDER BY of a union: its columns by name or position. */
function bindUnionOrder(cx: Binder, node: Union, fields: readonly Field[], context: QueryContext) {
  const outputs = fields.map((f, index): Expr => ({ kind: 'column', index, name: f.name, type: f.type }));
  const relation = {
    alias: '',
    name: null,
    explicitAlias: false,
    fields,
    offset: 0,
    open: false,
    item: { kind: 'derived', query: node, span: node.span },
  } as const;
  const row: RowScope = {
    relations: [relation],
    width: fields.length,
    over: [],
    aggregates: [],
    windowed: false,
    outer: null,
    outerValues: [],
    laterAliases: new Set(),
  };
  const scope: Scope = { row, clause: 'ORDER BY', aliases: null, aliasesFirst: false, inside: 'ORDER BY of a UNION', context };
  return bindOrderBy(cx, node.orderBy, outputs, scope);
}
