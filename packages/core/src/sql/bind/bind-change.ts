import type { RelationName, StatementBody } from '../ast/index.ts';
import type { CatalogRelation } from '../catalog/catalog.ts';
import { assign } from './assign.ts';
import { bindCondition } from './bind-logic.ts';
import { resolveRelation } from './bind-relation.ts';
import type { Binder, QueryContext } from './binder.ts';
import type { BoundStatement } from './bound.ts';
import { nearestName } from './nearest-name.ts';
import { relationInput } from './relation-input.ts';
import type { RowScope, Scope } from './scope.ts';
import { targetName } from './targets.ts';

type Update = StatementBody & { kind: 'update' };
type Delete = StatementBody & { kind: 'delete' };

/** The table that is changed, as the row that conditions and values see. */
function targetScope(
  cx: Binder,
  target: RelationName,
  context: QueryContext,
): { readonly relation: CatalogRelation; readonly scope: Scope } {
  const item = { kind: 'relation', relation: target, properties: [], span: target.span } as const;
  const relation = resolveRelation(cx, item, true);
  const input = relationInput(cx, item, relation);
  const row: RowScope = {
    relations: input.relations,
    width: input.from.fields.length,
    over: [],
    aggregates: [],
    windowed: false,
    outer: null,
    outerValues: [],
    laterAliases: new Set(),
  };
  return {
    relation: { ...relation, fields: input.from.fields },
    scope: { row, clause: 'WHERE', aliases: null, aliasesFirst: false, inside: null, context },
  };
}

/** UPDATE of a materialised table. */
export function bindUpdate(cx: Binder, node: Update, context: QueryContext): BoundStatement {
  const { relation, scope } = targetScope(cx, node.target, context);
  const known = relation.fields.map((f) => f.name);
  const assignments = node.assignments.flatMap(({ column, value }) => {
    const e = cx.expression(value, { ...scope, clause: 'SET' });
    const at = known.indexOf(column.text);
    if (at >= 0) return [{ column: at, value: assign(cx, e, relation.fields[at]!, value.span) }];
    cx.report(
      'VS2004',
      column.span,
      { name: column.text, known, nearest: nearestName(column.text, known) },
      relation.open ? 'warning' : undefined,
    );
    return [];
  });
  const where = node.where === undefined ? null : bindCondition(cx, node.where, scope);
  return { kind: 'update', target: targetName(node.target), assignments, where, span: node.span };
}

/** DELETE from a materialised table. */
export function bindDelete(cx: Binder, node: Delete, context: QueryContext): BoundStatement {
  const { scope } = targetScope(cx, node.target, context);
  const where = node.where === undefined ? null : bindCondition(cx, node.where, scope);
  return { kind: 'delete', target: targetName(node.target), where, span: node.span };
}
