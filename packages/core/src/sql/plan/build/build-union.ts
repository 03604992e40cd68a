import type { Field } from '../../../values/column.ts';
import { sameType } from '../../../values/type-text.ts';
import type { BoundUnion } from '../../bind/bound.ts';
import type { Expr } from '../../bind/expression.ts';
import type { PlanNode } from '../plan.ts';
import { buildOrder } from './build-order.ts';
import { DISTINCT_ROWS_MAX } from './build-output.ts';
import { APPEND, type BuiltQuery, columnOf, type Identity, identityOn, WHOLE_ROW } from './built-row.ts';
import type { BuildContext, Emit } from './context.ts';

/** Arms side by side; without ALL only the first of equal rows passes. EMIT of the whole reaches each arm. */
export function buildUnion(q: BoundUnion, inherited: Emit | null, context: BuildContext): BuiltQuery {
  const emit = q.emit ?? inherited;
  const arms = q.arms.map((arm) => context.query(arm, emit));
  const isAppend = arms.every((arm) => arm.identity.kind === 'append');
  const union: PlanNode = { kind: 'union', inputs: arms.map((arm) => armOf(arm, q.fields)), fields: q.fields, changes: 'append' };
  const node: PlanNode = q.all
    ? union
    : { kind: 'distinct', input: union, maxRows: DISTINCT_ROWS_MAX, windowEnd: null, fields: q.fields, changes: 'append' };
  const updating: Identity = q.all ? WHOLE_ROW : { kind: 'key', columns: identityOn(q.fields) };
  const built: BuiltQuery = { node, visible: q.fields.length, identity: isAppend ? APPEND : updating, window: null, messageKey: [] };
  return buildOrder(built, { orderBy: q.orderBy, limit: q.limit, emit, perWindow: false }, context);
}

/** The visible columns of an arm in the types of the union. */
function armOf(arm: BuiltQuery, fields: readonly Field[]): PlanNode {
  const items = fields.map((field, i): Expr => {
    const own = arm.node.fields[i] as Field;
    const column = columnOf(own, i);
    return sameType(own.type, field.type) ? column : { kind: 'cast', arg: column, safe: false, type: field.type };
  });
  const isExact = arm.node.fields.length === fields.length && items.every((item) => item.kind === 'column');
  if (isExact) return arm.node;
  return { kind: 'project', input: arm.node, items, eventTime: null, fields, changes: 'append' };
}
