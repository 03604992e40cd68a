import type { Field } from '../../values/column.ts';
import type { AggregateCall, Expr, SystemColumn } from '../bind/expression.ts';
import { walkExpr } from '../bind/expression-tree.ts';
import { nodeLabel } from './explain/node-label.ts';
import type { AggregateNode, PlanNode, QueryPlan, WatermarkNode } from './plan.ts';
import { inputsOf } from './tree/plan-tree.ts';

/** Whether a plan can run over parts of its input at once: up to which aggregation, or why not. */
export type PlanSplit =
  | {
      readonly kind: 'split';
      readonly node: AggregateNode;
      /** The relation that is read in parts, and its columns. */
      readonly relation: string;
      readonly fields: readonly Field[];
      /** Its rows have the time at which they were read. */
      readonly isTimed: boolean;
    }
  | { readonly kind: 'whole'; readonly reason: string };

/** System columns that tell when a row happened or was read: parts have them as well. */
const isTime = (name: SystemColumn): boolean => name === '_EVENT_TIME' || name === '_TIMESTAMP';
const COUNTED = 'system columns are counted over the whole input';

const whole = (reason: string): PlanSplit => ({ kind: 'whole', reason });

/** Aggregates whose states of two parts can be joined, besides those that are finished from sums. */
const JOINABLE: ReadonlySet<string> = new Set(['count', 'count_distinct', 'approx_count_distinct', 'min', 'max']);

/**
 * Finds the lowest aggregation whose state over parts of the input, joined in their order, is its state over all of it. What is above
 * runs behind the join.
 */
export function splitPlan(plan: QueryPlan): PlanSplit {
  let aggregate: AggregateNode | null = null;
  const below: PlanNode[] = [];
  for (let node = plan.root; ; node = inputsOf(node)[0] as PlanNode) {
    if (inputsOf(node).length > 1) return whole('rows of several inputs meet in one order');
    if (node.kind === 'aggregate') {
      aggregate = node;
      below.length = 0;
    } else below.push(node);
    if (inputsOf(node).length === 0) break;
  }
  const scan = below.at(-1);
  if (scan?.kind !== 'scan') return whole('it reads no source');
  if (aggregate === null) return whole('there is no aggregation, and rows keep their order');
  const isRead = aggregate.window !== null && below.some((node) => node.kind === 'watermark' && node.time === null);
  const reason =
    reasonOf(aggregate) ??
    (isRead ? 'windows over the time of reading follow one clock' : null) ??
    below.map(reasonBelow).find((r) => r !== null) ??
    readsContext(plan, [aggregate, ...below]);
  return reason === null
    ? { kind: 'split', node: aggregate, relation: scan.relation, fields: scan.fields, isTimed: scan.system.includes('_TIMESTAMP') }
    : whole(reason);
}

function reasonOf(node: AggregateNode): string | null {
  if (node.emit === 'changes') return 'EMIT CHANGES gives a row for each record, in their order';
  if (node.window?.kind === 'session') return 'a session may reach from one part of the input into the next';
  if (node.inputChanges !== 'append') return 'the input of the aggregation takes rows back';
  if (node.allowedLatenessMs > 0 || node.late !== 'drop') return 'late rows change windows that are closed';
  const ordered = node.aggregates.find((call) => !isJoinable(call));
  return ordered === undefined ? null : `${ordered.fn.name.toUpperCase()} takes its rows in order`;
}

function isJoinable({ fn, args, distinct }: AggregateCall): boolean {
  if (fn.ordered === true) return false;
  const isMoment = args.length <= 1 && fn.moments?.(args.map((arg) => arg.type)) !== undefined;
  return isMoment || (JOINABLE.has(fn.name) && (!distinct || fn.name !== 'approx_count_distinct'));
}

function reasonBelow(node: PlanNode): string | null {
  if (node.kind === 'watermark') return watermarkReason(node);
  if (node.kind === 'scan') return node.system.every(isTime) ? null : COUNTED;
  return node.kind === 'filter' || node.kind === 'project' ? null : `${nodeLabel(node)} below the aggregation takes its rows in order`;
}

function watermarkReason(node: WatermarkNode): string | null {
  if (node.replaces === true) return 'event times are computed on the way';
  return node.maxFutureMs !== null ? 'events ahead of the clock are told by the clock' : null;
}

/** Expressions that look at more than the columns of their row. */
function readsContext(plan: QueryPlan, nodes: readonly PlanNode[]): string | null {
  if (!plan.meta.every(isTime)) return COUNTED;
  let reason: string | null = null;
  const look = (e: Expr): void => {
    if (e.kind === 'subquery') reason ??= 'a sub-query looks at a table as it is at that moment';
    else if (e.kind === 'system') reason ??= COUNTED;
    else if (e.kind === 'call' && e.fn.volatility !== 'immutable') reason ??= `${e.fn.name.toUpperCase()} depends on more than its row`;
  };
  for (const node of nodes) for (const e of expressionsOf(node)) walkExpr(e, look);
  return reason;
}

function expressionsOf(node: PlanNode): readonly Expr[] {
  switch (node.kind) {
    case 'aggregate':
      return [...node.keys, ...node.aggregates.flatMap((call) => (call.filter === null ? call.args : [...call.args, call.filter]))];
    case 'filter':
      return [node.predicate];
    case 'project':
      return node.eventTime === null ? node.items : [...node.items, node.eventTime];
    case 'watermark':
      return node.time === null ? [] : [node.time];
    case 'scan':
      return node.filter === null ? [] : [node.filter];
    default:
      return [];
  }
}
