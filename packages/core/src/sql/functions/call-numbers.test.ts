import { describe, expect, test } from 'vitest';
import type { Scalar } from '../../values/types.ts';
import { call } from './call.fixture.ts';
import { evaluateSql } from './example.fixture.ts';

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
