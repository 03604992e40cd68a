import type { PartitionView } from '../define.ts';

/** Index of the first row that is equal to the current one in the ORDER BY. */
export function firstPeer(view: PartitionView): number {
  let row = view.position;
  while (row > 0 && view.peers(row - 1, view.position)) row--;
  return row;
}

/** Index behind the last row that is equal to the current one. */
export function behindPeers(view: PartitionView): number {
  let row = view.position + 1;
  while (row < view.size && view.peers(row, view.position)) row++;
  return row;
}
