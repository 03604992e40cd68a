import { NO_SPAN } from '../../../diagnostics/span.ts';
import type { OverCall } from '../../bind/expression.ts';
import type { PlanNode } from '../plan.ts';
import { exprKey, sortKeyText } from '../tree/expr-key.ts';
import { mapOver } from '../tree/expr-tree.ts';
import { type BuiltRow, place } from './built-row.ts';
import type { BuildContext } from './context.ts';

/**
 * R0 to R1: one column more per OVER call. Over rows that change, each call needs an order by which a row has its place among all rows of
 * its partition; what is about the latest rows to arrive (a buffer, no ORDER BY) needs rows that stay as they are.
 */
export function buildOver(row: BuiltRow, calls: readonly OverCall[], context: BuildContext): BuiltRow {
  if (calls.length === 0) return row;
  if (row.identity.kind === 'append') return withCalls(row, calls);
  for (const call of calls) {
    if (!call.isBuffered && call.orderBy.length > 0) continue;
    const what = `${call.fn.name.toUpperCase()}(…) OVER`;
    context.problems.push(context.problem('VS3002', call.span ?? NO_SPAN, { what }));
    return withCalls(row, calls);
  }
  return withCallsApart(row, calls);
}

function withCalls(row: BuiltRow, calls: readonly OverCall[]): BuiltRow {
  const width = row.node.fields.length;
  const placed = calls.map((call) => mapOver(call, (e) => place(row, e)));
  const node: PlanNode = {
    kind: 'over',
    input: row.node,
    calls: placed,
    fields: [...row.node.fields, ...placed.map((call, i) => ({ name: `${call.fn.name}_over_${i + 1}`, type: call.type, nullable: true }))],
    changes: 'append',
  };
  return { ...row, node, at: [...row.at, ...calls.map((_, i) => width + i)] };
}

/** One node for each PARTITION BY and ORDER BY: a change of a row is told once per order of rows. */
function withCallsApart(row: BuiltRow, calls: readonly OverCall[]): BuiltRow {
  const shapeOf = ({ partitionBy, orderBy }: OverCall): string => `${partitionBy.map(exprKey).join()} ${orderBy.map(sortKeyText).join()}`;
  const shapes = [...new Set(calls.map(shapeOf))];
  const at = new Map<OverCall, number>();
  let built = row;
  for (const shape of shapes) {
    const own = calls.filter((call) => shapeOf(call) === shape);
    own.forEach((call, i) => {
      at.set(call, built.node.fields.length + i);
    });
    built = { ...withCalls({ ...built, at: row.at }, own), at: row.at };
  }
  return { ...built, at: [...row.at, ...calls.map((call) => at.get(call) as number)] };
}
