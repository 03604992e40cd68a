import { describe, expect, test } from 'vitest';
import { retentionMs } from './check-properties.ts';
import { parseDuration } from './duration.ts';
import { nearestName } from './nearest-name.ts';

describe('parseDuration', () => {
  test.each<[string | number, number | undefined]>([
    ['5s', 5_000],
    [' 10 m ', 600_000],
    ['100ms', 100],
    ['250us', 0.25],
    ['3 μs', 0.003],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['1w', 604_800_000],
    [30, 30_000],
    ['30', 30_000],
    ['-5m', -300_000],
    ['2 minutes', 120_000],
    ['1 DAY', 86_400_000],
    ['5 x', undefined],
    ['1.5s', undefined],
    ['', undefined],
    ['s', undefined],
    ['5 parsecs', undefined],
  ])('%s', (text, ms) => {
    expect(parseDuration(text)).toEqual(ms === undefined ? undefined : expect.closeTo(ms, 9));
  });

  test('a retention is written out', () => {
    expect(retentionMs('7 days')).toBe(604_800_000);
    expect(retentionMs('1 hour')).toBe(3_600_000);
    expect(retentionMs('7d')).toBeUndefined();
    expect(retentionMs('soon')).toBeUndefined();
  });
});

describe('nearestName', () => {
  test.each([
    ['pirce', 'price'],
    ['PRICE', 'price'],
    ['pricee', 'price'],
    ['prxxe', 'price'],
    ['prxxx', undefined],
    ['tx', 'ts'],
    ['xy', undefined],
    ['x'.repeat(100), undefined],
  ])('%s', (name, nearest) => {
    expect(nearestName(name, ['price', 'qty', 'ts'])).toBe(nearest);
  });
});
