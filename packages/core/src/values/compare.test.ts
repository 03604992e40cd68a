import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { narrowed } from './column-read.ts';
import { comparatorOf, compareFloats, compareScalars, compareText, equalityOf, incomparable } from './compare.ts';
import { keyFunction, keyOf } from './key.ts';
import { structOf } from './scalar-shape.ts';
import {
  ANY,
  arrayOf,
  BOOLEAN,
  BYTES,
  DATE,
  decimal,
  FLOAT,
  INTEGER,
  JSON_TYPE,
  mapOf,
  type Scalar,
  type SqlType,
  STRING,
  TIMESTAMP,
} from './types.ts';

const sign = (n: number): number => Math.sign(n) + 0;

describe('text is ordered by code point', () => {
  test('as its code points are', () => {
    const unit = fc.constantFrom('a', 'b', '\u{1f600}', '\u{10000}', '\uffff', '\ue000', '\ud7ff', 'é');
    fc.assert(
      fc.property(fc.array(unit), fc.array(unit), (x, y) => {
        const points = (units: string[]) => units.map((u) => u.codePointAt(0)!);
        const [p, q] = [points(x), points(y)];
        const at = p.findIndex((point, i) => point !== q[i]);
        const expected = at < 0 || at >= q.length ? Math.sign(p.length - q.length) : Math.sign(p[at]! - q[at]!);
        expect(sign(compareText(x.join(''), y.join('')))).toBe(expected);
      }),
      { numRuns: 3000, seed: 51 },
    );
  });
});

test('doubles: NaN equals itself and stands above all, zeros are one', () => {
  expect([Number.NaN, 1, Number.POSITIVE_INFINITY, -0, 0, Number.NEGATIVE_INFINITY].sort(compareFloats)).toEqual([
    Number.NEGATIVE_INFINITY,
    -0,
    0,
    1,
    Number.POSITIVE_INFINITY,
    Number.NaN,
  ]);
  expect(compareFloats(Number.NaN, Number.NaN)).toBe(0);
  expect(compareFloats(1, Number.NaN)).toBe(-1);
  expect(compareFloats(-0, 0)).toBe(0);
});

describe('values of two types', () => {
  test.each<[SqlType, Scalar, SqlType, Scalar, number]>([
    [decimal(5, 2), 150, decimal(5, 1), 15, 0],
    [decimal(5, 2), 151, INTEGER, 1, 1],
    [INTEGER, 2n ** 60n, INTEGER, 5, 1],
    [decimal(5, 2), 150, FLOAT, 1.5, 0],
    [FLOAT, 1.4, decimal(5, 2), 150, -1],
    [INTEGER, 1, FLOAT, 1.5, -1],
    [INTEGER, 2n ** 60n, FLOAT, Number.NaN, -1],
    [FLOAT, Number.NaN, INTEGER, 2n ** 60n, 1],
    [STRING, 'a', STRING, 'b', -1],
    [BOOLEAN, true, BOOLEAN, false, 1],
    [DATE, 86_400_000, TIMESTAMP, 86_400_000, 0],
    [TIMESTAMP, 0, STRING, '1970-01-01', 0],
    [STRING, '1970-01-02', DATE, 0, 1],
    [INTEGER, 5, TIMESTAMP, 6, -1],
    [ANY, 1.5, decimal(5, 2), 150, 0],
    [ANY, '1970-01-01', TIMESTAMP, 0, 0],
    [ANY, 2n ** 60n, INTEGER, 1, 1],
    [JSON_TYPE, 'x', STRING, 'x', 0],
    [ANY, true, ANY, false, 1],
    [ANY, [1, 2], ANY, [1, 3], -1],
    [BYTES, Uint8Array.of(1, 2), BYTES, Uint8Array.of(1), 1],
    [BYTES, Uint8Array.of(1, 2), BYTES, Uint8Array.of(1, 3), -1],
    [ANY, Uint8Array.of(1), ANY, Uint8Array.of(1), 0],
    [arrayOf(INTEGER), [1, null], arrayOf(INTEGER), [1, 2], -1],
    [arrayOf(INTEGER), [1, 2], arrayOf(INTEGER), [1, null], 1],
    [arrayOf(INTEGER), [null], arrayOf(INTEGER), [null], 0],
    [mapOf(INTEGER), new Map([['a', 1]]), mapOf(INTEGER), new Map([['a', 1]]), 0],
    [mapOf(INTEGER), new Map([['a', 1]]), mapOf(INTEGER), new Map([['b', 1]]), -1],
    [mapOf(INTEGER), new Map([['a', 2]]), mapOf(INTEGER), new Map([['a', 1]]), 1],
    [ANY, structOf([['a', 1]]), ANY, new Map([['a', 1]]), 0],
  ])('%o %o against %o %o is %i', (left, a, right, b, expected) => {
    expect(sign(comparatorOf(left, right)(a, b))).toBe(expected);
    expect(equalityOf(left, right)(a, b)).toBe(expected === 0);
  });

  test('kinds that have no order are an error to order and never equal', () => {
    expect(() => comparatorOf(ANY, ANY)('1', 1)).toThrow('cannot order string and number');
    expect(() => comparatorOf(ANY, TIMESTAMP)('soon', 1)).toThrow('incompatible types');
    expect(() => comparatorOf(mapOf(INTEGER))(1, 2)).toThrow('incompatible types');
    expect(equalityOf(ANY, INTEGER)('1', 1)).toBe(false);
    expect(incomparable(STRING, INTEGER).message).toBe('cannot order STRING and INTEGER: incompatible types');
  });
  test('unreadable text equals no time', () => expect(equalityOf(TIMESTAMP, STRING)(0, 'soon')).toBe(false));
  test('NULL stands first and equals itself', () => {
    expect([compareScalars(INTEGER, null, 1), compareScalars(INTEGER, 1, null), compareScalars(INTEGER, null, null)]).toEqual([-1, 1, 0]);
  });
});

describe('keys', () => {
  const number = fc.oneof(
    fc.bigInt(-50n, 50n).map((v): readonly [SqlType, Scalar] => [INTEGER, narrowed(v)]),
    fc
      .tuple(fc.bigInt(-500n, 500n), fc.integer({ min: 0, max: 3 }))
      .map(([v, s]): readonly [SqlType, Scalar] => [decimal(18, s), narrowed(v)]),
  );
  test('two exact numbers have one key exactly when they are equal', () => {
    fc.assert(
      fc.property(number, number, ([lt, l], [rt, r]) => {
        expect(keyOf(lt, l) === keyOf(rt, r)).toBe(comparatorOf(lt, rt)(l, r) === 0);
      }),
      { numRuns: 5000, seed: 52 },
    );
  });
  test('two floats have one key exactly when they are equal', () => {
    const double = fc.oneof(fc.double(), fc.constantFrom(0, -0, Number.NaN, 1e21, 1e-7, -1.5e-9, 123456789012345680000));
    fc.assert(
      fc.property(double, double, (a, b) => {
        expect(keyOf(FLOAT, a) === keyOf(FLOAT, b)).toBe(compareFloats(a, b) === 0);
      }),
      { numRuns: 5000, seed: 53 },
    );
  });

  test.each<[SqlType, Scalar, SqlType, Scalar]>([
    [INTEGER, 1, FLOAT, 1],
    [decimal(9, 7), 1, FLOAT, 1e-7],
    [decimal(9, 9), -15, FLOAT, -1.5e-8],
    [decimal(38, 0), 10n ** 22n, FLOAT, 1e22],
    [DATE, 86_400_000, TIMESTAMP, 86_400_000],
    [arrayOf(decimal(5, 1)), [10, null], arrayOf(INTEGER), [1, null]],
    [
      mapOf(INTEGER),
      new Map([
        ['b', 2],
        ['a', 1],
      ]),
      ANY,
      structOf([
        ['a', 1],
        ['b', 2],
      ]),
    ],
    [
      { kind: 'struct', fields: [{ name: 'a', type: decimal(5, 1) }] },
      structOf([
        ['a', 10],
        ['z', 's'],
      ]),
      ANY,
      structOf([
        ['a', 1],
        ['z', 's'],
      ]),
    ],
    [BYTES, Uint8Array.of(1, 255), ANY, Uint8Array.of(1, 255)],
    [INTEGER, 2n ** 60n, ANY, 2n ** 60n],
    [ANY, [true, 'x', [null]], arrayOf(ANY), [true, 'x', [null]]],
    [decimal(5, 1), null, arrayOf(INTEGER), null],
    [mapOf(INTEGER), null, { kind: 'struct', fields: [] }, null],
  ])('%o %o and %o %o share a key', (lt, l, rt, r) => expect(keyOf(lt, l)).toBe(keyOf(rt, r)));

  test('no list of values has the key of another list', () => {
    const value = fc.oneof(fc.string({ maxLength: 4 }), fc.integer(), fc.constant(null), fc.boolean());
    const joined = (values: readonly Scalar[]) => values.map(keyFunction(ANY)).join('');
    fc.assert(
      fc.property(fc.array(value, { maxLength: 4 }), fc.array(value, { maxLength: 4 }), (a, b) => {
        expect(joined(a) === joined(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
      { numRuns: 5000, seed: 54 },
    );
    expect(joined(['a', 'bc'])).not.toBe(joined(['ab', 'c']));
    expect(keyOf(STRING, '1')).not.toBe(keyOf(INTEGER, 1));
  });
});
