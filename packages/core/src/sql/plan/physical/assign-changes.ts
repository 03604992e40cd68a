import type { ChangeMode, PlanNode } from '../plan.ts';
import { inputsOf } from '../tree/plan-tree.ts';

type Updating = 'upsert' | 'retract';

/**
 * Decides what each node's output holds, from what its reader can take.
 *
 * Rows update below an EMIT CHANGES aggregate, below a window that takes late corrections, in a top list, and in
 * whatever stands above one of these. A reader that keeps state or filters needs the old row beside the new one
 * (`retract`); the result itself only needs the new one by key (`upsert`).
 */
export function assignChanges(node: PlanNode, wanted: Updating): PlanNode {
  switch (node.kind) {
    case 'scan':
    case 'values':
      return node;
    case 'aggregate': {
      const input = assignChanges(node.input, 'retract');
      return { ...node, input, inputChanges: input.changes, changes: emitsUpdates(node) ? wanted : 'append' };
    }
    case 'top-n':
      return { ...node, input: assignChanges(node.input, 'retract'), changes: wanted };
    case 'sort':
      return sortChanges({ ...node, input: assignChanges(node.input, 'retract') }, wanted);
    case 'limit':
      // Counts what the reader sees: -U rows are none of it.
      return through({ ...node, input: assignChanges(node.input, node.scope === 'query' ? wanted : 'retract') }, wanted);
    case 'watermark':
    case 'project':
      return through({ ...node, input: assignChanges(node.input, wanted) }, wanted);
    case 'filter':
    case 'over':
    case 'window-rows':
    case 'distinct':
    case 'table-join':
      return through({ ...node, input: assignChanges(node.input, 'retract') }, wanted);
    case 'join':
      return through({ ...node, left: assignChanges(node.left, 'retract'), right: assignChanges(node.right, 'retract') }, wanted);
    case 'temporal-join': {
      const left = assignChanges(node.left, 'retract');
      return { ...node, left, right: assignChanges(node.right, 'upsert'), changes: left.changes === 'append' ? 'append' : wanted };
    }
    case 'union':
      return through({ ...node, inputs: node.inputs.map((input) => assignChanges(input, 'retract')) }, wanted);
  }
}

/** Late rows correct windows that are out already, when there is room for them. */
const emitsUpdates = (node: Extract<PlanNode, { kind: 'aggregate' }>): boolean =>
  node.emit === 'changes' || (node.window !== null && (node.allowedLatenessMs > 0 || node.late === 'update-previous'));

/** Sorted once at the end, a result does not change any more; sorted per window, it changes with late corrections. */
const sortChanges = (node: Extract<PlanNode, { kind: 'sort' }>, wanted: Updating): PlanNode =>
  node.scope === 'end' ? { ...node, changes: 'append' } : through(node, wanted);

const through = <N extends PlanNode>(node: N, wanted: Updating): N => ({
  ...node,
  changes: inputsOf(node).every((input) => input.changes === 'append') ? 'append' : (wanted satisfies ChangeMode),
});
