// What windowed aggregations emit, by brute force over the full list of rows: no panes, no incremental state.
import type { PlanWindow } from '../../sql/plan/plan.ts';
import type { Scalar } from '../../values/types.ts';

export interface OracleRow {
  readonly key: string | null;
  readonly value: number | null;
  readonly time: number;
}

export interface OracleOptions {
  readonly window: PlanWindow;
  readonly delayMs: number;
  readonly latenessMs: number;
  readonly emit: 'changes' | 'final';
  readonly changes: 'append' | 'upsert' | 'retract';
}

interface Group {
  readonly key: string | null;
  readonly rows: OracleRow[];
  start: number;
  end: number;
  closed: boolean;
  readonly born: number;
}

const resultsOf = (rows: readonly OracleRow[]): Scalar[] => {
  const values = rows.flatMap(({ value }) => (value === null ? [] : [value]));
  return [
    rows.length,
    values.length === 0 ? null : values.reduce((a, b) => a + b, 0),
    values.length === 0 ? null : Math.min(...values),
    values.length === 0 ? null : Math.max(...values),
    values.length === 0 ? null : values.join(','),
  ];
};

const rowOf = (op: string, g: Group, rows: readonly OracleRow[] = g.rows): Scalar[] => [op, g.key, g.start, g.end, ...resultsOf(rows)];

/** Rows `[op, key, start, end, count, sum, min, max, list]` in the order in which they come out. */
export function windowOracle(input: readonly OracleRow[], o: OracleOptions): Scalar[][] {
  const out: Scalar[][] = [];
  const groups: Group[] = [];
  let watermark = Number.NEGATIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  const isSession = o.window.kind === 'session';
  const due = (end: number, w: number): boolean => (isSession ? w > end : w >= end);
  const kept = (end: number): boolean => (isSession ? watermark <= end + o.latenessMs : watermark < end + o.latenessMs);
  const advance = (to: number): void => {
    const closing = groups.filter((g) => !g.closed && due(g.end, to)).sort((a, b) => a.end - b.end || a.born - b.born);
    for (const g of closing) {
      g.closed = true;
      if (o.emit === 'final') out.push(rowOf('+I', g));
    }
    watermark = to;
  };
  input.forEach((row, index) => {
    if (isSession) addToSession(row, index);
    else addToWindows(row, index);
    highest = Math.max(highest, row.time);
    if (highest - o.delayMs > watermark) advance(highest - o.delayMs);
  });
  advance(Number.POSITIVE_INFINITY);
  return out;

  function emitChange(g: Group, before: readonly OracleRow[] | null): void {
    const isUpdating = o.changes !== 'append';
    if (before !== null && o.changes === 'retract') out.push(rowOf('-U', g, before));
    out.push(rowOf(before !== null && isUpdating ? '+U' : '+I', g));
  }

  function addToWindows(row: OracleRow, index: number): void {
    const w = o.window as Exclude<PlanWindow, { kind: 'session' }>;
    const advanceMs = w.kind === 'sliding' ? w.advanceMs : w.sizeMs;
    for (let start = Math.floor((row.time - w.sizeMs) / advanceMs) * advanceMs; start <= row.time; start += advanceMs) {
      const end = start + w.sizeMs;
      if (row.time >= end) continue;
      const isLate = due(end, watermark);
      if (isLate && !kept(end)) continue;
      let g = groups.find((x) => x.key === row.key && x.start === start);
      const before = g === undefined ? null : [...g.rows];
      if (g === undefined) {
        g = { key: row.key, rows: [], start, end, closed: isLate, born: index };
        groups.push(g);
      }
      g.rows.push(row);
      if (o.emit === 'changes' || isLate) emitChange(g, before);
    }
  }

  function addToSession(row: OracleRow, index: number): void {
    const { gapMs } = o.window as Extract<PlanWindow, { kind: 'session' }>;
    const own = row.time + gapMs;
    const touching = (closed: boolean): Group[] =>
      groups.filter(
        (g) => g.key === row.key && g.closed === closed && (!closed || kept(g.end)) && row.time <= g.end && row.time >= g.start - gapMs,
      );
    const open = touching(false);
    const isLate = open.length === 0 && due(own, watermark);
    if (isLate && !kept(own)) return;
    const merged = (isLate ? touching(true) : open).sort((a, b) => a.start - b.start);
    const before = merged.map((g) => ({ ...g, rows: [...g.rows] }));
    for (const g of merged) groups.splice(groups.indexOf(g), 1);
    const rows = [...merged.flatMap((g) => g.rows), row].sort((a, b) => input.indexOf(a) - input.indexOf(b));
    const g: Group = {
      key: row.key,
      rows,
      start: Math.min(row.time, ...merged.map((m) => m.start)),
      end: Math.max(own, ...merged.map((m) => m.end)),
      closed: isLate,
      born: Math.min(index, ...merged.map((m) => m.born)),
    };
    groups.push(g);
    if (o.emit !== 'changes' && !isLate) return;
    const same = before.find((b) => b.start === g.start && b.end === g.end);
    if (o.changes !== 'append') for (const b of before) if (b !== same) out.push(rowOf('-D', b));
    emitChange(g, same?.rows ?? null);
  }
}
