import { describe, expect, test } from 'vitest';
import { parseTypeText, typeText } from './type-text.ts';
import type { SqlType } from './types.ts';
import { arithmeticType, commonType, commonTypeOf, comparableType } from './unify-types.ts';

const type = (text: string): SqlType => parseTypeText(text)!;
const shown = (result: SqlType | undefined) => (result === undefined ? undefined : typeText(result));

describe('the type that holds both', () => {
  test.each([
    ['INT', 'INT', 'INTEGER'],
    ['NULL', 'INT', 'INTEGER'],
    ['INT', 'NULL', 'INTEGER'],
    ['INT', 'FLOAT', 'FLOAT'],
    ['DECIMAL(9,2)', 'FLOAT', 'FLOAT'],
    ['INT', 'DECIMAL(9,2)', 'DECIMAL(21, 2)'],
    ['DECIMAL(9,2)', 'DECIMAL(5,4)', 'DECIMAL(11, 4)'],
    ['DECIMAL(38,2)', 'DECIMAL(38,10)', 'DECIMAL(38, 10)'],
    ['DATE', 'TIMESTAMP', 'TIMESTAMP'],
    ['ANY', 'STRING', 'ANY'],
    ['JSON', 'INT', 'ANY'],
    ['ARRAY<INT>', 'ARRAY<FLOAT>', 'ARRAY<FLOAT>'],
    ['ARRAY<INT>', 'ARRAY<STRING>', undefined],
    ['MAP<STRING,INT>', 'MAP<STRING,FLOAT>', 'MAP<STRING, FLOAT>'],
    ['STRUCT<a INT>', 'STRUCT<a FLOAT>', 'STRUCT<a FLOAT>'],
    ['STRUCT<a INT>', 'STRUCT<b INT>', undefined],
    ['STRUCT<a INT>', 'STRUCT<a INT, b INT>', undefined],
    ['STRING', 'INT', undefined],
    ['BOOLEAN', 'INT', undefined],
    ['TIMESTAMP', 'INT', undefined],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(shown(commonType(type(a), type(b)))).toBe(expected);
    expect(shown(commonType(type(b), type(a)))).toBe(expected);
  });
  test('of many', () => {
    expect(shown(commonTypeOf([type('INT'), type('NULL'), type('FLOAT')]))).toBe('FLOAT');
    expect(shown(commonTypeOf([]))).toBe('NULL');
    expect(commonTypeOf([type('INT'), type('STRING'), type('INT')])).toBeUndefined();
  });
});

describe('the type in which two values are compared', () => {
  test.each([
    ['TIMESTAMP', 'INT', 'TIMESTAMP'],
    ['DATE', 'STRING', 'TIMESTAMP'],
    ['TIMESTAMP', 'FLOAT', 'TIMESTAMP'],
    ['INTERVAL', 'INT', 'INTERVAL'],
    ['TIME', 'STRING', 'TIME'],
    ['TIME', 'INT', 'TIME'],
    ['INT', 'DECIMAL(4,1)', 'DECIMAL(20, 1)'],
    ['STRING', 'INT', undefined],
    ['INTERVAL', 'STRING', undefined],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(shown(comparableType(type(a), type(b)))).toBe(expected);
    expect(shown(comparableType(type(b), type(a)))).toBe(expected);
  });
});

describe('the type of arithmetic', () => {
  test.each([
    ['+', 'INT', 'INT', 'INTEGER'],
    ['/', 'INT', 'INT', 'FLOAT'],
    ['%', 'INT', 'INT', 'INTEGER'],
    ['*', 'INT', 'FLOAT', 'FLOAT'],
    ['/', 'DECIMAL(9,2)', 'FLOAT', 'FLOAT'],
    ['+', 'DECIMAL(9,2)', 'DECIMAL(9,4)', 'DECIMAL(12, 4)'],
    ['*', 'DECIMAL(9,2)', 'DECIMAL(9,4)', 'DECIMAL(18, 6)'],
    ['*', 'DECIMAL(30,12)', 'DECIMAL(30,12)', 'DECIMAL(38, 18)'],
    ['/', 'DECIMAL(9,2)', 'INT', 'DECIMAL(13, 6)'],
    ['%', 'DECIMAL(9,2)', 'DECIMAL(5,1)', 'DECIMAL(9, 2)'],
    ['+', 'ANY', 'INT', 'ANY'],
    ['+', 'ANY', 'STRING', undefined],
    ['+', 'NULL', 'INT', 'INTEGER'],
    ['+', 'INT', 'NULL', 'INTEGER'],
    ['+', 'NULL', 'NULL', 'NULL'],
    ['+', 'NULL', 'STRING', undefined],
    ['+', 'STRING', 'NULL', undefined],
    ['-', 'STRING', 'INT', undefined],
    ['-', 'INT', 'BOOLEAN', undefined],
  ] as const)('%s of %s and %s: %s', (op, a, b, expected) => {
    expect(shown(arithmeticType(op, type(a), type(b)))).toBe(expected);
  });
});
