import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { narrowed } from './column-read.ts';
import {
  absExact,
  addExact,
  compareExact,
  divideRounded,
  type Exact,
  exactOf,
  integerOperator,
  multiplyExact,
  negateExact,
  remainderExact,
  shiftDown,
  shiftDownTruncated,
  shiftUp,
  subtractExact,
} from './exact.ts';

const INT64_MAX = 2n ** 63n - 1n;
/** Integers around every boundary that the code knows: 2^53, 2^63, 10^15, 10^38. */
const edge = fc
  .constantFrom(0n, 1n, 2n ** 53n - 1n, 2n ** 53n, INT64_MAX, 10n ** 15n, 10n ** 37n, 5n)
  .chain((base) => fc.tuple(fc.bigInt(-3n, 3n), fc.boolean()).map(([d, negative]) => (negative ? -(base + d) : base + d)));
const big = fc.oneof(edge, fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.bigInt(-1000n, 1000n));
const exact = big.map(narrowed);

/** In scalar form: a number exactly when safe, and never -0. */
function expectForm(value: Exact, expected: bigint): void {
  expect(BigInt(value)).toBe(expected);
  expect(typeof value).toBe(typeof narrowed(expected));
  expect(Object.is(value, -0)).toBe(false);
}

const roundedAway = (n: bigint, d: bigint): bigint => {
  const [a, b] = [n < 0n ? -n : n, d < 0n ? -d : d];
  const magnitude = (2n * a + b) / (2n * b);
  return n < 0n === d < 0n ? magnitude : -magnitude;
};

describe('exact integers agree with BigInt', () => {
  test('sums, differences, products, negation and order', () => {
    fc.assert(
      fc.property(exact, exact, (a, b) => {
        expectForm(addExact(a, b), BigInt(a) + BigInt(b));
        expectForm(subtractExact(a, b), BigInt(a) - BigInt(b));
        expectForm(multiplyExact(a, b), BigInt(a) * BigInt(b));
        expectForm(negateExact(a), -BigInt(a));
        expectForm(absExact(a), BigInt(a) < 0n ? -BigInt(a) : BigInt(a));
        expect(compareExact(a, b)).toBe(BigInt(a) < BigInt(b) ? -1 : BigInt(a) > BigInt(b) ? 1 : 0);
      }),
      { numRuns: 3000, seed: 1 },
    );
  });

  test('remainders and rounded quotients', () => {
    fc.assert(
      fc.property(exact, exact, (a, b) => {
        fc.pre(b !== 0 && b !== 0n);
        expectForm(remainderExact(a, b), BigInt(a) % BigInt(b));
        expectForm(divideRounded(a, b), roundedAway(BigInt(a), BigInt(b)));
      }),
      { numRuns: 3000, seed: 2 },
    );
  });

  test('shifts by powers of ten', () => {
    fc.assert(
      fc.property(exact, fc.integer({ min: 0, max: 25 }), (a, by) => {
        const power = 10n ** BigInt(by);
        expectForm(shiftUp(a, by), BigInt(a) * power);
        expectForm(shiftDown(a, by), roundedAway(BigInt(a), power));
        expectForm(shiftDownTruncated(a, by), BigInt(a) / power);
      }),
      { numRuns: 3000, seed: 3 },
    );
  });

  test('doubles with integral values', () => {
    expect(exactOf(-0)).toBe(0);
    expect(exactOf(2 ** 60)).toBe(2n ** 60n);
  });
});

describe('INTEGER arithmetic', () => {
  test('stays within 64 bits or is an error of the record', () => {
    const ops = { '+': integerOperator('+'), '-': integerOperator('-'), '*': integerOperator('*') } as const;
    fc.assert(
      fc.property(fc.constantFrom('+' as const, '-' as const, '*' as const), exact, exact, (op, a, b) => {
        const [x, y] = [BigInt(a), BigInt(b)];
        const expected = op === '+' ? x + y : op === '-' ? x - y : x * y;
        if (BigInt.asIntN(64, expected) === expected) expectForm(ops[op](a, b), expected);
        else expect(() => ops[op](a, b)).toThrow('64 bits');
      }),
      { numRuns: 3000, seed: 4 },
    );
  });
  test('remainder takes the sign of the dividend', () => {
    expect(integerOperator('%')(-7, 4)).toBe(-3);
    expect(integerOperator('%')(7, -4)).toBe(3);
  });
});
