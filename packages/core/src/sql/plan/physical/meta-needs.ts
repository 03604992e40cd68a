import type { Expr, SystemColumn } from '../../bind/expression.ts';
import { childrenOf } from '../../bind/expression-tree.ts';
import type { PlanNode } from '../plan.ts';
import { exprsOf, inputsOf, mapPlan } from '../tree/plan-tree.ts';

const SYSTEM_COLUMNS: readonly SystemColumn[] = ['_TIMESTAMP', '_EVENT_TIME', '_OFFSET', '_PARTITION', '_key', '_topic', '_headers'];

/** What the operators of a plan, and the readers of its output, read beside the payload of their rows, in a fixed order. */
export function metaOf(root: PlanNode, wanted: readonly SystemColumn[] = []): readonly SystemColumn[] {
  const found = new Set<SystemColumn>(wanted);
  const visit = (node: PlanNode): void => {
    if (usesEventTime(node)) found.add('_EVENT_TIME');
    for (const e of exprsOf(node)) collectSystem(e, found);
    for (const input of inputsOf(node)) visit(input);
  };
  visit(root);
  // The message time stands in where a source gives its rows no event time.
  if (found.has('_EVENT_TIME') && readsUntimed(root)) found.add('_TIMESTAMP');
  return SYSTEM_COLUMNS.filter((name) => found.has(name));
}

/** Whether some scan stands under no watermark that takes the time from a column (where a row without one is an error). */
const readsUntimed = (node: PlanNode): boolean =>
  node.kind === 'scan' || (!(node.kind === 'watermark' && node.time !== null) && inputsOf(node).some(readsUntimed));

/** Windows, joins, expiry and FIRST/LAST go by the time of a row. */
const usesEventTime = (node: PlanNode): boolean =>
  node.kind === 'watermark' ||
  node.kind === 'aggregate' ||
  node.kind === 'window-rows' ||
  node.kind === 'over' ||
  node.kind === 'join' ||
  node.kind === 'temporal-join' ||
  (node.kind === 'project' && node.eventTime !== null);

function collectSystem(e: Expr, into: Set<SystemColumn>): void {
  if (e.kind === 'system') into.add(e.name);
  if (e.kind === 'call' && e.fn.evaluateInContext !== undefined) {
    if (e.fn.category === 'header') into.add('_headers');
    else for (const name of ['_TIMESTAMP', '_EVENT_TIME'] as const) into.add(name);
  }
  for (const part of childrenOf(e)) collectSystem(part, into);
}

/** Tells every scan which system columns somebody above may read. */
export const withScanMeta = (root: PlanNode, meta: readonly SystemColumn[]): PlanNode =>
  meta.length === 0 ? root : mapPlan(root, (node) => (node.kind === 'scan' ? { ...node, system: meta } : node));
