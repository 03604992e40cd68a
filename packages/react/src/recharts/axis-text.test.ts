import { describe, expect, test } from 'vitest';
import { timeTicks } from './axis-text.ts';

const at = (time: string): number => Date.parse(`2026-01-05T${time}Z`);
const texts = (ticks: readonly number[]): readonly string[] => ticks.map((ms) => new Date(ms).toISOString().slice(11, 19));

describe('times of an axis', () => {
  test('are full minutes where the span is minutes', () => {
    expect(texts(timeTicks(at('09:00:10'), at('09:29:50')))).toEqual(['09:05:00', '09:10:00', '09:15:00', '09:20:00', '09:25:00']);
  });

  test('are few for any span, in order and inside of it', () => {
    for (const span of [1, 7, 999, 12_345, 400_000, 5_000_000, 90_000_000, 4e9, 9e11]) {
      const from = at('09:13:27');
      const ticks = timeTicks(from, from + span);
      expect(ticks.length).toBeGreaterThan(0);
      expect(ticks.length).toBeLessThanOrEqual(8);
      expect(ticks).toEqual(ticks.toSorted((a, b) => a - b));
      expect(ticks.every((tick) => tick >= from && tick <= from + span)).toBe(true);
    }
  });

  test('one moment is its own tick', () => expect(timeTicks(5, 5)).toEqual([5]));
});
