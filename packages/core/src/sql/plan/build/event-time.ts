import type { Span } from '../../../diagnostics/span.ts';
import type { TimeSettings } from '../../bind/bound.ts';
import type { Expr } from '../../bind/expression.ts';
import type { JoinNode, PlanNode, PlanWindow, ScanNode, WatermarkNode } from '../plan.ts';
import { sameExpr } from '../tree/expr-key.ts';
import { isRepeatable } from '../tree/expr-traits.ts';
import { columnsOf, someExpr, substitute } from '../tree/expr-tree.ts';
import { inputsOf, withInputs } from '../tree/plan-tree.ts';
import type { BuildContext } from './context.ts';
import { watermarkOver } from './watermark-over.ts';

interface TimeRequest {
  readonly settings: TimeSettings;
  readonly span: Span;
  readonly context: BuildContext;
  /** A declared event time stays, without a word: the join reads its own times (interval predicates). */
  readonly keepDeclared?: boolean;
}

/**
 * Makes `time` the event time of the rows of `node` (§6.2, decision 11). The time is followed down to the source it
 * is read from, so that rows which a filter drops on the way move the watermark too. Where it is computed on the
 * way (an aggregate, a join of two streams), a watermark stands right above that step.
 */
export function assignEventTime(node: PlanNode, time: Expr, request: TimeRequest): PlanNode {
  if (time.kind === 'system' && time.name === '_EVENT_TIME') return node;
  // Rows get the time of the clock right below their window, in order; how late their own times are is of no matter to it.
  if (readsClock(time)) return { ...renewedTime(node, time, 0, request), delayMs: 0 } as WatermarkNode;
  const pushed = pushTime(node, time, request);
  if (pushed !== null) return pushed;
  return renewedTime(node, time, disorderOf(node, time), request);
}

const readsClock = (time: Expr): boolean => someExpr(time, (part) => part.kind === 'call' && part.fn.name === 'now');

/** A watermark of new times above a node; null: they stand in the rows already. `disorderMs`: how far they may lie behind one another. */
export function renewedTime(
  node: PlanNode,
  time: Expr | null,
  disorderMs: number,
  request: Pick<TimeRequest, 'settings' | 'context'>,
): PlanNode {
  const { settings, context } = request;
  return { ...watermarkOver(node, time, settings.watermarkDelayMs ?? disorderMs, settings, context), replaces: true };
}

/**
 * How far the times of rows may lie behind one another where a time is computed on the way: what is allowed at the
 * sources, and what a step adds - the span of a join (a pair comes with its second row), or a window whose rows hold
 * some time within it. The bounds of a window come in order.
 */
export function disorderOf(node: PlanNode, time: Expr): number {
  const beneath = (): number => Math.max(0, ...inputsOf(node).map((input) => disorderOf(input, time)));
  switch (node.kind) {
    case 'watermark':
      return Math.max(beneath(), node.delayMs);
    case 'join':
      return beneath() + spanOf(node);
    case 'aggregate': {
      if (node.window === null) return beneath();
      const isBound = time.kind === 'column' && (time.index === node.keys.length || time.index === node.keys.length + 1);
      return isBound ? 0 : lengthOf(node.window);
    }
    case 'project':
      return disorderOf(node.input, substitute(time, node.items));
    default:
      return beneath();
  }
}

function spanOf(join: JoinNode): number {
  if (join.match.kind === 'interval') return Math.max(Math.abs(join.match.lowerMs), Math.abs(join.match.upperMs));
  return join.match.kind === 'window' ? lengthOf(join.match.window) : 0;
}

const lengthOf = (window: PlanWindow): number => (window.kind === 'session' ? window.gapMs : window.sizeMs);

/** The tree with the time set at its source; null when it cannot be followed that far. */
function pushTime(node: PlanNode, time: Expr, request: TimeRequest): PlanNode | null {
  switch (node.kind) {
    case 'scan':
      return timeOfScan(node, null, time, request);
    case 'watermark':
      return node.input.kind === 'scan' ? timeOfScan(node.input, node, time, request) : pushInto(node, time, request);
    case 'filter':
    case 'limit':
      return pushInto(node, time, request);
    case 'project': {
      if (node.eventTime !== null) return null;
      const below = substitute(time, node.items);
      return isRepeatable(below) ? pushInto(node, below, request) : null;
    }
    case 'over':
    case 'table-join':
      return isWithin(time, node.input.fields.length) ? pushInto(node, time, request) : null;
    case 'union':
      return pushIntoAll(node, time, request);
    default:
      return null;
  }
}

const isWithin = (time: Expr, width: number): boolean => [...columnsOf(time)].every((index) => index < width);

function pushInto(
  node: Exclude<PlanNode, { kind: 'scan' | 'values' | 'join' | 'temporal-join' | 'union' }>,
  time: Expr,
  request: TimeRequest,
): PlanNode | null {
  const input = pushTime(node.input, time, request);
  return input === null ? null : withInputs(node, [input]);
}

function pushIntoAll(node: Extract<PlanNode, { kind: 'union' }>, time: Expr, request: TimeRequest): PlanNode | null {
  const inputs: PlanNode[] = [];
  for (const input of node.inputs) {
    const pushed = pushTime(input, time, request);
    if (pushed === null) return null;
    inputs.push(pushed);
  }
  return withInputs(node, inputs);
}

function timeOfScan(scan: ScanNode, existing: WatermarkNode | null, time: Expr, request: TimeRequest): PlanNode | null {
  const { settings, context } = request;
  if (someExpr(time, (part) => part.kind === 'subquery')) return null;
  const relation = context.relations.get(scan.relation);
  const declared = relation?.eventTime ?? null;
  if (declared !== null && isColumnNamed(time, scan, declared)) return existing ?? scan;
  if (existing?.time && sameExpr(existing.time, time)) return existing;
  if (declared !== null) {
    if (request.keepDeclared) return existing ?? scan;
    context.problems.push(context.problem('VS3001', request.span, { window: nameOf(time), declared, relation: scan.relation }));
  }
  const delayMs = settings.watermarkDelayMs ?? existing?.delayMs ?? relation?.watermarkDelayMs ?? 0;
  return existing === null ? watermarkOver(scan, time, delayMs, settings, context) : { ...existing, time, delayMs };
}

/** The column itself, or a cast of it that only makes a time of it. */
const isColumnNamed = (time: Expr, scan: ScanNode, name: string): boolean =>
  time.kind === 'column' ? scan.columns[time.index] === name : time.kind === 'cast' && isColumnNamed(time.arg, scan, name);

function nameOf(time: Expr): string {
  if (time.kind === 'column' || time.kind === 'system') return time.name;
  if (time.kind === 'cast') return nameOf(time.arg);
  return 'a computed time';
}
