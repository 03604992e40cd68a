import { describe, expect, test } from 'vitest';
import { jsonText, jsonTextOf, parseJson, toDynamic } from './json.ts';
import { fieldOf, structOf } from './scalar-shape.ts';
import { dynamicText, scalarText } from './scalar-text.ts';
import { arrayOf, DATE, decimal, INTEGER, mapOf, type Scalar, type SqlType, TIME, TIMESTAMP } from './types.ts';

describe('JSON', () => {
  test('objects have no prototype and big integers keep their digits', () => {
    const value = parseJson('{"__proto__":{"id":9007199254740993},"big":123456789012345678901,"f":1e300}') as {
      readonly [k: string]: Scalar;
    };
    expect(Object.getPrototypeOf(value)).toBeNull();
    expect(Object.keys(value)).toEqual(['__proto__', 'big', 'f']);
    expect(fieldOf(value, '__proto__')).toEqual(structOf([['id', 9007199254740993n]]));
    expect(fieldOf(value, 'big')).toBe(Number('123456789012345678901'));
    expect(fieldOf(value, 'toString')).toBeNull();
    expect(fieldOf(new Map([['a', 1]]), 'b')).toBeNull();
  });
  test('text that is not JSON is undefined', () => expect(parseJson('{')).toBeUndefined());

  test('values print as JSON', () => {
    expect(jsonText([1, 2n ** 60n, null, true, 'a"b', Number.NaN, new Map([['k', Uint8Array.of(104)]])])).toBe(
      '[1,1152921504606846976,null,true,"a\\"b",null,{"k":"h"}]',
    );
  });

  const STRUCT: SqlType = { kind: 'struct', fields: [{ name: 'p', type: decimal(9, 2) }] };
  test.each<[SqlType, Scalar, string]>([
    [decimal(9, 2), 150, '1.50'],
    [DATE, 0, '"1970-01-01"'],
    [TIME, 0, '"00:00:00"'],
    [TIMESTAMP, 0, '"1970-01-01 00:00:00"'],
    [arrayOf(decimal(9, 2)), [150, null], '[1.50,null]'],
    [mapOf(DATE), new Map([['d', 0]]), '{"d":"1970-01-01"}'],
    [
      STRUCT,
      structOf([
        ['p', 150],
        ['q', 1],
      ]),
      '{"p":1.50,"q":1}',
    ],
    [INTEGER, null, 'null'],
  ])('%j %o prints as %s', (type, value, text) => expect(jsonTextOf(type)(value)).toBe(text));

  test('dynamic forms have no scale', () => {
    expect(toDynamic(STRUCT)(structOf([['p', 150]]))).toEqual(structOf([['p', 1.5]]));
    for (const type of [STRUCT, mapOf(INTEGER), arrayOf(INTEGER), decimal(9, 2)]) expect(toDynamic(type)(null)).toBeNull();
    expect(toDynamic(STRUCT)(structOf([['other', 1]]))).toEqual(structOf([['other', null]]));
  });
});

test('text of values whose type is known only now', () => {
  expect(dynamicText(null)).toBe('NULL');
  expect(dynamicText([1, null, 'x', structOf([['k', true]]), Uint8Array.of(104)])).toBe('[1, NULL, x, {k: true}, h]');
  expect(scalarText({ kind: 'struct', fields: [] }, structOf([['k', 1]]))).toBe('{k: 1}');
});
