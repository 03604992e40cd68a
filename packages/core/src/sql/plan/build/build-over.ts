import { NO_SPAN } from '../../../diagnostics/span.ts';
import type { OverCall } from '../../bind/expression.ts';
import type { PlanNode } from '../plan.ts';
import { mapOver } from '../tree/expr-tree.ts';
import { type BuiltRow, place } from './built-row.ts';
import type { BuildContext } from './context.ts';

/** R0 to R1: one column more per OVER call. They need rows that stay as they are: a buffer cannot take a row back. */
export function buildOver(row: BuiltRow, calls: readonly OverCall[], context: BuildContext): BuiltRow {
  const [first] = calls;
  if (first === undefined) return row;
  if (row.identity.kind !== 'append') {
    const what = `${first.fn.name.toUpperCase()}(…) OVER`;
    context.problems.push(context.problem('VS3002', first.span ?? NO_SPAN, { what }));
  }
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
