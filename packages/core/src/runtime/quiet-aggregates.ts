import type { Expr, OverCall } from '../sql/bind/expression.ts';
import type { AggregateNode, PlanNode } from '../sql/plan/plan.ts';
import { someExpr } from '../sql/plan/tree/expr-tree.ts';
import { inputsOf } from './plan-inputs.ts';

/**
 * Aggregations whose updates only reach other aggregations, or OVER, by filters and projections: an update that leaves a row as it was
 * changes nothing there, and is not told. (Windows place rows by their times, which an update may move.)
 */
export function quietAggregatesOf(root: PlanNode): ReadonlySet<AggregateNode> {
  const quiet = new Set<AggregateNode>();
  const walk = (node: PlanNode, isTaken: boolean): void => {
    if (node.kind === 'aggregate') {
      if (isTaken && node.window === null && node.emit === 'changes' && node.changes === 'retract') quiet.add(node);
      walk(node.input, node.window === null && !readsBeside(aggregateExprs(node)));
      return;
    }
    if (node.kind === 'over') {
      walk(node.input, node.calls.every(isOfColumns));
      return;
    }
    const passes =
      (node.kind === 'filter' && !readsBeside([node.predicate])) ||
      (node.kind === 'project' && !readsBeside(node.items) && node.eventTime === null);
    for (const input of inputsOf(node)) walk(input, isTaken && passes);
  };
  walk(root, false);
  return quiet;
}

const aggregateExprs = ({ keys, aggregates }: AggregateNode): Expr[] => [
  ...keys,
  ...aggregates.flatMap(({ args, filter }) => (filter === null ? args : [...args, filter])),
];

const isOfColumns = ({ args, filter, partitionBy, orderBy, expireAfterMs, emit }: OverCall): boolean =>
  expireAfterMs === null &&
  emit === 'every-record' &&
  !readsBeside([...args, ...partitionBy, ...orderBy.map((key) => key.expr), ...(filter === null ? [] : [filter])]);

/** Whether something beside the columns is read, such as a row's time. */
const readsBeside = (exprs: readonly Expr[]): boolean =>
  exprs.some((expr) => someExpr(expr, (e) => e.kind === 'system' || (e.kind === 'call' && e.fn.volatility !== 'immutable')));
