import type { Expr } from '../../sql/bind/expression.ts';
import type { PlanNode } from '../../sql/plan/plan.ts';

/** Whether an expression over a node's rows is their event time, so that the node's watermark says what may still come. */
export function followsEventTime(node: PlanNode, expr: Expr): boolean {
  if (expr.kind === 'system') return expr.name === '_EVENT_TIME';
  if (expr.kind === 'cast') return expr.type.kind === 'timestamp' && expr.arg.type.kind !== 'string' && followsEventTime(node, expr.arg);
  if (expr.kind !== 'column') return false;
  switch (node.kind) {
    case 'watermark':
      return node.time === null ? followsEventTime(node.input, expr) : node.time.kind === 'column' && node.time.index === expr.index;
    case 'filter':
      return followsEventTime(node.input, expr);
    case 'project': {
      const item = node.items[expr.index];
      return node.eventTime === null && item !== undefined && followsEventTime(node.input, item);
    }
    case 'over':
      return expr.index < node.input.fields.length && followsEventTime(node.input, expr);
    default:
      return false;
  }
}
