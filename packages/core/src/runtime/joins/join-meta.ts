import { type BatchMeta, NO_META } from '../../values/record-batch.ts';

/** Rows of one side of a joined batch; a row of -1 stands for no row. */
export interface MetaSide {
  readonly meta: BatchMeta | null;
  readonly rows: Int32Array;
}

/**
 * What travels beside joined rows (§7.5): the later event time and timestamp; headers of the left row, then of the right one for
 * missing names; the key of the left row, or the right one's. Offset, partition and topic belong to one source and end here.
 */
export function joinMeta(left: MetaSide, right: MetaSide, count: number): BatchMeta {
  return {
    ...NO_META,
    eventTime: later(left, right, 'eventTime', count),
    timestamp: later(left, right, 'timestamp', count),
    key: firstKey(left, right, count),
    headers: mergedHeaders(left, right, count),
  };
}

function later(left: MetaSide, right: MetaSide, name: 'eventTime' | 'timestamp', count: number): Float64Array | null {
  const a = left.meta?.[name] ?? null;
  const b = right.meta?.[name] ?? null;
  if (a === null && b === null) return null;
  const times = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const x = timeAt(a, left.rows[i]!);
    const y = timeAt(b, right.rows[i]!);
    times[i] = x >= y || Number.isNaN(y) ? x : y;
  }
  return times;
}

const timeAt = (values: Float64Array | null, row: number): number => (values === null || row < 0 ? Number.NaN : values[row]!);

function firstKey(left: MetaSide, right: MetaSide, count: number): BatchMeta['key'] {
  const a = left.meta?.key ?? null;
  const b = right.meta?.key ?? null;
  if (a === null && b === null) return null;
  return Array.from({ length: count }, (_, i) => a?.[left.rows[i]!] ?? b?.[right.rows[i]!]);
}

function mergedHeaders(left: MetaSide, right: MetaSide, count: number): BatchMeta['headers'] {
  const a = left.meta?.headers ?? null;
  const b = right.meta?.headers ?? null;
  if (a === null && b === null) return null;
  return Array.from({ length: count }, (_, i) => {
    const own = a?.[left.rows[i]!] ?? null;
    const other = b?.[right.rows[i]!] ?? null;
    return own === null || other === null ? (own ?? other) : new Map([...own, ...missingFrom(own, other)]);
  });
}

const missingFrom = (own: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): [string, string][] =>
  [...other].filter(([name]) => !own.has(name));
