import { describe, expect, test } from 'vitest';
import { axisOf, valueAxis } from './value-axis.ts';

const texts = (low: number, high: number): string[] => {
  const { ticks, text } = valueAxis(low, high);
  return ticks.map(text);
};

describe('an axis of values', () => {
  test.each([
    [0, 0.0131, ['0', '0.005', '0.010', '0.015']],
    [90.2, 108.4, ['90', '95', '100', '105', '110']],
    [0, 18_900, ['0', '5K', '10K', '15K', '20K']],
    [1_000, 2_400, ['1,000', '1,500', '2,000', '2,500']],
    [9_000, 21_000, ['5K', '10K', '15K', '20K', '25K']],
    [0, 2_400_000, ['0', '1M', '2M', '3M']],
    [0, 1_500_000, ['0', '0.5M', '1.0M', '1.5M']],
    [-0.02, 0.03, ['-0.02', '0', '0.02', '0.04']],
    [5, 5, ['0', '2', '4', '6']],
    [0, 0, ['0', '0.5', '1.0']],
  ])('from %d to %d has one number of decimals', (low, high, expected) => {
    expect(texts(low, high)).toEqual(expected);
  });

  test('holds every value between its ends, for spans of any size', () => {
    let seed = 7;
    const random = (): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    for (let i = 0; i < 500; i++) {
      const span = 10 ** (random() * 16 - 8);
      const low = (random() - 0.5) * span;
      const { domain, ticks, text } = valueAxis(low, low + span * random());
      expect(domain[0]).toBeLessThanOrEqual(low + 1e-9 * span);
      expect(domain[1]).toBeGreaterThanOrEqual(low);
      expect(ticks.length).toBeLessThanOrEqual(8);
      expect(new Set(ticks.map(text)).size).toBe(ticks.length);
    }
  });

  test('areas reach to their sum and bars begin at zero', () => {
    const points = [{ x: 0, values: [4, 5, null] }];
    expect(axisOf({ points }, 'area').domain).toEqual([0, 10]);
    expect(axisOf({ points }, 'bar').domain).toEqual([0, 6]);
    expect(axisOf({ points }, 'line').domain).toEqual([4, 5]);
  });
});
