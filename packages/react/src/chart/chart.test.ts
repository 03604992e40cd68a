import { describe, expect, test } from 'vitest';
import { sampleWindows, WINDOW_COLUMNS } from '../testing/samples/sample-results.ts';
import { chartFor, kindsFor } from '../ui/results/chart-kinds.ts';
import { categories, numberOf, timeSeries } from './chart-data.ts';
import { chartSummary } from './chart-summary.ts';
import { placeText } from './point-text.ts';
import { colorsFor, OTHER, seriesColors } from './series-colors.ts';

const LINE = { kind: 'line', x: 'window_end', y: ['volume'], series: 'symbol', score: 1, reason: '' } as const;

describe('chart data', () => {
  test('one series per label, in the order of time', () => {
    const { series, points } = timeSeries(LINE, WINDOW_COLUMNS, sampleWindows(5).toReversed());
    expect([...series].sort()).toEqual(['AAPL', 'AMZN', 'MSFT', 'NVDA']);
    expect(points.map(({ x }) => x)).toEqual([...points.map(({ x }) => x)].sort());
    expect(points).toHaveLength(5);
  });

  test('beyond eight series the smallest are added up as other', () => {
    const symbols = Array.from({ length: 12 }, (_, i) => `S${i}`);
    const rows = symbols.map((symbol, i) => ({ symbol, volume: i + 1, window_end: 0 }));
    const { series, points } = timeSeries(LINE, WINDOW_COLUMNS, rows);
    expect(series).toHaveLength(8);
    expect(series.at(-1)).toBe(OTHER);
    expect(points[0]?.values.at(-1)).toBe(1 + 2 + 3 + 4 + 5);
  });

  test('ten thousand points are thinned without losing a peak', () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => ({ symbol: 'A', volume: i === 7_321 ? 1e9 : i % 7, window_end: i }));
    const { points, pointsTotal } = timeSeries(LINE, WINDOW_COLUMNS, rows);
    expect(pointsTotal).toBe(10_000);
    expect(points.length).toBeLessThanOrEqual(300);
    expect(Math.max(...points.map(({ values }) => values[0] ?? 0))).toBe(1e9);
  });

  test('versions of a window are one place under any alias, however many come', () => {
    const rows = Array.from({ length: 3_000 }, (_, i) => ({ minute: (i % 20) * 60_000, volume: i }));
    const chart = { kind: 'line', x: 'minute', y: ['volume'], score: 1, reason: '' } as const;
    const columns = (mark: object) => [
      { name: 'minute', type: 'INTEGER', format: 'epoch-ms' as const, ...mark },
      { name: 'volume', type: 'INTEGER' },
    ];
    const windows = timeSeries(chart, columns({ windowBound: true }), rows);
    expect(windows.points.map(({ x, values }) => [x, values[0]])).toEqual(Array.from({ length: 20 }, (_, i) => [i * 60_000, 2_980 + i]));
    // Records of one moment are records: of each stretch the lowest and the highest stay.
    expect(timeSeries(chart, columns({}), rows).points.length).toBeGreaterThan(20);
  });

  test('a chart that follows a window is the chart of the window, however it moves', () => {
    let state = 11;
    const next = (n: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state % n;
    };
    const chart = { kind: 'line', x: 'at', y: ['volume', 'price'], series: 'symbol', score: 1, reason: '' } as const;
    const columns = ['symbol', 'at', 'volume', 'price'].map((name) => ({ name, type: name === 'symbol' ? 'STRING' : 'INTEGER' }));
    const row = (at: number) => ({
      symbol: next(9) === 0 ? null : `S${next(11)}`,
      at: next(50) === 0 ? null : at,
      volume: next(100),
      price: next(3) === 0 ? 'none' : String(next(40) - 20),
    });
    let rows = Array.from({ length: 2_000 }, (_, i) => row(i));
    const memory = {};
    for (let step = 0; step < 30; step++) {
      expect(timeSeries(chart, columns, rows, memory)).toEqual(timeSeries(chart, columns, rows));
      const added = Array.from({ length: next(400) }, (_, i) => row(10_000 * (step + 1) + i));
      rows = [...rows, ...added].slice(next(2) * added.length);
      // A row of a key that came again stands in place of the one before.
      if (step % 3 === 0) rows = rows.with(next(rows.length), row(step));
    }
    const other = { ...chart, y: ['price'] as const };
    expect(timeSeries(other, columns, rows, memory)).toEqual(timeSeries(other, columns, rows));
  });

  test('decimals and big integers are numbers, texts are not', () => {
    expect([numberOf('12.30'), numberOf(5n), numberOf('x'), numberOf(''), numberOf(Number.NaN)]).toEqual([12.3, 5, null, null, null]);
  });

  test('a bar has the last value of its category', () => {
    const rows = [
      { symbol: 'A', volume: 1 },
      { symbol: 'B', volume: 2 },
      { symbol: 'A', volume: 3 },
    ];
    const { points } = categories({ kind: 'bar', x: 'symbol', y: ['volume'], score: 1, reason: '' }, WINDOW_COLUMNS, rows);
    expect(points).toEqual([
      { x: 'A', values: [3] },
      { x: 'B', values: [2] },
    ]);
  });

  test('rows without an axis are told by whole numbers, and fractions by what matters of them', () => {
    const chart = { kind: 'line', y: ['price'], score: 1, reason: '' } as const;
    const rows = Array.from({ length: 3_000 }, (_, i) => ({ price: 0.000_123_456 + i / 7 }));
    const data = timeSeries(chart, [{ name: 'price', type: 'FLOAT' }], rows);
    expect(chartSummary(chart, data)).toBe(
      'line chart of price, 1 series, 3,000 points. price: last 428.43, lowest 0.0001235, highest 428.43.',
    );
    expect(data.points.slice(-2).map(({ x }) => placeText(x, { isTime: false, column: undefined }))).toEqual(['2,984', '2,994']);
    expect(placeText(2992.000_000_019_946_6, { isTime: false, column: 'strike' })).toBe('2,992');
  });

  test('the summary says what is drawn and which numbers matter', () => {
    const text = chartSummary(LINE, timeSeries(LINE, WINDOW_COLUMNS, [{ symbol: 'A', volume: 5, window_end: 0 }]));
    expect(text).toBe(
      'line chart of volume by window_end, 1 series, 1 point from 1970-01-01 00:00:00 to 1970-01-01 00:00:00. A: last 5, lowest 5, highest 5.',
    );
  });
});

describe('series colours', () => {
  test('a value keeps its hue in every chart of a page', () => {
    const page = seriesColors();
    const [, msft] = colorsFor(['AAPL', 'MSFT'], page);
    expect(colorsFor(['NVDA', 'MSFT'], page)[1]).toBe(msft);
  });

  test('two series of one chart never share a hue', () => {
    const page = seriesColors();
    for (let i = 0; i < 20; i++) page.slotOf(`earlier${i}`);
    const some = Array.from({ length: 8 }, (_, i) => `later${i}`);
    expect(new Set(colorsFor(some, page)).size).toBe(8);
  });
});

describe('kinds of charts', () => {
  test('only charts that the columns can be drawn as are offered', () => {
    expect(kindsFor([{ name: 'name', type: 'STRING' }])).toEqual([]);
    expect(kindsFor(WINDOW_COLUMNS)).toEqual(['line', 'area', 'bar', 'pie', 'heatmap', 'scatter', 'stat', 'gauge']);
  });

  test('the recommended chart is taken as it is, another kind gets axes by the types', () => {
    expect(chartFor('line', WINDOW_COLUMNS, LINE)).toBe(LINE);
    expect(chartFor('bar', WINDOW_COLUMNS, LINE)).toMatchObject({ kind: 'bar', x: 'symbol', y: ['volume'] });
  });
});
