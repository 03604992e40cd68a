import type { Row, Value } from '../../protocol/query.ts';
import type { CellDiff } from '../../protocol/studio/testing.ts';
import { fieldOf } from './check.ts';
import { sameValue, show } from './operators.ts';

export interface RowDiff {
  /** Which actual row each expected one was compared with, by index. */
  readonly pairs: ReadonlyMap<number, number>;
  readonly cells: readonly CellDiff[];
  /** Expected rows that have no counterpart, by index. */
  readonly missing: readonly number[];
  /** Actual rows that nobody expected, by index. */
  readonly extra: readonly number[];
}

export interface DiffOptions {
  readonly ordered: boolean;
  /** Only these columns; absent: those of the expected row. */
  readonly columns?: readonly string[];
  readonly ignore?: readonly string[];
  readonly tolerance?: number;
  /** Rows of the output beyond the expected ones are fine. */
  readonly subset?: boolean;
}

/** Pairs are looked for among this many rows at most; beyond it only exact pairs count. */
const PAIRED_MAX = 2_000;

/** Cell by cell, which expected rows the output lacks or holds otherwise. Columns that the expectation leaves out do not matter. */
export function diffRows(expected: readonly object[], actual: readonly Row[], options: DiffOptions): RowDiff {
  const columnsOf = (row: object): readonly string[] => (options.columns ?? Object.keys(row)).filter((c) => !options.ignore?.includes(c));
  const same = (e: object, a: Row): boolean => columnsOf(e).every((c) => sameValue(fieldOf(a, c), fieldOf(e, c), options.tolerance));
  const cellsOf = (e: object, a: Row, row: number): CellDiff[] =>
    columnsOf(e).flatMap((column) => {
      const want = fieldOf(e, column);
      const got = fieldOf(a, column);
      return sameValue(got, want, options.tolerance) ? [] : [{ row, column, expected: want as Value | undefined, actual: got }];
    });
  if (options.ordered) {
    const cells = expected.flatMap((e, i) => (actual[i] === undefined ? [] : cellsOf(e, actual[i], i)));
    return {
      pairs: new Map(indexes(Math.min(expected.length, actual.length)).map((i) => [i, i])),
      cells,
      missing: indexes(expected.length).slice(actual.length),
      extra: options.subset ? [] : indexes(actual.length).slice(expected.length),
    };
  }
  const { pairs, freeExpected, freeActual } = exactPairs(expected, actual, same);
  const cells: CellDiff[] = [];
  const missing: number[] = [];
  const left = new Set(freeActual);
  for (const i of freeExpected) {
    const e = expected[i] as object;
    const nearest = left.size > PAIRED_MAX || left.size === 0 ? undefined : nearestRow(e, actual, left, columnsOf(e));
    if (nearest === undefined) missing.push(i);
    else {
      left.delete(nearest);
      pairs.set(i, nearest);
      cells.push(...cellsOf(e, actual[nearest] as Row, i));
    }
  }
  return { pairs, cells, missing, extra: options.subset ? [] : [...left] };
}

const indexes = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Takes equal rows off both sides: first by their text, then by comparison, which knows tolerance. */
function exactPairs(
  expected: readonly object[],
  actual: readonly Row[],
  same: (e: object, a: Row) => boolean,
): { pairs: Map<number, number>; freeExpected: number[]; freeActual: number[] } {
  const byText = new Map<string, number[]>();
  const textOf = (row: object, columns: readonly string[]): string => JSON.stringify(columns.map((c) => show(fieldOf(row, c))));
  const columns = Object.keys(expected[0] ?? {});
  for (const [i, row] of actual.entries()) {
    const text = textOf(row, columns);
    const known = byText.get(text);
    if (known) known.push(i);
    else byText.set(text, [i]);
  }
  const taken = new Set<number>();
  const pairs = new Map<number, number>();
  const freeExpected: number[] = [];
  for (const [i, e] of expected.entries()) {
    const list = byText.get(textOf(e, columns));
    const at = list?.find((a) => !taken.has(a) && same(e, actual[a] as Row));
    if (at === undefined) freeExpected.push(i);
    else {
      taken.add(at);
      pairs.set(i, at);
      if (list && list[0] === at) list.shift();
    }
  }
  const freeActual = new Set(indexes(actual.length).filter((i) => !taken.has(i)));
  const still = freeExpected.filter((i) => {
    if (freeActual.size > PAIRED_MAX) return true;
    for (const a of freeActual) {
      if (!same(expected[i] as object, actual[a] as Row)) continue;
      freeActual.delete(a);
      pairs.set(i, a);
      return false;
    }
    return true;
  });
  return { pairs, freeExpected: still, freeActual: [...freeActual] };
}

/** The row that shares most cells; none where it shares none. */
function nearestRow(e: object, actual: readonly Row[], among: ReadonlySet<number>, columns: readonly string[]): number | undefined {
  let best: number | undefined;
  let most = 0;
  for (const a of among) {
    const shared = columns.filter((c) => sameValue(fieldOf(actual[a] as Row, c), fieldOf(e, c))).length;
    if (shared > most) {
      most = shared;
      best = a;
    }
  }
  return best;
}

export const isSame = (diff: RowDiff): boolean => diff.cells.length === 0 && diff.missing.length === 0 && diff.extra.length === 0;

/** What differs, a line each; rows are numbered from 1 as people count. */
export function diffText(diff: RowDiff, expected: readonly object[], actual: readonly Row[], max = 20): string {
  const lines = [
    ...diff.cells.map((c) => `row ${c.row + 1}, ${c.column}: expected ${show(c.expected)}, got ${show(c.actual)}`),
    ...diff.missing.map((i) => `row ${i + 1} is missing: ${show(expected[i])}`),
    ...diff.extra.map((i) => `row ${i + 1} of the output was not expected: ${show(actual[i])}`),
  ];
  return lines.length > max ? [...lines.slice(0, max), `and ${lines.length - max} more differences`].join('\n') : lines.join('\n');
}
