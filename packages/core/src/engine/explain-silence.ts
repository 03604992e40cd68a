import type { PlanNode } from '../sql/plan/plan.ts';
import type { QueryMetrics, Silence } from './api.ts';
import type { GraphNode } from './graph.ts';

type Reason = Silence['reasons'][number];

const rows = (n: number): string => `${n.toLocaleString('en-US')} ${n === 1 ? 'row' : 'rows'}`;
/** `1 row came after its window had closed` */
export const lateText = (n: number): string => `${rows(n)} came after ${n === 1 ? 'its' : 'their'} window had closed`;
export const skippedText = (n: number): string => `${rows(n)} ${n === 1 ? 'was' : 'were'} skipped because of errors`;
const at = (t: number): string => (Number.isFinite(t) && Math.abs(t) < 8.64e15 ? new Date(t).toISOString() : 'the beginning');

/** Why a query gave no rows, from its counters; most likely cause first. */
export function explainSilence(metrics: QueryMetrics, node: GraphNode | null): Silence {
  if (metrics.rowsOut > 0) return { silent: false, reasons: [] };
  const reasons: Reason[] = [];
  if (metrics.status === 'waiting')
    reasons.push({ reason: 'not-started', text: 'Nobody reads the query yet; it starts with its first reader.' });
  if (metrics.status === 'paused') reasons.push({ reason: 'paused', text: 'The query is paused.' });
  if (metrics.rowsIn === 0 && metrics.status !== 'waiting') {
    const names = namesOf(metrics);
    const over = metrics.sources.length > 0 && metrics.sources.every((s) => s.ended);
    reasons.push({ reason: 'no-input', text: over ? `${names} had no rows.` : `No row has come from ${names || 'any source'} yet.` });
  }
  if (metrics.rowErrors > 0) {
    const last = metrics.lastErrors.at(-1);
    reasons.push({
      reason: 'errors',
      count: metrics.rowErrors,
      text: `${skippedText(metrics.rowErrors)}${last ? `; the last: ${last.message}` : ''}.`,
    });
  }
  if (node) for (const operator of metrics.operators) reasons.push(...operatorReasons(operator, node.statement.plan.root, metrics));
  return { silent: true, reasons };
}

const namesOf = (metrics: QueryMetrics): string => metrics.sources.map((s) => `"${s.name}"`).join(' and ');

function operatorReasons(m: QueryMetrics['operators'][number], root: PlanNode, metrics: QueryMetrics): Reason[] {
  const reasons: Reason[] = [];
  const name = m.operator;
  if (m.rowsFiltered > 0 && m.rowsOut === 0) {
    const having = /having/i.test(name) || (hasKind(root, 'aggregate') && m.depth < depthOf(root, 'aggregate'));
    reasons.push({
      reason: having ? 'having' : 'filtered',
      operator: name,
      count: m.rowsFiltered,
      text: `${rows(m.rowsFiltered)} from ${namesOf(metrics) || name}, all removed by ${having ? 'HAVING' : 'WHERE'}.`,
    });
  }
  if (m.rowsLate > 0)
    reasons.push({
      reason: 'late',
      operator: name,
      count: m.rowsLate,
      text: `${lateText(m.rowsLate)} (${name}).`,
    });
  if (/Join/.test(name) && m.rowsIn > 0 && m.rowsOut === 0)
    reasons.push({
      reason: 'join-no-match',
      operator: name,
      count: m.rowsIn,
      text: `${name} read ${rows(m.rowsIn)} and found no pair with equal keys within its bounds.`,
    });
  if (/Window|Session/.test(name) && m.rowsIn > m.rowsLate && m.windowsClosed === 0 && m.stateEntries > 0) {
    const held = metrics.sources.find((s) => !s.ended && s.rowsIn === 0);
    reasons.push({
      reason: 'window-open',
      operator: name,
      count: m.stateEntries,
      text: `No window has closed yet: the watermark stands at ${at(m.watermark)}. A window comes out once an event after its end has been seen, or when the input ends.`,
    });
    if (held)
      reasons.push({ reason: 'watermark-held', operator: name, text: `The watermark waits for "${held.name}", which has not sent a row.` });
  }
  return reasons;
}

const children = (node: PlanNode): readonly PlanNode[] => {
  if (node.kind === 'union') return node.inputs;
  if (node.kind === 'join' || node.kind === 'temporal-join') return [node.left, node.right];
  return node.kind === 'scan' || node.kind === 'values' ? [] : [node.input];
};
const hasKind = (node: PlanNode, kind: PlanNode['kind']): boolean => node.kind === kind || children(node).some((c) => hasKind(c, kind));
const depthOf = (node: PlanNode, kind: PlanNode['kind'], depth = 0): number => {
  if (node.kind === kind) return depth;
  return Math.max(-1, ...children(node).map((c) => depthOf(c, kind, depth + 1)));
};
