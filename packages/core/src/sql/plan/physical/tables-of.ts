import type { Expr } from '../../bind/expression.ts';
import { childrenOf } from '../../bind/expression-tree.ts';
import type { PlanNode } from '../plan.ts';
import { exprsOf, inputsOf } from '../tree/plan-tree.ts';

/** Tables that must be materialised before the plan reads its first row: those that joins and sub-queries look up. */
export function tablesOf(root: PlanNode): readonly string[] {
  const found = new Set<string>();
  const visit = (node: PlanNode): void => {
    if (node.kind === 'table-join') found.add(node.table);
    for (const e of exprsOf(node)) collectTables(e, found);
    for (const input of inputsOf(node)) visit(input);
  };
  visit(root);
  return [...found];
}

function collectTables(e: Expr, into: Set<string>): void {
  if (e.kind === 'subquery') {
    into.add(e.table);
    for (const inner of [e.where, e.select]) if (inner !== null) collectTables(inner, into);
    for (const call of e.aggregates)
      for (const inner of [...call.args, ...(call.filter === null ? [] : [call.filter])]) collectTables(inner, into);
  }
  for (const part of childrenOf(e)) collectTables(part, into);
}
