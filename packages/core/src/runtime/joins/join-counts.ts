import type { JoinMetrics } from '../../protocol/query.ts';

/** What a join counts beside what every operator does. Rows are counted per batch, pairs per row: nothing here costs a row its time. */
export type JoinCounts = { -readonly [K in keyof JoinMetrics]: JoinMetrics[K] };

export const newJoinCounts = (): JoinCounts => ({
  leftRows: 0,
  rightRows: 0,
  matches: 0,
  misses: 0,
  leftEvicted: 0,
  rightEvicted: 0,
  leftHeld: 0,
  rightHeld: 0,
  keys: 0,
  openWindows: 0,
  windowsClosed: 0,
  heldMax: 0,
});

/** Rows that came in on a side. */
export function countRows(counts: JoinCounts, port: number, rows: number): void {
  if (port === 0) counts.leftRows += rows;
  else counts.rightRows += rows;
}

/** Rows that a side gave up. */
export function countEvicted(counts: JoinCounts, port: number, rows: number): void {
  if (port === 0) counts.leftEvicted += rows;
  else counts.rightEvicted += rows;
}
