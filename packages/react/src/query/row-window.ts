import type { LiveRow } from './live-query.ts';

/** The rows that are kept for showing. Holds at most `2 * rowsMax` rows at any time. */
export interface RowWindow {
  add(row: LiveRow): void;
  /** At most `rowsMax` rows, as a new array. */
  rows(): readonly LiveRow[];
  /** Rows that had to leave, not counting those replaced by a newer row of their key. */
  dropped(): number;
}

/** Keeps the newest `rowsMax` rows. */
export function newestRows(rowsMax: number): RowWindow {
  let kept: LiveRow[] = [];
  let seen = 0;
  return {
    add(row) {
      seen++;
      kept.push(row);
      // Trimmed in strides, so that a row costs constant time however large the window is.
      if (kept.length >= 2 * rowsMax) kept = kept.slice(-rowsMax);
    },
    rows: () => kept.slice(-rowsMax),
    dropped: () => Math.max(0, seen - rowsMax),
  };
}

/** Keeps the last row of each key, for at most `rowsMax` keys: the key that was seen first leaves first. */
export function lastRowPerKey(rowsMax: number, keyOf: (row: LiveRow) => unknown): RowWindow {
  const byKey = new Map<unknown, LiveRow>();
  let dropped = 0;
  return {
    add(row) {
      byKey.set(keyOf(row), row);
      if (byKey.size <= rowsMax) return;
      byKey.delete(byKey.keys().next().value);
      dropped++;
    },
    rows: () => [...byKey.values()],
    dropped: () => dropped,
  };
}
