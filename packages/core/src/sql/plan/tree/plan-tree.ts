import type { Expr } from '../../bind/expression.ts';
import type { PlanNode } from '../plan.ts';
import { mapAggregate, mapOver, mapSortKey, mapWindow, timesOf } from './expr-tree.ts';

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
      return present(...node.keys, ...node.aggregates.flatMap((a) => [...a.args, a.filter]), ...timesOf(node.window));
    case 'window-rows':
      return [...node.keys, ...timesOf(node.window)];
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
    case 'rank':
      return node.keys.map((k) => k.expr);
    default:
      return [];
  }
}

/** The same node with `f` applied to every expression of its own; the node itself when none changed. */
export function mapExprsOf(node: PlanNode, f: (e: Expr) => Expr): PlanNode {
  let changed = false;
  const each = (e: Expr): Expr => {
    const mapped = f(e);
    if (mapped !== e) changed = true;
    return mapped;
  };
  const mapped = rebuildWith(node, each);
  return changed ? mapped : node;
}

function rebuildWith(node: PlanNode, f: (e: Expr) => Expr): PlanNode {
  const orNull = (e: Expr | null): Expr | null => (e === null ? null : f(e));
  const pair = (key: { readonly left: Expr; readonly right: Expr }) => ({ left: f(key.left), right: f(key.right) });
  switch (node.kind) {
    case 'scan':
      return { ...node, filter: orNull(node.filter) };
    case 'watermark':
      return { ...node, time: orNull(node.time) };
    case 'filter':
      return { ...node, predicate: f(node.predicate) };
    case 'project':
      return { ...node, items: node.items.map(f), eventTime: orNull(node.eventTime) };
    case 'aggregate':
      return {
        ...node,
        keys: node.keys.map(f),
        aggregates: node.aggregates.map((call) => mapAggregate(call, f)),
        window: node.window && mapWindow(node.window, f),
      };
    case 'window-rows':
      return { ...node, keys: node.keys.map(f), window: mapWindow(node.window, f) };
    case 'over':
      return { ...node, calls: node.calls.map((call) => mapOver(call, f)) };
    case 'join':
      return {
        ...node,
        keys: node.keys.map(pair),
        residual: orNull(node.residual),
        leftTime: orNull(node.leftTime),
        rightTime: orNull(node.rightTime),
      };
    case 'table-join':
      return { ...node, keys: node.keys.map(pair), residual: orNull(node.residual) };
    case 'temporal-join':
      return { ...node, keys: node.keys.map(pair), residual: orNull(node.residual), asOf: f(node.asOf) };
    case 'sort':
    case 'top-n':
    case 'rank':
      return { ...node, keys: node.keys.map((key) => mapSortKey(key, f)) };
    default:
      return node;
  }
}
