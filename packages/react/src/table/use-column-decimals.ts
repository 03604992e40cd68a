import { useRef } from 'react';
import type { LiveColumn, LiveRow } from '../query/live-query.ts';
import { decimalsOf } from '../query-results/cell-text.ts';

const ROWS_READ = 200;
/** Decimals of numbers beyond one; those below need more to say anything. */
const DECIMALS_LARGE = 4;

/** Decimals of each column by its newest rows, so that points stand below each other. They may become more, never fewer: live rows would jump. */
export function useColumnDecimals(columns: readonly LiveColumn[], rows: readonly LiveRow[]): readonly (number | undefined)[] {
  const known = useRef<{ readonly columns: readonly LiveColumn[]; readonly decimals: readonly (number | undefined)[] }>(null);
  const newest = rows.slice(-ROWS_READ);
  const before = known.current?.columns === columns ? known.current.decimals : [];
  const decimals = columns.map((column, i) => {
    const wanted = decimalsOf(newest, column);
    if (wanted === undefined) return undefined;
    const isLarge = newest.some((row) => Math.abs(Number(row[column.name])) >= 1);
    return Math.max(before[i] ?? 0, isLarge ? Math.min(DECIMALS_LARGE, wanted) : wanted);
  });
  if (before.length === 0 || decimals.some((n, i) => n !== before[i])) known.current = { columns, decimals };
  return known.current?.decimals ?? decimals;
}
