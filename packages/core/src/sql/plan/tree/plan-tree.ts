import type { Expr } from '../../bind/expression.ts';
import type { PlanNode } from '../plan.ts';

/** The nodes that a node reads, left to right. */
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

/** The same node over other inputs; the node itself when none changed. */
export function withInputs(node: PlanNode, inputs: readonly PlanNode[]): PlanNode {
  const before = inputsOf(node);
  if (before.every((input, i) => input === inputs[i])) return node;
  const [first, second] = inputs as [PlanNode, PlanNode];
  switch (node.kind) {
    case 'scan':
    case 'values':
      return node;
    case 'join':
    case 'temporal-join':
      return { ...node, left: first, right: second };
    case 'union':
      return { ...node, inputs };
    default:
      return { ...node, input: first };
  }
}

/** Rewrites from the leaves up. */
export const mapPlan = (node: PlanNode, f: (node: PlanNode) => PlanNode): PlanNode =>
  f(
    withInputs(
      node,
      inputsOf(node).map((input) => mapPlan(input, f)),
    ),
  );

export const somePlan = (node: PlanNode, test: (node: PlanNode) => boolean): boolean =>
  test(node) || inputsOf(node).some((input) => somePlan(input, test));

/** Every expression of the node itself, whatever row it stands over. */
export function exprsOf(node: PlanNode): readonly Expr[] {
  const present = (...exprs: readonly (Expr | null)[]): Expr[] => exprs.filter((e) => e !== null);
  switch (node.kind) {
    case 'scan':
      return present(node.filter);
    case 'watermark':
      return present(node.time);
    case 'filter':
      return [node.predicate];
    case 'project':
      return present(...node.items, node.eventTime);
    case 'aggregate':
      return present(...node.keys, ...node.aggregates.flatMap((a) => [...a.args, a.filter]));
    case 'window-rows':
      return node.keys;
    case 'over':
      return present(...node.calls.flatMap((c) => [...c.args, c.filter, ...c.partitionBy, ...c.orderBy.map((k) => k.expr)]));
    case 'join':
      return present(...node.keys.flatMap((k) => [k.left, k.right]), node.residual, node.leftTime, node.rightTime);
    case 'table-join':
      return present(...node.keys.flatMap((k) => [k.left, k.right]), node.residual);
    case 'temporal-join':
      return present(...node.keys.flatMap((k) => [k.left, k.right]), node.residual, node.asOf);
    case 'sort':
    case 'top-n':
      return node.keys.map((k) => k.expr);
    default:
      return [];
  }
}
