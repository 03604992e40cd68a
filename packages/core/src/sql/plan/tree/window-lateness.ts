import type { PlanNode } from '../plan.ts';

/**
 * How long after a window's end rows of it may still come through column `column` of a node: the allowed lateness of the
 * windowed node that makes the column. `null` when the column is no window end that can be traced, so nothing may be freed.
 */
export function windowLateness(node: PlanNode, column: number): number | null {
  switch (node.kind) {
    case 'project': {
      const item = node.items[column];
      return item?.kind === 'column' ? windowLateness(node.input, item.index) : null;
    }
    case 'filter':
    case 'sort':
    case 'limit':
    case 'top-n':
    case 'distinct':
    case 'watermark':
      return windowLateness(node.input, column);
    case 'over':
    case 'rank':
      return column < node.input.fields.length ? windowLateness(node.input, column) : null;
    case 'aggregate':
      if (node.window === null || column !== node.keys.length + 1) return null;
      return keptFor(node.late, node.allowedLatenessMs);
    case 'window-rows':
      return column === node.fields.length - 1 ? keptFor(node.late, node.allowedLatenessMs) : null;
    default:
      return null;
  }
}

/** Under `update-previous` a window may be corrected for as long as its state is kept; how long that is, is not ours to know. */
const keptFor = (late: string, allowedLatenessMs: number): number | null => (late === 'update-previous' ? null : allowedLatenessMs);
