import { describe, expect, test } from 'vitest';
import type { Scalar } from '../../values/types.ts';
import { call, problemOf } from './call.fixture.ts';

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
    ['array_length', ['INT'], [], '"ARRAY_LENGTH" needs an array, not INTEGER'],
    ['map_keys', ['ARRAY<INT>'], [], '"MAP_KEYS" needs a map, not ARRAY<INTEGER>'],
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
