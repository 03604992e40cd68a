import { describe, expect, test } from 'vitest';
import { ANY, type Scalar, TIMESTAMP } from '../../values/types.ts';
import { provideAllFunctions } from './all-functions.ts';
import { call, type } from './call.fixture.ts';
import { evaluateSql, fixedContext, resultOf } from './example.fixture.ts';
import { findFunction } from './registry.ts';

provideAllFunctions();

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
