import { assert, unreachable } from '../diagnostics/assert.ts';
import type { PlanNode } from '../sql/plan/plan.ts';
import type { Operator, RuntimeContext } from './operator.ts';
import { operatorPart } from './operator-parts.ts';
import type { AggregateEnv } from './operators/aggregate-rows.ts';
import { makeWatermark } from './operators/watermark.ts';

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
      return operatorPart('window-rows')(node, context, env);
    case 'join':
      return operatorPart('join')(node, context, env);
    case 'table-join':
      return operatorPart('table-join')(node, context, env);
    case 'distinct':
      return operatorPart('distinct')(node, context, env);
    case 'sort':
      return operatorPart('sort')(node, context, env);
    case 'limit':
      return operatorPart('limit')(node, context, env);
    case 'top-n':
      return operatorPart('top-n')(node, context, env);
    case 'rank':
      return operatorPart('rank')(node, context, env);
    case 'union':
      return operatorPart('union')(node, context, env);
    case 'over':
      return operatorPart(node.input.changes === 'append' ? 'over' : 'changing-over')(node, context, env);
    case 'temporal-join':
      return operatorPart('temporal-join')(node, context, env);
    default:
      return unreachable(node);
  }
}

function buildAggregate(node: Extract<PlanNode, { kind: 'aggregate' }>, context: RuntimeContext, env: AggregateEnv): Operator {
  const { window } = node;
  if (window === null) return operatorPart('aggregate')(node, context, env);
  if (window.kind === 'session') return operatorPart('session')({ ...node, window }, context, env);
  assert(window.sizeMs > 0, 'a window has a size');
  return operatorPart('window-aggregate')({ ...node, window }, context, env);
}
