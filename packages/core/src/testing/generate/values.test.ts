import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../values/generate/random.ts';
import { derivedEvaluator } from './derived.ts';
import { exp, ln, pow, sin } from './exact-math.ts';
import { patternSampler } from './pattern.ts';
import { readTime } from './time-expression.ts';

describe('mathematics without the host', () => {
  it('agrees with the host to 13 digits', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (x) => {
        expect(ln(x)).toBeCloseTo(Math.log(x), 11);
        expect(exp(-x / 1e4) / Math.exp(-x / 1e4)).toBeCloseTo(1, 12);
        expect(sin(x % 100)).toBeCloseTo(Math.sin(x % 100), 11);
        expect(pow(x, 0.7) / x ** 0.7).toBeCloseTo(1, 11);
      }),
      { seed: 1 },
    );
  });
});

describe('patterns', () => {
  it.each([
    'PK[A-F]{2}-[0-9]{5}',
    '\\d{3}-\\w+',
    '(red|green|blue)?',
    '[a-z]{2,4}@x\\.org',
    'a+b*c?',
    '[^a-z]{3}',
    '^x$',
    '(?:ab|c[de]){2}',
    '\\s\\D\\S',
  ])('makes texts that match %s', (pattern) => {
    const next = patternSampler('f', pattern, createRandom(1, pattern));
    const whole = new RegExp(`^(?:${pattern})$`);
    for (let i = 0; i < 200; i++) expect(next()).toMatch(whole);
  });

  it.each([
    ['a(?=b)', 'look-around'],
    ['[z-a]', 'upside down'],
    ['(a', '")" is missing'],
    ['*a', 'repeats nothing'],
    ['a{2,1}', 'lower limit first'],
    ['\\1', 'not in the subset'],
  ])('refuses %s', (pattern, problem) => {
    expect(() => patternSampler('f', pattern, createRandom(1))).toThrow(problem);
  });
});

describe('times', () => {
  const NOW = Date.UTC(2024, 0, 1);
  it.each([
    ['now', NOW],
    ['NOW', NOW],
    ['-1h', NOW - 3_600_000],
    ['+1h', NOW + 3_600_000],
    ['30m', NOW + 1_800_000],
    ['-90s', NOW - 90_000],
    ['-1d', NOW - 86_400_000],
    ['-250ms', NOW - 250],
    ['-1w', NOW - 604_800_000],
    ['60', NOW + 60_000],
    ['2024-01-01T00:00:00', NOW],
    ['"2024-01-01T00:00:00Z"', NOW],
    [1_704_067_200_000, NOW],
    [1_704_067_200, NOW],
  ])('reads %s', (text, expected) => {
    expect(readTime(text, NOW)).toBe(expected);
  });

  it('does not read what is no time', () => {
    expect(readTime('soon', NOW)).toBeUndefined();
  });
});

describe('derived expressions', () => {
  const run = (expression: string, row: Record<string, string | number | null> = {}, decimals: readonly string[] = []) =>
    derivedEvaluator(expression, { decimals: new Set(decimals), random: createRandom(1), unknownName: () => {} })(row);

  it.each([
    ['1 - 2 - 3', -4],
    ['2 + 3 * 4', 14],
    ['(2 + 3) * 4', 20],
    ['7 / 2', '3.500000'],
    ['7 % 4', 3],
    ['-3 + 1', -2],
    ['abs(-2)', 2],
    ['min(3, 1, 2)', 1],
    ['max(3, 1, 2)', 3],
    ['round(2.567, 2)', '2.57'],
    ['floor(2.9)', 2],
    ['ceil(2.1)', 3],
    ["concat('a', 1)", 'a1'],
    ['1 / 0', null],
    ['2 > 1', true],
    ["'a' == 'b'", false],
    ['nobody + 1', null],
  ])('calculates %s', (expression, expected) => {
    expect(run(expression)).toEqual(expected);
  });

  it('is exact with decimals: sums keep the larger scale, products add scales', () => {
    expect(run('ask - bid', { ask: '0.30', bid: '0.1' }, ['ask', 'bid'])).toBe('0.20');
    expect(run('a * b', { a: '1.10', b: '2.005' }, ['a', 'b'])).toBe('2.20550');
    expect(run('a * 0.5', { a: '1.25' }, ['a'])).toBe('0.63');
  });

  it('draws within the limits of random', () => {
    const value = run('random(5, 6)') as number;
    expect(value).toBeGreaterThanOrEqual(5);
    expect(value).toBeLessThan(6);
  });
});
