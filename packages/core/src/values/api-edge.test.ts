import { describe, expect, test } from 'vitest';
import { toApi } from './api-value.ts';
import { fromApi } from './from-api.ts';
import { inferFields, inferType } from './infer-type.ts';
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

const DEC = decimal(9, 2);
const POINT: SqlType = {
  kind: 'struct',
  fields: [
    { name: 'x', type: DEC },
    { name: 'at', type: DATE },
  ],
};

describe('values that come out', () => {
  test.each<[SqlType, Scalar, unknown]>([
    [INTEGER, 5, 5],
    [INTEGER, 2n ** 60n, 2n ** 60n],
    [FLOAT, 1.5, 1.5],
    [DEC, 1230, '12.30'],
    [DATE, 0, '1970-01-01'],
    [TIME, 500, '00:00:00.500'],
    [TIMESTAMP, 500, 500],
    [INTERVAL, 500, 500],
    [BYTES, Uint8Array.of(1), Uint8Array.of(1)],
    [arrayOf(DEC), [100, null], ['1.00', null]],
    [DEC, null, null],
    [DATE, null, null],
    [TIME, null, null],
    [arrayOf(DEC), null, null],
    [mapOf(DEC), null, null],
    [POINT, null, null],
    [ANY, null, null],
  ])('%j %o is %o', (type, value, api) => expect(toApi(type, value)).toEqual(api));

  test('decimals as numbers and as objects', () => {
    expect(toApi(DEC, 1230, { decimals: 'number' })).toBe(12.3);
    expect(toApi(DEC, 1230, { decimals: 'object' })).toEqual({ unscaled: 1230n, scale: 2 });
    expect(toApi(DEC, null, { decimals: 'number' })).toBeNull();
    expect(toApi(DEC, null, { decimals: 'object' })).toBeNull();
    expect(toApi(arrayOf(DEC), [5], { decimals: 'number' })).toEqual([0.05]);
  });

  test('maps and structs are objects without prototype, __proto__ is a field', () => {
    const map = toApi(
      mapOf(DEC),
      new Map<string, Scalar>([
        ['__proto__', 100],
        ['b', null],
      ]),
    ) as object;
    expect(Object.getPrototypeOf(map)).toBeNull();
    expect(Object.entries(map)).toEqual([
      ['__proto__', '1.00'],
      ['b', null],
    ]);
    expect(
      Object.entries(
        toApi(
          POINT,
          structOf([
            ['x', 100],
            ['at', 0],
            ['more', [1]],
          ]),
        ) as object,
      ),
    ).toEqual([
      ['x', '1.00'],
      ['at', '1970-01-01'],
      ['more', [1]],
    ]);
    expect(Object.entries(toApi(ANY, new Map([['a', [new Map([['b', 1]])]]])) as object)).toHaveLength(1);
  });
});

describe('values that go in', () => {
  test.each<[SqlType, unknown, Scalar]>([
    [INTEGER, 5, 5],
    [INTEGER, 5n, 5],
    [INTEGER, 2n ** 60n, 2n ** 60n],
    [FLOAT, 5n, 5],
    [FLOAT, Number.NaN, Number.NaN],
    [DEC, '12.305', 1231],
    [DEC, 12.3, 1230],
    [DEC, 12n, 1200],
    [DEC, { unscaled: 5n, scale: 1 }, 50],
    [BOOLEAN, true, true],
    [STRING, 'x', 'x'],
    [BYTES, Uint8Array.of(1), Uint8Array.of(1)],
    [BYTES, Uint8Array.of(1).buffer, Uint8Array.of(1)],
    [DATE, '1970-01-02', 86_400_000],
    [DATE, '1970-01-02T10:00:00Z', 86_400_000],
    [DATE, new Date(86_400_001), 86_400_000],
    [TIME, '00:00:01', 1000],
    [TIME, 1000, 1000],
    [TIMESTAMP, new Date(5), 5],
    [TIMESTAMP, 5n, 5],
    [TIMESTAMP, '1970-01-01 00:00:01', 1000],
    [INTERVAL, '1 minute', 60_000],
    [INTERVAL, 60_000, 60_000],
    [arrayOf(INTEGER), [1, null, undefined, 3n], [1, null, null, 3]],
    [arrayOf(FLOAT), Float64Array.of(1, 2), [1, 2]],
    [
      mapOf(INTEGER),
      { a: 1, b: undefined },
      new Map([
        ['a', 1],
        ['b', null],
      ]),
    ],
    [mapOf(INTEGER), new Map([[7, 1]]), new Map([['7', 1]])],
    [
      POINT,
      { x: '1.5', other: 1 },
      structOf([
        ['x', 150],
        ['at', null],
      ]),
    ],
    [
      POINT,
      new Map([['at', '1970-01-01']]),
      structOf([
        ['x', null],
        ['at', 0],
      ]),
    ],
    [JSON_TYPE, { a: [1n, new Date(5), null, Uint8Array.of(1)] }, structOf([['a', [1, 5, null, Uint8Array.of(1)]]])],
    [ANY, 'x', 'x'],
    [ANY, 1.5, 1.5],
    [INTEGER, null, null],
    [INTEGER, undefined, null],
    [NULL, null, null],
  ])('%j takes %o', (type, value, scalar) => expect(fromApi(type, value)).toEqual(scalar));

  const circle: unknown[] = [];
  circle.push(circle);
  test.each<[SqlType, unknown]>([
    [INTEGER, 1.5],
    [INTEGER, 2 ** 53],
    [INTEGER, 2n ** 63n],
    [INTEGER, '5'],
    [FLOAT, '5'],
    [DEC, 'x'],
    [DEC, true],
    [DEC, 1e9],
    [DEC, Number.NaN],
    [DEC, { unscaled: 5, scale: 1 }],
    [BOOLEAN, 1],
    [STRING, 5],
    [BYTES, 'x'],
    [DATE, 'soon'],
    [DATE, {}],
    [TIMESTAMP, new Date(Number.NaN)],
    [TIMESTAMP, 1e18],
    [arrayOf(INTEGER), ['x']],
    [arrayOf(INTEGER), 'x'],
    [arrayOf(INTEGER), new DataView(new ArrayBuffer(1))],
    [mapOf(INTEGER), { a: 'x' }],
    [mapOf(INTEGER), [1]],
    [mapOf(INTEGER), new Date()],
    [POINT, 5],
    [POINT, { x: 'x' }],
    [ANY, () => 1],
    [ANY, circle],
    [ANY, { f: Symbol('s') }],
    [NULL, 1],
  ])('%j refuses %o', (type, value) => {
    expect(() => fromApi(type, value, 'price')).toThrow(`in "price" is not a value of type ${typeText(type)}`);
  });

  test('what does not fit is named, with the way out', () => {
    try {
      fromApi(INTEGER, 'a'.repeat(100), 'qty');
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        code: 'VS5108',
        reason: 'value-mismatch',
        hint: 'Declare another type for "qty" in the schema, or convert the value before it goes in.',
      });
      expect((error as Error).message.length).toBeLessThan(120);
    }
  });
});

describe('types of rows without a schema', () => {
  const whole = { scan: 'whole' } as const;
  const typesOf = (rows: object[], options: { scan: 'whole' | 'open' } = whole) =>
    Object.fromEntries(inferFields(rows, options).map((f) => [f.name, typeText(f.type)]));

  test('a whole scan tells INTEGER from FLOAT', () => {
    expect(
      typesOf([
        { a: 1, b: 1, c: 1n, d: new Date(0), e: 'x', f: true },
        { a: 2, b: 0.5 },
      ]),
    ).toEqual({
      a: 'INTEGER',
      b: 'FLOAT',
      c: 'INTEGER',
      d: 'TIMESTAMP',
      e: 'STRING',
      f: 'BOOLEAN',
    });
    expect(typesOf([{ a: 2 ** 60 }])).toEqual({ a: 'FLOAT' });
  });
  test('an open one does not', () => expect(typesOf([{ a: 1, b: 1n }], { scan: 'open' })).toEqual({ a: 'FLOAT', b: 'INTEGER' }));
  test('values of different kinds, or none, make a column dynamic', () => {
    expect(
      typesOf([
        { a: 1, b: null, c: () => 1 },
        { a: 'x', b: undefined },
      ]),
    ).toEqual({ a: 'ANY', b: 'ANY', c: 'ANY' });
    expect(typesOf([{ a: null }, { a: 1 }, { a: null }])).toEqual({ a: 'INTEGER' });
    expect(typesOf([{ a: 'x' }, { a: 'y' }, { a: 1 }, { a: 'z' }])).toEqual({ a: 'ANY' });
  });
  test('nested values', () => {
    expect(
      typesOf([
        { a: [1, 2.5], m: new Map([['k', 1]]), s: { x: 1, y: null }, b: Uint8Array.of(1) },
        { s: { x: 0.5, z: 'q' }, a: [], m: new Map() },
      ]),
    ).toEqual({
      a: 'ARRAY<FLOAT>',
      m: 'MAP<STRING, INTEGER>',
      s: 'STRUCT<x FLOAT, y ANY, z STRING>',
      b: 'BYTES',
    });
    expect(typesOf([{ a: [], m: new Map() }])).toEqual({ a: 'ARRAY<ANY>', m: 'MAP<STRING, ANY>' });
  });
  test('objects with very many fields are maps', () => {
    const wide = (from: number) => Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`f${from + i}`, 1]));
    expect(typesOf([{ a: wide(0) }, { a: wide(200) }, { a: wide(0) }])).toEqual({ a: 'MAP<STRING, ANY>' });
    expect(inferType({ ...wide(0), ...wide(200) }, whole).kind).toBe('map');
  });
  test('a circle ends as any', () => {
    const circle: unknown[] = [];
    circle.push(circle);
    expect(inferType(circle, whole).kind).toBe('array');
  });
});
