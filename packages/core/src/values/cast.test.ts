import { describe, expect, test } from 'vitest';
import { canCast, castFunction } from './cast.ts';
import { structOf } from './scalar-shape.ts';
import { typeText } from './type-text.ts';
import {
  ANY,
  arrayOf,
  BOOLEAN,
  BYTES,
  DATE,
  decimal,
  FLOAT,
  INTEGER,
  INTERVAL,
  JSON_TYPE,
  mapOf,
  NULL,
  type Scalar,
  type SqlType,
  STRING,
  TIME,
  TIMESTAMP,
} from './types.ts';

const FAILS = Symbol('fails');
const DEC = decimal(5, 2);
const PAIR: SqlType = {
  kind: 'struct',
  fields: [
    { name: 'a', type: INTEGER },
    { name: 'b', type: STRING },
  ],
};
const map = (entries: Record<string, Scalar>) => new Map(Object.entries(entries));
const struct = (entries: Record<string, Scalar>) => structOf(Object.entries(entries));

const TABLE: readonly (readonly [from: SqlType, value: Scalar, to: SqlType, result: Scalar | typeof FAILS])[] = [
  [INTEGER, 5, INTEGER, 5],
  [FLOAT, 2.9, INTEGER, 2],
  [FLOAT, -2.9, INTEGER, -2],
  [FLOAT, 2 ** 60, INTEGER, 2n ** 60n],
  [FLOAT, 1e19, INTEGER, FAILS],
  [FLOAT, Number.NaN, INTEGER, FAILS],
  [DEC, -299, INTEGER, -2],
  [decimal(38, 0), 10n ** 20n, INTEGER, FAILS],
  [BOOLEAN, true, INTEGER, 1],
  [BOOLEAN, false, INTEGER, 0],
  [STRING, '-12', INTEGER, -12],
  [STRING, '+12', INTEGER, 12],
  [STRING, '9223372036854775807', INTEGER, 9223372036854775807n],
  [STRING, '+9223372036854775808', INTEGER, FAILS],
  [STRING, '1.0', INTEGER, FAILS],
  [STRING, ' 1', INTEGER, FAILS],
  [STRING, '', INTEGER, FAILS],
  [TIMESTAMP, 1.5, INTEGER, 1],
  [DATE, 86_400_000, INTEGER, 86_400_000],
  [TIME, 1000, INTEGER, 1000],
  [INTERVAL, 1000, INTEGER, 1000],
  [BYTES, Uint8Array.of(1), INTEGER, FAILS],
  [INTEGER, 5n, FLOAT, 5],
  [DEC, 150, FLOAT, 1.5],
  [BOOLEAN, true, FLOAT, 1],
  [BOOLEAN, false, FLOAT, 0],
  [STRING, '-1.5e3', FLOAT, -1500],
  [STRING, '.5', FLOAT, 0.5],
  [STRING, 'Infinity', FLOAT, Number.POSITIVE_INFINITY],
  [STRING, 'NaN', FLOAT, Number.NaN],
  [STRING, 'abc', FLOAT, FAILS],
  [STRING, '0x10', FLOAT, FAILS],
  [INTERVAL, 1500, FLOAT, 1500],
  [DATE, 0, FLOAT, FAILS],
  [INTEGER, 5, STRING, '5'],
  [FLOAT, 3, STRING, '3'],
  [FLOAT, 0.1, STRING, '0.1'],
  [DEC, 1230, STRING, '12.30'],
  [DEC, -50, STRING, '-0.50'],
  [BOOLEAN, true, STRING, 'true'],
  [TIMESTAMP, 500, STRING, '1970-01-01 00:00:00.500'],
  [DATE, 0, STRING, '1970-01-01'],
  [TIME, 3_600_000, STRING, '01:00:00'],
  [INTERVAL, 90_000, STRING, '00:01:30'],
  [BYTES, Uint8Array.of(104, 105), STRING, 'hi'],
  [arrayOf(DEC), [150, null], STRING, '[1.50, NULL]'],
  [mapOf(INTEGER), map({ k: 1 }), STRING, '{k: 1}'],
  [PAIR, struct({ a: 1, b: null }), STRING, '{a: 1, b: NULL}'],
  [ANY, struct({ a: [1, 'x'] }), STRING, '{"a":[1,"x"]}'],
  [ANY, 'text', STRING, 'text'],
  [ANY, 1.5, STRING, '1.5'],
  [JSON_TYPE, [null, true], STRING, '[null,true]'],
  [INTEGER, 0, BOOLEAN, false],
  [INTEGER, 2n ** 60n, BOOLEAN, true],
  [FLOAT, 0.5, BOOLEAN, true],
  [DEC, 0, BOOLEAN, false],
  [STRING, 'T', BOOLEAN, true],
  [STRING, 'True', BOOLEAN, true],
  [STRING, '0', BOOLEAN, false],
  [STRING, 'f', BOOLEAN, false],
  [STRING, 'yes', BOOLEAN, FAILS],
  [TIMESTAMP, 0, BOOLEAN, FAILS],
  [TIMESTAMP, 86_400_001, DATE, 86_400_000],
  [STRING, '2/1/1970', DATE, 2_678_400_000],
  [STRING, '1970-01-02 10:00:00', DATE, 86_400_000],
  [STRING, 'soon', DATE, FAILS],
  [INTEGER, 1, DATE, FAILS],
  [TIMESTAMP, 86_400_001, TIME, 1],
  [STRING, '01:00', TIME, 3_600_000],
  [STRING, '25:00', TIME, FAILS],
  [INTEGER, 1, TIME, FAILS],
  [DATE, 86_400_000, TIMESTAMP, 86_400_000],
  [STRING, '1970-01-01T00:00:01Z', TIMESTAMP, 1000],
  [STRING, 'soon', TIMESTAMP, FAILS],
  [INTEGER, 1_700_000_000, TIMESTAMP, 1_700_000_000_000],
  [FLOAT, 1.5, TIMESTAMP, 1500],
  [DEC, 150, TIMESTAMP, 1500],
  [INTEGER, 10 ** 14, TIMESTAMP, FAILS],
  [BOOLEAN, true, TIMESTAMP, FAILS],
  [INTEGER, 5, DEC, 500],
  [INTEGER, 1000, DEC, FAILS],
  [decimal(9, 4), 12345, DEC, 123],
  [decimal(9, 4), 12350, DEC, 124],
  [FLOAT, 2.675, DEC, 268],
  [FLOAT, Number.POSITIVE_INFINITY, DEC, FAILS],
  [BOOLEAN, true, DEC, 100],
  [BOOLEAN, false, DEC, 0],
  [STRING, '12.345', DEC, 1235],
  [STRING, 'x', DEC, FAILS],
  [STRING, '1e30', decimal(38, 2), 10n ** 32n],
  [STRING, '1e40', decimal(38, 2), FAILS],
  [TIMESTAMP, 0, DEC, FAILS],
  [INTEGER, 1500, INTERVAL, 1500],
  [STRING, '2 minutes', INTERVAL, 120_000],
  [STRING, 'long', INTERVAL, FAILS],
  [FLOAT, 1, INTERVAL, FAILS],
  [STRING, 'hi', BYTES, Uint8Array.of(104, 105)],
  [INTEGER, 1, BYTES, FAILS],
  [STRING, '{"a":[1]}', JSON_TYPE, struct({ a: [1] })],
  [STRING, 'no json', JSON_TYPE, FAILS],
  [DEC, 150, JSON_TYPE, 1.5],
  [mapOf(DEC), map({ k: 150, n: null }), ANY, struct({ k: 1.5, n: null })],
  [arrayOf(DEC), [150, null], ANY, [1.5, null]],
  [PAIR, struct({ a: 1, b: 'x' }), ANY, struct({ a: 1, b: 'x' })],
  [arrayOf(INTEGER), [1, null], arrayOf(STRING), ['1', null]],
  [arrayOf(STRING), ['1', 'x'], arrayOf(INTEGER), FAILS],
  [STRING, '[1, 2]', arrayOf(INTEGER), [1, 2]],
  [STRING, 'null', arrayOf(INTEGER), FAILS],
  [STRING, 'no', arrayOf(INTEGER), FAILS],
  [INTEGER, 1, arrayOf(INTEGER), FAILS],
  [arrayOf(BYTES), [Uint8Array.of(1)], arrayOf(INTEGER), FAILS],
  [mapOf(INTEGER), map({ a: 1, b: null }), mapOf(STRING), map({ a: '1', b: null })],
  [mapOf(STRING), map({ a: 'x' }), mapOf(INTEGER), FAILS],
  [PAIR, struct({ a: 1, b: '2' }), mapOf(INTEGER), map({ a: 1, b: 2 })],
  [mapOf(STRING), map({ a: '7', c: 'z' }), PAIR, struct({ a: 7, b: null })],
  [PAIR, struct({ a: 1, b: 'x' }), { kind: 'struct', fields: [{ name: 'b', type: INTEGER }] }, FAILS],
  [mapOf(BYTES), map({}), PAIR, FAILS],
  [INTEGER, 1, mapOf(INTEGER), FAILS],
  [INTEGER, 1, PAIR, FAILS],
  [ANY, struct({ a: 1 }), PAIR, struct({ a: 1, b: null })],
  [ANY, [1, 2.5], arrayOf(DEC), [100, 250]],
  [ANY, '5', INTEGER, 5],
  [ANY, 5.7, INTEGER, 5],
  [ANY, 2n ** 60n, INTEGER, 2n ** 60n],
  [ANY, 1e25, FLOAT, 1e25],
  [ANY, true, FLOAT, 1],
  [ANY, Uint8Array.of(104), INTEGER, FAILS],
  [ANY, '1970-01-01', TIMESTAMP, 0],
  [ANY, [1], INTEGER, FAILS],
  [JSON_TYPE, 'x', ANY, 'x'],
];

describe('CAST', () => {
  test.each(TABLE.map(([from, value, to, result]) => [typeText(from), value, typeText(to), result, from, to] as const))(
    '%s %o to %s is %o',
    (_, value, __, result, from, to) => {
      if (result === FAILS) {
        expect(() => castFunction(from, to)(value)).toThrow(`to ${typeText(to)}`);
        expect(castFunction(from, to, { safe: true })(value)).toBeNull();
      } else expect(castFunction(from, to)(value)).toEqual(result);
    },
  );

  test('NULL is NULL in every type', () => {
    for (const [from, , to] of TABLE) expect(castFunction(from, to)(null)).toBeNull();
    expect(castFunction(NULL, INTEGER)(null)).toBeNull();
  });

  test('the error names value, types and the way out', () => {
    try {
      castFunction(DEC, decimal(3, 2))(12345);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        code: 'VS5104',
        reason: 'cast-failed',
        message: 'cannot cast DECIMAL(5, 2) "123.45" to DECIMAL(3, 2)',
        hint: 'Use TRY_CAST(x AS DECIMAL(3, 2)) to get NULL instead, or filter such rows out.',
      });
    }
  });

  test('pairs without any cast are known before a row comes', () => {
    expect([canCast(INTEGER, DATE), canCast(INTEGER, STRING), canCast(BYTES, FLOAT), canCast(ANY, DATE)]).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  test('the reference writes NULL as text and drops zeros', () => {
    const legacy = { compat: 'velostream' } as const;
    expect(castFunction(INTEGER, STRING, legacy)(null)).toBe('NULL');
    expect(castFunction(STRING, STRING, legacy)(null)).toBe('NULL');
    expect(castFunction(STRING, STRING, legacy)('x')).toBe('x');
    expect(castFunction(DEC, STRING, legacy)(1230)).toBe('12.3');
    expect(castFunction(DEC, INTEGER, legacy)(null)).toBeNull();
  });
});
