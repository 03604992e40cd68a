import { describe, expect, test } from 'vitest';
import { toApi } from '../../values/api-value.ts';
import { parseTypeText } from '../../values/type-text.ts';
import { ANY, type Scalar, type SqlType, TIMESTAMP } from '../../values/types.ts';
import { callScalar, evaluateSql, fixedContext, plain, resultOf, type Typed } from './example.fixture.ts';
import { findFunction } from './registry.ts';

const type = (text: string): SqlType => parseTypeText(text)!;

/** Calls a function with values of given types; decimals unscaled. */
function call(name: string, ...args: readonly (readonly [string, Scalar])[]): unknown {
  const fn = findFunction(name);
  if (fn?.kind !== 'scalar') throw new Error(`${name} is no scalar function`);
  const typed: Typed[] = args.map(([text]) => ({ type: type(text), constant: undefined }));
  const result = callScalar(
    fn,
    typed,
    args.map(([, value]) => value),
  );
  return plain(toApi(resultOf(fn.returns, typed), result));
}

const problemOf = (name: string, types: readonly string[], constants: readonly (Scalar | undefined)[] = []): string => {
  const fn = findFunction(name)!;
  if (fn.kind === 'window' || typeof fn.returns !== 'function') return 'no rule';
  const result = fn.returns(types.map(type), constants);
  return 'problem' in result ? result.problem : 'fits';
};

describe('the checks of the specification', () => {
  test.each([
    ["CONCAT('a', NULL, 1)", 'a1'],
    ["SPLIT_PART('x/y', '/', 3)", ''],
    [`JSON_VALUE('{"a":{"b":[4,5]}}', '$.a.b.1')`, 5],
    ["DATEDIFF('months', 1706659200000, 1709251200000)", 2],
    ["EXTRACT('DOW', 0)", 4],
    ['ROUND(-0.125, 2)', '-0.130'],
    ['LEAST(3, 2.5)', '2.5'],
    ["GREATEST('b', 'a')", 'b'],
    ["LPAD('id', 6, '0')", '0000id'],
    ["CONCAT(ARRAY(1, NULL), MAP('k', 1.50))", '[1, NULL]{k: 1.50}'],
  ])('%s', (sql, expected) => expect(evaluateSql(sql)).toEqual(expected));
});

describe('numbers of every type', () => {
  test.each<[string, (readonly [string, Scalar])[], unknown]>([
    ['abs', [['FLOAT', -1.5]], 1.5],
    ['abs', [['ANY', -3]], 3],
    ['abs', [['ANY', -(2n ** 60n)]], 2n ** 60n],
    ['abs', [['DECIMAL(38,2)', -(10n ** 30n)]], `${10n ** 28n}.00`],
    ['round', [['FLOAT', 2.5]], 3],
    ['round', [['FLOAT', -2.5]], -3],
    [
      'round',
      [
        ['FLOAT', 1234.5678],
        ['INT', 2],
      ],
      1234.57,
    ],
    [
      'round',
      [
        ['FLOAT', 1250],
        ['INT', -2],
      ],
      1300,
    ],
    [
      'round',
      [
        ['FLOAT', 1.5],
        ['INT', 500],
      ],
      1.5,
    ],
    [
      'round',
      [
        ['FLOAT', 1.5],
        ['INT', -500],
      ],
      0,
    ],
    ['round', [['FLOAT', Number.POSITIVE_INFINITY]], Number.POSITIVE_INFINITY],
    [
      'round',
      [
        ['FLOAT', 2 ** 60],
        ['INT', 3],
      ],
      2 ** 60,
    ],
    [
      'round',
      [
        ['INT', 15],
        ['INT', -1],
      ],
      20,
    ],
    ['round', [['ANY', 2.5]], 3],
    ['trunc', [['FLOAT', -2.9]], -2],
    [
      'trunc',
      [
        ['FLOAT', 2.987],
        ['INT', 2],
      ],
      2.98,
    ],
    [
      'trunc',
      [
        ['FLOAT', 1299],
        ['INT', -2],
      ],
      1200,
    ],
    [
      'trunc',
      [
        ['FLOAT', 2 ** 60],
        ['INT', 1],
      ],
      2 ** 60,
    ],
    [
      'trunc',
      [
        ['DECIMAL(9,3)', -2999],
        ['INT', 1],
      ],
      '-2.900',
    ],
    [
      'trunc',
      [
        ['DECIMAL(9,3)', 2999],
        ['INT', 5],
      ],
      '2.999',
    ],
    ['ceil', [['FLOAT', 1.2]], 2],
    ['ceil', [['DECIMAL(9,2)', -120]], -1],
    ['ceil', [['DECIMAL(9,2)', 120]], 2],
    ['ceil', [['DECIMAL(9,2)', 200]], 2],
    ['floor', [['DECIMAL(9,2)', -120]], -2],
    ['floor', [['DECIMAL(9,2)', -200]], -2],
    ['floor', [['FLOAT', 2 ** 60]], 2n ** 60n],
    ['floor', [['INT', 7]], 7],
    [
      'mod',
      [
        ['INT', 2n ** 60n],
        ['INT', 7],
      ],
      Number(2n ** 60n % 7n),
    ],
    [
      'mod',
      [
        ['FLOAT', 7.5],
        ['DECIMAL(9,1)', 20],
      ],
      1.5,
    ],
    [
      'mod',
      [
        ['ANY', -7],
        ['INT', 4],
      ],
      -3,
    ],
    [
      'mod',
      [
        ['ANY', 7.5],
        ['INT', 2],
      ],
      1.5,
    ],
    [
      'mod',
      [
        ['ANY', 2n ** 60n],
        ['ANY', 7],
      ],
      Number(2n ** 60n % 7n),
    ],
    [
      'mod',
      [
        ['FLOAT', 1],
        ['FLOAT', 0],
      ],
      null,
    ],
    ['sqrt', [['DECIMAL(9,2)', 225]], 1.5],
    [
      'power',
      [
        ['ANY', 2],
        ['ANY', 3],
      ],
      8,
    ],
    [
      'log',
      [
        ['INT', 10],
        ['INT', 1000],
      ],
      3,
    ],
    [
      'log',
      [
        ['INT', 3],
        ['INT', 81],
      ],
      4,
    ],
    [
      'least',
      [
        ['FLOAT', 1.5],
        ['INT', 1],
      ],
      1,
    ],
    [
      'greatest',
      [
        ['ANY', 'a'],
        ['ANY', 'b'],
      ],
      'b',
    ],
    [
      'nullif',
      [
        ['ANY', '1'],
        ['INT', 1],
      ],
      '1',
    ],
    [
      'nullif',
      [
        ['DECIMAL(9,2)', 100],
        ['FLOAT', 1],
      ],
      null,
    ],
    [
      'coalesce',
      [
        ['INT', null],
        ['DECIMAL(9,2)', 150],
      ],
      '1.50',
    ],
    [
      'coalesce',
      [
        ['INT', 1],
        ['DECIMAL(9,2)', 150],
      ],
      '1.00',
    ],
  ])('%s of %o', (name, args, expected) => expect(call(name, ...args)).toEqual(expected));
});

describe('text, times and collections of every type', () => {
  test.each<[string, (readonly [string, Scalar])[], unknown]>([
    ['length', [['STRING', '😀é']], 2],
    ['byte_length', [['STRING', 'aé€😀']], 10],
    [
      'substring',
      [
        ['STRING', 'a😀bc'],
        ['INT', 2],
        ['INT', 2],
      ],
      '😀b',
    ],
    [
      'right',
      [
        ['STRING', 'a😀b'],
        ['INT', 2],
      ],
      '😀b',
    ],
    [
      'left',
      [
        ['STRING', 'a😀b'],
        ['INT', -1],
      ],
      '',
    ],
    [
      'position',
      [
        ['STRING', 'b'],
        ['STRING', '😀ab'],
      ],
      3,
    ],
    [
      'position',
      [
        ['STRING', 'b'],
        ['STRING', '😀bab'],
        ['INT', 3],
      ],
      4,
    ],
    [
      'position',
      [
        ['STRING', 'x'],
        ['STRING', '😀bab'],
      ],
      0,
    ],
    ['reverse', [['STRING', 'a😀']], '😀a'],
    [
      'lpad',
      [
        ['STRING', 'a'],
        ['INT', 4],
        ['STRING', '😀b'],
      ],
      '😀b😀a',
    ],
    [
      'lpad',
      [
        ['STRING', 'a'],
        ['INT', 3],
        ['STRING', ''],
      ],
      'a',
    ],
    [
      'replace',
      [
        ['STRING', 'aa'],
        ['STRING', 'a'],
        ['STRING', '$&'],
      ],
      '$&$&',
    ],
    ['upper', [['ANY', 'x']], 'X'],
    [
      'split_part',
      [
        ['STRING', 'a-b'],
        ['STRING', '-'],
        ['INT', 0],
      ],
      '',
    ],
    [
      'concat',
      [
        ['TIMESTAMP', 0],
        ['BOOLEAN', false],
        ['DECIMAL(9,2)', -50],
      ],
      '1970-01-01 00:00:00false-0.50',
    ],
    [
      'if',
      [
        ['ANY', true],
        ['INT', 1],
        ['INT', 2],
      ],
      1,
    ],
    ['year', [['INT', 0]], 1970],
    ['year', [['STRING', '2024-05-06']], 2024],
    ['year', [['DECIMAL(18,3)', 1000]], 1970],
    ['hour', [['ANY', 7_200_000]], 2],
    ['hour', [['ANY', '1970-01-01 05:00:00']], 5],
    ['hour', [['INT', 7_200_000n]], 2],
    [
      'extract',
      [
        ['STRING', 'microsecond'],
        ['TIMESTAMP', 1500.25],
      ],
      500_250,
    ],
    [
      'extract',
      [
        ['STRING', 'nanoseconds'],
        ['TIMESTAMP', 1500.25],
      ],
      500_250_000,
    ],
    [
      'extract',
      [
        ['STRING', 'millisecond'],
        ['TIMESTAMP', -1],
      ],
      999,
    ],
    [
      'extract',
      [
        ['STRING', 'quarter'],
        ['TIMESTAMP', 0],
      ],
      1,
    ],
    [
      'extract',
      [
        ['STRING', 'epoch'],
        ['INT', 1500],
      ],
      1,
    ],
    [
      'datediff',
      [
        ['STRING', 'weeks'],
        ['INT', 0],
        ['INT', 1_209_600_000],
      ],
      2,
    ],
    [
      'datediff',
      [
        ['STRING', 'hours'],
        ['STRING', '2024-01-01'],
        ['TIMESTAMP', 1_704_153_600_000],
      ],
      24,
    ],
    [
      'datediff',
      [
        ['DATE', 86_400_000],
        ['ANY', '1970-01-01'],
      ],
      1,
    ],
    [
      'date_trunc',
      [
        ['STRING', 'day'],
        ['STRING', '1970-01-02 05:00:00'],
      ],
      86_400_000,
    ],
    [
      'date_trunc',
      [
        ['STRING', 'year'],
        ['ANY', 86_400_000],
      ],
      0,
    ],
    [
      'date_add',
      [
        ['DATE', 0],
        ['INTERVAL', 1000],
      ],
      1000,
    ],
    [
      'date_sub',
      [
        ['ANY', '1970-01-01 00:00:01'],
        ['INTERVAL', 1000],
      ],
      0,
    ],
    ['unix_timestamp', [['STRING', '1970-01-01 00:00:01']], 1],
    ['from_unixtime', [['DECIMAL(9,3)', 1500]], 1500],
    [
      'json_value',
      [
        ['ANY', { a: true }],
        ['STRING', '$.a'],
      ],
      true,
    ],
    [
      'json_value',
      [
        ['STRING', '{"a":{}}'],
        ['STRING', 'a'],
      ],
      '{}',
    ],
    [
      'json_value',
      [
        ['STRING', '{"a b":{"c":[[1]]}}'],
        ['STRING', "$['a b'].c[0][0]"],
      ],
      1,
    ],
    [
      'json_value',
      [
        ['STRING', '{"a.b":7}'],
        ['STRING', '$."a.b"'],
      ],
      7,
    ],
    [
      'json_value',
      [
        ['STRING', '[1]'],
        ['STRING', '$[5]'],
      ],
      null,
    ],
    [
      'json_value',
      [
        ['STRING', '[1]'],
        ['STRING', '$.x'],
      ],
      null,
    ],
    [
      'json_value',
      [
        ['STRING', '5'],
        ['STRING', '$.x'],
      ],
      null,
    ],
    [
      'json_value',
      [
        ['MAP<STRING,INT>', new Map([['k', 5]])],
        ['STRING', 'k'],
      ],
      5,
    ],
    [
      'json_value',
      [
        ['STRING', '{"id":9007199254740993}'],
        ['STRING', 'id'],
      ],
      9007199254740993n,
    ],
    [
      'json_value',
      [
        ['STRING', '{}'],
        ['STRING', 'toString'],
      ],
      null,
    ],
    [
      'json_object',
      [
        ['STRING', 'at'],
        ['DATE', 0],
      ],
      '{"at":"1970-01-01"}',
    ],
    ['array_length', [['ANY', [1, 2]]], 2],
    [
      'array_contains',
      [
        ['STRING', '["a"]'],
        ['STRING', 'a'],
      ],
      true,
    ],
    [
      'array_contains',
      [
        ['ARRAY<INT>', [1]],
        ['FLOAT', 1],
      ],
      true,
    ],
    ['array_distinct', [['ANY', [1, 1, 'a']]], [1, 'a']],
    ['map_values', [['STRUCT<a INT, b FLOAT>', { a: 1, b: 2.5 }]], [1, 2.5]],
    ['map_keys', [['ANY', { z: 1, a: 2 }]], ['z', 'a']],
    [
      'map',
      [
        ['INT', 7],
        ['STRING', 'x'],
        ['ANY', 'k'],
        ['INT', 1],
      ],
      { 7: 'x', k: 1 },
    ],
    ['struct', [['INT', 7]], { field0: 7 }],
    [
      'regexp_replace',
      [
        ['STRING', null],
        ['STRING', 'a'],
        ['STRING', 'b'],
      ],
      null,
    ],
  ])('%s of %o', (name, args, expected) => expect(call(name, ...args)).toEqual(expected));
});

describe('arguments that do not fit are errors of the record', () => {
  test.each<[string, (readonly [string, Scalar])[], string]>([
    ['abs', [['ANY', 'x']], 'argument "n" of "ABS" is "x", not a number'],
    ['abs', [['INT', -(2n ** 63n)]], '64 bits'],
    ['ceil', [['FLOAT', Number.NaN]], '"CEIL" of NaN is no INTEGER'],
    ['floor', [['FLOAT', 1e19]], '64 bits'],
    ['sqrt', [['FLOAT', -1]], '"SQRT" of -1 is not a real number'],
    ['sqrt', [['ANY', true]], 'not a number'],
    ['ln', [['INT', 0]], '"LN" of 0 does not exist'],
    ['log10', [['INT', -1]], '"LOG10" of -1'],
    ['log', [['INT', 0]], '"LOG" of 0'],
    [
      'log',
      [
        ['INT', 1],
        ['INT', 8],
      ],
      'base 1',
    ],
    [
      'log',
      [
        ['INT', 3],
        ['INT', 0],
      ],
      '"LOG" of 0',
    ],
    [
      'round',
      [
        ['FLOAT', 1],
        ['FLOAT', 0.5],
      ],
      'not a whole number',
    ],
    [
      'round',
      [
        ['FLOAT', 1],
        ['DECIMAL(9,1)', 5],
      ],
      'not a whole number',
    ],
    [
      'round',
      [
        ['FLOAT', 1],
        ['ANY', 'x'],
      ],
      'not a whole number',
    ],
    ['upper', [['ANY', 5]], 'argument "text" of "UPPER" is 5, not a string'],
    [
      'if',
      [
        ['ANY', 1],
        ['INT', 1],
        ['INT', 2],
      ],
      'not a boolean',
    ],
    [
      'substring',
      [
        ['STRING', 'a'],
        ['INT', 1],
        ['INT', -1],
      ],
      'length -1',
    ],
    [
      'lpad',
      [
        ['STRING', 'a'],
        ['INT', 10_000_000],
      ],
      'longer than 1000000',
    ],
    ['year', [['STRING', 'soon']], 'not a time'],
    ['year', [['ANY', [1]]], 'not a time'],
    [
      'extract',
      [
        ['STRING', 'eon'],
        ['INT', 0],
      ],
      'has no part "eon"',
    ],
    [
      'date_trunc',
      [
        ['STRING', 'eon'],
        ['INT', 0],
      ],
      'has no unit "eon"',
    ],
    [
      'datediff',
      [
        ['STRING', 'eon'],
        ['INT', 0],
        ['INT', 1],
      ],
      'has no unit "eon"',
    ],
    ['from_unixtime', [['FLOAT', 1e15]], 'outside the calendar'],
    ['to_date', [['STRING', 'soon']], 'cannot cast STRING "soon" to DATE'],
    [
      'to_timestamp',
      [
        ['STRING', 'soon'],
        ['STRING', '%Y'],
      ],
      'cannot cast',
    ],
    [
      'to_timestamp',
      [
        ['STRING', 'soon'],
        ['STRING', '%U'],
      ],
      'cannot read the format "%U"',
    ],
    [
      'json_value',
      [
        ['STRING', '{}'],
        ['STRING', '$.a[*]'],
      ],
      'cannot read the path',
    ],
    [
      'json_object',
      [
        ['STRING', null],
        ['INT', 1],
      ],
      'NULL key',
    ],
    [
      'map',
      [
        ['STRING', null],
        ['INT', 1],
      ],
      'NULL key',
    ],
    ['array_length', [['STRING', '{"a":1}']], 'not an array'],
    ['map_keys', [['STRING', 'x']], 'not a map'],
    [
      'date_add',
      [
        ['INT', 0],
        ['ANY', 'x'],
      ],
      'not a number',
    ],
  ])('%s of %o', (name, args, message) => expect(() => call(name, ...args)).toThrow(message));
});

describe('what the binder can see is a problem of the call', () => {
  test.each<[string, string[], (Scalar | undefined)[], string]>([
    ['least', ['INT', 'STRING'], [], 'no common type: INTEGER, STRING'],
    ['array', ['INT', 'STRING'], [], 'no common type'],
    ['map', ['STRING'], [], 'a value for every key'],
    ['map', ['FLOAT', 'INT'], [], 'text or whole numbers, not FLOAT'],
    ['struct', ['STRING', 'INT'], [undefined, 1], 'text literals'],
    ['json_object', ['STRING'], ['a'], 'a value for every key'],
    ['json_value', ['STRING', 'STRING'], [undefined, '$.*['], 'cannot read the path'],
    ['extract', ['STRING', 'INT'], ['eon'], 'has no part "eon"'],
    ['extract', ['STRING', 'INT'], ['Hours'], 'fits'],
    ['date_trunc', ['STRING', 'INT'], ['eon'], 'has no unit "eon"'],
    ['date_trunc', ['STRING', 'BOOLEAN'], ['day'], 'BOOLEAN is no time'],
    ['date_add', ['BOOLEAN', 'INTERVAL'], [], 'BOOLEAN is no time'],
    ['datediff', ['STRING', 'INT', 'INT'], ['eon'], 'has no unit'],
    ['sum', ['STRING'], [], '"SUM" needs numbers, not STRING'],
    ['avg', ['BOOLEAN'], [], '"AVG" needs numbers, not BOOLEAN'],
    ['stddev', ['STRING'], [], 'needs numbers, not STRING'],
    ['corr', ['FLOAT', 'STRING'], [], 'needs numbers, not STRING'],
    ['percentile_cont', ['FLOAT'], [], 'WITHIN GROUP'],
    ['percentile_cont', ['FLOAT', 'INT'], [undefined, 2], 'fraction from 0 to 1, not 2'],
    ['percentile_disc', ['STRING', 'DECIMAL(3,2)'], [undefined, 95], 'fits'],
    ['string_agg', ['STRING', 'STRING'], [undefined, undefined], 'text literal'],
    ['ema', ['FLOAT', 'INT'], [undefined, undefined], 'as a number in the query'],
    ['ema', ['FLOAT', 'INT'], [undefined, 0], 'not 0'],
    ['lag', ['INT', 'INT'], [undefined, -1], 'at least 0, not -1'],
    ['lag', ['INT', 'INT', 'STRING'], [undefined, 1, 'x'], 'default of "LAG" is STRING, not INTEGER'],
    ['ntile', ['INT'], [0], 'at least 1, not 0'],
    ['nth_value', ['INT', 'INT'], [undefined, 'x'], 'at least 1, not x'],
  ])('%s of %j %j: %s', (name, types, constants, message) => expect(problemOf(name, types, constants)).toContain(message));
});

describe('headers', () => {
  test('setting and removing are told to the output', () => {
    const set: [string, string | null][] = [];
    const context = { ...fixedContext, setHeader: (key: string, value: string | null) => void set.push([key, value]) };
    expect(evaluateSql("SET_HEADER('tier', 'gold')", context)).toBe('gold');
    expect(evaluateSql("REMOVE_HEADER('trace')", context)).toBe('t-1');
    expect(set).toEqual([
      ['tier', 'gold'],
      ['trace', null],
    ]);
  });
  test('a record without headers has none', () => {
    const context = { ...fixedContext, headers: () => null, timestamp: () => null };
    expect([evaluateSql("HEADER('a')", context), evaluateSql("HAS_HEADER('a')", context), evaluateSql('HEADER_KEYS()', context)]).toEqual([
      null,
      false,
      '',
    ]);
    expect(evaluateSql("REMOVE_HEADER('a')", context)).toBeNull();
    expect(evaluateSql('TIMESTAMP()', context)).toBeNull();
  });
});

test('times stay what they are', () => {
  expect(
    resultOf(findReturns('date_trunc'), [
      { type: type('STRING'), constant: 'day' },
      { type: type('DATE'), constant: undefined },
    ]).kind,
  ).toBe('date');
  expect(
    resultOf(findReturns('date_add'), [
      { type: type('DATE'), constant: undefined },
      { type: type('INTERVAL'), constant: undefined },
    ]),
  ).toBe(TIMESTAMP);
  expect(
    resultOf(findReturns('json_value'), [
      { type: type('STRING'), constant: undefined },
      { type: type('STRING'), constant: undefined },
    ]),
  ).toBe(ANY);
});

function findReturns(name: string) {
  const fn = findFunction(name);
  if (fn?.kind !== 'scalar') throw new Error(`${name} is no scalar function`);
  return fn.returns;
}
