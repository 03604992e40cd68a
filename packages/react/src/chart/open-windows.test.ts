import { describe, expect, test } from 'vitest';
import { timeSeries } from './chart-data.ts';
import { chartSummary } from './chart-summary.ts';
import { withOpenWindows } from './open-windows.ts';

const MINUTE = 60_000;
const chart = { kind: 'line', x: 'window_start', y: ['n'] } as const;
const BOUNDS = [
  { name: 'window_start', type: 'INTEGER', windowBound: true },
  { name: 'window_end', type: 'INTEGER', windowBound: true },
  { name: 'n', type: 'INTEGER' },
] as const;
const rows = Array.from({ length: 5 }, (_, i) => ({ window_start: i * MINUTE, window_end: (i + 1) * MINUTE, n: i === 4 ? 2 : 100 }));
const openFrom = (watermark: number | null | undefined, columns: typeof BOUNDS | [(typeof BOUNDS)[0], (typeof BOUNDS)[2]] = BOUNDS) =>
  withOpenWindows(timeSeries(chart, columns, rows), { chart, columns, rows, watermark }).openFrom;

describe('windows that are still open', () => {
  test('are those that end behind the watermark', () => {
    expect(openFrom(4.5 * MINUTE)).toBe(4 * MINUTE);
    expect(openFrom(3.5 * MINUTE)).toBe(3 * MINUTE);
    expect(openFrom(5 * MINUTE)).toBeUndefined();
  });

  test('are found by the distance of windows where rows have one bound', () => {
    expect(openFrom(4.5 * MINUTE, [BOUNDS[0], BOUNDS[2]])).toBe(4 * MINUTE);
  });

  test('are none where the query has ended or tells no watermark', () => {
    expect(openFrom(null)).toBeUndefined();
    expect(openFrom(undefined)).toBeUndefined();
    expect(openFrom(Number.POSITIVE_INFINITY)).toBeUndefined();
  });

  test('are the newest one of a query that has not told yet how far it is', () => {
    expect(openFrom(Number.NEGATIVE_INFINITY)).toBe(4 * MINUTE);
  });

  test('are told to those who do not see the line', () => {
    const data = withOpenWindows(timeSeries(chart, BOUNDS, rows), { chart, columns: BOUNDS, rows, watermark: 4.5 * MINUTE });
    expect(chartSummary(chart, data)).toMatch(/The newest window is still open\.$/);
  });
});
