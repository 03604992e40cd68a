import { describe, expect, test } from 'vitest';
import { OTHER_COLOR, SERIES_COLORS, seriesColors } from './palette.ts';
import { extentOf, nearest, numberOf, seriesOf } from './series.ts';
import { numberTicks, timeTicks } from './ticks.ts';

const contrast = (a: string, b: string): number => {
  const luminance = (hex: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5]
      .map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
};

describe('colours', () => {
  test.each([...SERIES_COLORS, OTHER_COLOR])('%s stands out from the light and the dark surface', (color) => {
    expect(contrast(color, '#ffffff')).toBeGreaterThanOrEqual(3);
    expect(contrast(color, '#191b1e')).toBeGreaterThanOrEqual(3);
  });

  test('a value keeps its colour whatever stands beside it', () => {
    const first = seriesColors('city', ['Oslo', 'Rome']);
    const second = seriesColors('city', ['Bern', 'Rome']);
    expect(second.get('Rome')).toBe(first.get('Rome'));
    expect(second.get('Bern')).not.toBe(second.get('Rome'));
  });

  test('one chart has each colour once, and grey for the rest', () => {
    const colors = seriesColors(
      'many',
      Array.from({ length: 11 }, (_, i) => `v${i}`),
    );
    expect(new Set(colors.values()).size).toBe(SERIES_COLORS.length + 1);
    expect([...colors.values()].filter((color) => color === OTHER_COLOR)).toHaveLength(3);
  });
});

describe('ticks', () => {
  test('numbers are round and inside of the range', () => {
    expect(numberTicks(92.4, 109.8, 5)).toEqual([95, 100, 105]);
    expect(numberTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6000000000000001, 0.8, 1]);
    expect(numberTicks(3, 3, 5)).toEqual([3]);
  });

  test('times are full minutes, days, months, years', () => {
    const texts = (from: number, to: number): string[] => timeTicks(from, to, 6).map(({ text }) => text);
    const day = Date.UTC(2026, 0, 5);
    expect(texts(day + 34_200_000, day + 35_400_000)).toEqual(['09:30', '09:35', '09:40', '09:45', '09:50']);
    expect(texts(day, day + 4 * 86_400_000)).toEqual(['5 Jan', '6 Jan', '7 Jan', '8 Jan', '9 Jan']);
    expect(texts(Date.UTC(2001, 0, 1), Date.UTC(2001, 3, 1))).toEqual(['Jan 2001', 'Feb 2001', 'Mar 2001', 'Apr 2001']);
    expect(texts(Date.UTC(2000, 0, 1), Date.UTC(2010, 2, 1))).toEqual(['2000', '2002', '2004', '2006', '2008', '2010']);
  });
});

describe('series', () => {
  const rows = [
    { symbol: 'B', at: 2, mean: '2.50' },
    { symbol: 'A', at: 2, mean: 4n },
    { symbol: 'A', at: 1, mean: 3 },
    { symbol: 'A', at: 3, mean: null },
  ];

  test('one line per value, in the order of x, without what is no number', () => {
    const lines = seriesOf(rows, { kind: 'line', x: 'at', y: ['mean'], series: 'symbol', score: 1, reason: '' });
    expect(lines.map(({ name, points }) => ({ name, points }))).toEqual([
      {
        name: 'A',
        points: [
          { x: 1, y: 3 },
          { x: 2, y: 4 },
        ],
      },
      { name: 'B', points: [{ x: 2, y: 2.5 }] },
    ]);
  });

  test('text and booleans are no numbers, decimals are', () => {
    expect(['12.30', 7n, 1.5, 'x', '', true, null, Number.NaN].map(numberOf)).toEqual([12.3, 7, 1.5, ...Array(5).fill(undefined)]);
  });

  test('an extent has room even for one value', () => {
    expect(extentOf([3, 1, 2])).toEqual({ min: 1, max: 3 });
    expect(extentOf([0])).toEqual({ min: -1, max: 1 });
    expect(extentOf([])).toBeUndefined();
  });

  test('the nearest point is found from either side', () => {
    const points = [1, 4, 10].map((x) => ({ x, y: x }));
    expect([-5, 2, 3, 8, 99].map((x) => nearest(points, x)?.x)).toEqual([1, 1, 4, 10, 10]);
    expect(nearest([], 1)).toBeUndefined();
  });
});
