import type { ChangeMode, PlanNode } from '../plan.ts';
import { inputsOf } from '../tree/plan-tree.ts';

type Updating = 'upsert' | 'retract';

/**
 * Decides what each node's output holds, from what its reader can take.
 *
 * Rows update below an EMIT CHANGES aggregate, below a window that takes late corrections, in a top list, and in
 * whatever stands above one of these. A reader that keeps state or filters needs the old row beside the new one
 * (`retract`); the result itself only needs the new one by key (`upsert`), and may get both. Aggregates are the ones
 * that give what is wanted; all others hand on what they are given.
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
      return { ...node, input: assignChanges(node.input, 'retract'), changes: 'retract' };
    case 'rank':
      return { ...node, input: assignChanges(node.input, 'retract'), changes: node.emit === 'final' ? 'append' : 'retract' };
    case 'sort': {
      // Sorted once at the end, a result does not change any more; sorted per window, late corrections pass as they come.
      const input = assignChanges(node.input, node.scope === 'end' ? 'retract' : wanted);
      return { ...node, input, changes: node.scope === 'end' ? 'append' : input.changes };
    }
    case 'limit':
      // Counts what the reader sees: -U rows are none of it.
      return through({ ...node, input: assignChanges(node.input, node.scope === 'query' ? wanted : 'retract') });
    case 'watermark':
    case 'project':
      return through({ ...node, input: assignChanges(node.input, wanted) });
    case 'filter':
    case 'over':
    case 'window-rows':
    case 'distinct':
    case 'table-join':
      return through({ ...node, input: assignChanges(node.input, 'retract') });
    case 'join':
      return through({ ...node, left: assignChanges(node.left, 'retract'), right: assignChanges(node.right, 'retract') });
    case 'temporal-join': {
      const left = assignChanges(node.left, 'retract');
      return { ...node, left, right: assignChanges(node.right, 'upsert'), changes: left.changes };
    }
    case 'union':
      return through({ ...node, inputs: node.inputs.map((input) => assignChanges(input, 'retract')) });
  }
}

/** Late rows correct windows that are out already, when there is room for them. */
const emitsUpdates = (node: Extract<PlanNode, { kind: 'aggregate' }>): boolean =>
  node.emit === 'changes' || (node.window !== null && (node.allowedLatenessMs > 0 || node.late === 'update-previous'));

const STRENGTH: readonly ChangeMode[] = ['append', 'upsert', 'retract'];

const through = <N extends PlanNode>(node: N): N => {
  const strongest = Math.max(...inputsOf(node).map((input) => STRENGTH.indexOf(input.changes)));
  return { ...node, changes: STRENGTH[strongest] as ChangeMode };
};
