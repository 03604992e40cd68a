import type { PlanNode, WatermarkNode } from '../plan.ts';
import { inputsOf, withInputs } from '../tree/plan-tree.ts';

/** What the readers of a node want to know of its watermark. */
export type TimeNeed = 'none' | 'watermark' | 'per-row';

const ORDER: readonly TimeNeed[] = ['none', 'watermark', 'per-row'];
export const strongest = (...needs: readonly TimeNeed[]): TimeNeed =>
  ORDER[Math.max(...needs.map((need) => ORDER.indexOf(need)))] as TimeNeed;

/** What a node itself does with the watermark of its inputs. */
export function needOf(node: PlanNode): TimeNeed {
  switch (node.kind) {
    case 'aggregate':
      return node.window === null ? 'none' : 'watermark';
    case 'window-rows':
      return 'watermark';
    case 'rank':
      return node.windowEnd === null ? 'none' : 'watermark';
    case 'join':
      // A row without a match comes out the moment the watermark passes it: between the right two rows.
      return node.match.kind === 'window' || node.join !== 'inner' ? 'per-row' : 'watermark';
    case 'temporal-join':
      return 'watermark';
    default:
      return 'none';
  }
}

/** What the inputs of a node must tell of their watermark: nothing where it is replaced. */
export const needBelow = (node: PlanNode, need: TimeNeed): TimeNeed => (node.kind === 'watermark' && node.replaces ? 'none' : need);

/** Sets `perRow` of each watermark, and leaves out those without a time of their own that nobody reads. */
export function settleWatermarks(node: PlanNode, above: TimeNeed): PlanNode {
  const own = needOf(node);
  // what takes a row back has the time of that row, which may be behind a watermark that moved within the batch
  const isBehind = own === 'watermark' && inputsOf(node).some((input) => input.changes !== 'append');
  const need = strongest(above, isBehind ? 'per-row' : own);
  const inputs = inputsOf(node).map((input) => settleWatermarks(input, needBelow(node, need)));
  const settled = withInputs(node, inputs);
  if (settled.kind !== 'watermark') return settled;
  if (need === 'none' && settled.time === null && settled.maxFutureMs === null) return settled.input;
  return { ...settled, perRow: need === 'per-row' } satisfies WatermarkNode;
}
