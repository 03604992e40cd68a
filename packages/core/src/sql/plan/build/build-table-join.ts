import type { BoundFrom, BoundJoin, BoundSelect } from '../../bind/bound.ts';
import type { Expr } from '../../bind/expression.ts';
import type { PlanNode } from '../plan.ts';
import { conjunction, moveColumns, replaceColumns, substitute } from '../tree/expr-tree.ts';
import { APPEND, type BuiltRow, place, WHOLE_ROW } from './built-row.ts';
import type { BuildContext } from './context.ts';

type BoundRelation = Extract<BoundFrom, { kind: 'relation' }>;

/** Rows of a table as a join sees them: the table itself, or a sub-query that only picks and filters its columns. */
interface Lookup {
  readonly table: BoundRelation;
  /** The joined columns over the table's. */
  readonly items: readonly Expr[];
  /** Over the table's columns. */
  readonly where: Expr | null;
}

export const isLookup = (from: BoundFrom): boolean => lookupOf(from) !== null;

function lookupOf(from: BoundFrom): Lookup | null {
  if (from.kind === 'relation') {
    if (from.relation.kind !== 'table') return null;
    return {
      table: from,
      items: from.fields.map((field, index) => ({ kind: 'column', index, name: field.name, type: field.type })),
      where: null,
    };
  }
  if (from.kind !== 'derived' || from.query.kind !== 'select' || !isPick(from.query) || from.query.from === null) return null;
  const inner = lookupOf(from.query.from);
  if (inner === null || inner.where !== null) return null;
  const items = from.query.items.map((item) => substitute(item.expr, inner.items));
  return { ...inner, items, where: from.query.where === null ? null : substitute(from.query.where, inner.items) };
}

/** Plain columns and a WHERE: only then is a padded row all NULL, whatever the sub-query computes. */
const isPick = (q: BoundSelect): boolean =>
  q.over.length === 0 &&
  q.group === null &&
  q.having === null &&
  !q.distinct &&
  q.orderBy.length === 0 &&
  q.limit === null &&
  q.items.every((item) => item.expr.kind === 'column');

/**
 * Rows of `left` look up the table. Output: left ++ all columns of the table; `at` picks the joined ones.
 * A WHERE of the sub-query decides which rows match, so it joins the residual.
 */
export function buildTableJoin(join: BoundJoin, left: BuiltRow, right: BoundFrom, context: BuildContext): BuiltRow {
  const lookup = lookupOf(right) as Lookup;
  const { table } = lookup;
  context.relations.set(table.relation.name, table.relation);
  const width = left.node.fields.length;
  const isPadded = join.join === 'left';
  const tableFields = table.fields.map((field) => (isPadded ? { ...field, nullable: true } : field));
  const at = [...left.at, ...lookup.items.map((item) => (item.kind === 'column' ? item.index : 0) + width)];
  const conditions = [
    ...(join.residual === null ? [] : [place({ at }, join.residual)]),
    ...(lookup.where === null ? [] : [moveColumns(lookup.where, (index) => index + width)]),
  ];
  const node: PlanNode = {
    kind: 'table-join',
    join: isPadded ? 'left' : 'inner',
    input: left.node,
    table: table.relation.name,
    tableFields,
    tableColumns: table.fields.map((field) => field.name),
    keys: join.keys.map((key) => ({ left: place(left, key.left), right: replaceColumns(key.right, (i) => lookup.items[i] as Expr) })),
    residual: conjunction(conditions),
    missing: missingPolicy(table),
    fields: [...left.node.fields, ...tableFields],
    changes: 'append',
  };
  return { ...left, node, at, identity: left.identity.kind === 'append' ? APPEND : WHOLE_ROW };
}

/** `'<table>.missing'`, as the binder hands it over with the relation's properties. */
function missingPolicy(table: BoundRelation): 'fail' | 'nulls' | 'skip' {
  const value = table.properties.get('missing') ?? table.properties.get(`${table.relation.name}.missing`);
  return value === 'nulls' || value === 'skip' ? value : 'fail';
}
