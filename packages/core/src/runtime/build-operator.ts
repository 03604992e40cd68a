import { assert, unreachable } from '../diagnostics/assert.ts';
import type { PlanNode } from '../sql/plan/plan.ts';
import type { Operator, RuntimeContext } from './operator.ts';
import { makeAggregate } from './operators/aggregate.ts';
import type { AggregateEnv } from './operators/aggregate-rows.ts';
import { makeDistinct } from './operators/distinct.ts';
import { makeJoin } from './operators/join.ts';
import { makeLimit } from './operators/limit.ts';
import { makeOver } from './operators/over.ts';
import { makeSessionAggregate } from './operators/session-aggregate.ts';
import { makeSort } from './operators/sort.ts';
import { makeTableJoin } from './operators/table-join.ts';
import { makeTemporalJoin } from './operators/temporal-join.ts';
import { makeTopN } from './operators/top-n.ts';
import { makeUnion } from './operators/union.ts';
import { makeWatermark } from './operators/watermark.ts';
import { makeWindowAggregate } from './operators/window-aggregate.ts';
import { makeWindowRows } from './operators/window-rows.ts';

/** Nodes that become an operator of their own: filters and projections are fused, scans and values feed. */
export type OperatorNode = Exclude<PlanNode, { kind: 'scan' | 'values' | 'filter' | 'project' }>;

/** An operator that may need no more input. */
export type AnyOperator = Operator & { readonly complete?: boolean };

export function buildOperator(node: OperatorNode, context: RuntimeContext, aggregates: AggregateEnv): AnyOperator {
  const { env } = aggregates;
  switch (node.kind) {
    case 'watermark':
      return makeWatermark(node, context, env);
    case 'aggregate':
      return buildAggregate(node, context, aggregates);
    case 'window-rows':
      return makeWindowRows(node, context, env);
    case 'join':
      return makeJoin(node, context, env);
    case 'table-join':
      return makeTableJoin(node, context, env);
    case 'distinct':
      return makeDistinct(node, context, env);
    case 'sort':
      return makeSort(node, context, env);
    case 'limit':
      return makeLimit(node, context, env);
    case 'top-n':
      return makeTopN(node, context, env);
    case 'union':
      return makeUnion(node, context, env);
    case 'over':
      return makeOver(node, context, env);
    case 'temporal-join':
      return makeTemporalJoin(node, context, env);
    default:
      return unreachable(node);
  }
}

function buildAggregate(node: Extract<PlanNode, { kind: 'aggregate' }>, context: RuntimeContext, env: AggregateEnv): Operator {
  const { window } = node;
  if (window === null) return makeAggregate(node, context, env);
  if (window.kind === 'session') return makeSessionAggregate({ ...node, window }, context, env);
  assert(window.sizeMs > 0, 'a window has a size');
  return makeWindowAggregate({ ...node, window }, context, env);
}

/** Inputs of a node in the order of the operator's ports. */
export function inputsOf(node: PlanNode): readonly PlanNode[] {
  switch (node.kind) {
    case 'scan':
    case 'values':
      return [];
    case 'join':
    case 'temporal-join':
      return [node.left, node.right];
    case 'union':
      return node.inputs;
    default:
      return [node.input];
  }
}
