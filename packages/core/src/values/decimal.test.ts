import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { narrowed } from './column-read.ts';
import { checkedDigits, compareDecimals, decimalOperator, rescale, resultScale, roundDecimal } from './decimal.ts';

/** A rational number: the oracle. */
interface Ratio {
  readonly n: bigint;
  readonly d: bigint;
}

const ratioOf = (unscaled: bigint, scale: number): Ratio => ({ n: unscaled, d: 10n ** BigInt(scale) });

/** Unscaled value of a ratio at a scale, half away from zero. */
function atScale({ n, d }: Ratio, scale: number): bigint {
  const scaled = n * 10n ** BigInt(scale);
  const [a, b] = [scaled < 0n ? -scaled : scaled, d < 0n ? -d : d];
  const magnitude = (2n * a + b) / (2n * b);
  return scaled < 0n === d < 0n ? magnitude : -magnitude;
}

const OPERATIONS = {
  '+': (a: Ratio, b: Ratio) => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d }),
  '-': (a: Ratio, b: Ratio) => ({ n: a.n * b.d - b.n * a.d, d: a.d * b.d }),
  '*': (a: Ratio, b: Ratio) => ({ n: a.n * b.n, d: a.d * b.d }),
  '/': (a: Ratio, b: Ratio) => ({ n: a.n * b.d, d: a.d * b.n }),
  '%': (a: Ratio, b: Ratio) => ({ n: (a.n * b.d) % (b.n * a.d), d: a.d * b.d }),
} as const;
type Op = keyof typeof OPERATIONS;

const unscaled = fc.oneof(
  fc.bigInt(-(10n ** 6n), 10n ** 6n),
  fc.bigInt(-(10n ** 18n), 10n ** 18n),
  fc.bigInt(-(10n ** 30n), 10n ** 30n),
  fc.constantFrom(0n, 5n, -5n, 15n, 2n ** 53n, -(2n ** 53n) + 1n),
);
const scale = fc.integer({ min: 0, max: 18 });

describe('decimal arithmetic agrees with rational numbers', () => {
  test('over 24000 operations of any scales', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.constantFrom<Op>('+', '-', '*', '/', '%'), unscaled, scale, unscaled, scale, (op, a, as, b, bs) => {
        fc.pre(b !== 0n || (op !== '/' && op !== '%'));
        const expected = atScale(OPERATIONS[op](ratioOf(a, as), ratioOf(b, bs)), resultScale(op, as, bs));
        const run = () => decimalOperator(op, as, bs)(narrowed(a), narrowed(b));
        if (expected >= 10n ** 38n || expected <= -(10n ** 38n)) expect(run).toThrow('38 digits');
        else expect(run()).toBe(narrowed(expected));
      }),
      { numRuns: 24_000, seed: 11 },
    );
  });

  test('order of two scales', () => {
    fc.assert(
      fc.property(unscaled, scale, unscaled, scale, (a, as, b, bs) => {
        const [x, y] = [a * 10n ** BigInt(bs), b * 10n ** BigInt(as)];
        expect(compareDecimals(narrowed(a), as, narrowed(b), bs)).toBe(x < y ? -1 : x > y ? 1 : 0);
      }),
      { numRuns: 3000, seed: 12 },
    );
  });

  test('rescaling up and down again changes nothing', () => {
    fc.assert(
      fc.property(unscaled, scale, scale, (a, from, more) => {
        expect(rescale(rescale(narrowed(a), from, from + more), from + more, from)).toBe(narrowed(a));
      }),
      { numRuns: 2000, seed: 13 },
    );
  });
});

describe('scales of results', () => {
  test.each([
    ['+', 2, 1, 2],
    ['%', 0, 3, 3],
    ['*', 2, 2, 4],
    ['*', 12, 12, 18],
    ['*', 20, 1, 20],
    ['/', 2, 2, 6],
    ['/', 2, 0, 6],
    ['/', 18, 0, 22],
    ['/', 22, 0, 22],
    ['/', 30, 0, 30],
  ] as const)('%s of scales %i and %i has scale %i', (op, left, right, expected) => {
    expect(resultScale(op, left, right)).toBe(expected);
  });

  test('1.10 + 2.2 is 3.30 and 3 * 0.05 is 0.15', () => {
    expect(decimalOperator('+', 2, 1)(110, 22)).toBe(330);
    expect(decimalOperator('*', 0, 2)(3, 5)).toBe(15);
  });
  test('a quotient rounds half away from zero', () => {
    expect(decimalOperator('/', 0, 0)(2, 3)).toBe(6667);
    expect(decimalOperator('/', 0, 0)(-2, 3)).toBe(-6667);
    expect(decimalOperator('/', 2, 0)(1, 200000)).toBe(0);
  });
});

describe('rounding and limits', () => {
  test.each([
    [12345, 3, 2, 12350],
    [-12345, 3, 2, -12350],
    [12345, 3, 5, 12345],
    [12345, 3, -1, 10000],
    [12345, 3, -60, 0],
    [5, 0, -1, 10],
  ])('%i of scale %i to %i digits is %i', (value, s, digits, expected) => {
    expect(roundDecimal(value, s, digits)).toBe(expected);
  });
  test('a precision below 38 is checked too', () => {
    expect(checkedDigits(999, 'CAST', 3)).toBe(999);
    expect(() => checkedDigits(1000, 'CAST', 3)).toThrow('more than 3 digits');
    expect(() => checkedDigits(-1000, 'CAST', 3)).toThrow('more than 3 digits');
  });
});
