import { describe, expect, test } from 'vitest';
import type { Expr } from '../../sql/bind/expression.ts';
import { BOOLEAN, FLOAT, INTEGER, type Scalar, type SqlType, STRING } from '../../values/types.ts';
import { compileScalarExpression } from './compile-expression.ts';
import { testEnv } from './env.fixture.ts';

const lit = (value: Scalar, type: SqlType): Expr => ({ kind: 'literal', value, type });
const run = (expr: Expr, row: readonly Scalar[] = []) => compileScalarExpression(expr, testEnv())(row);
const bool = (value: boolean | null): Expr => lit(value, BOOLEAN);

describe('three-valued logic', () => {
  const values = [true, false, null] as const;
  const and = (a: boolean | null, b: boolean | null) => (a === false || b === false ? false : a === null || b === null ? null : true);

  test('AND and OR follow Kleene', () => {
    for (const a of values) {
      for (const b of values) {
        expect(run({ kind: 'and', args: [bool(a), bool(b)], type: BOOLEAN })).toBe(and(a, b));
        const or = run({ kind: 'or', args: [bool(a), bool(b)], type: BOOLEAN });
        const not = (x: boolean | null) => (x === null ? null : !x);
        expect(or).toBe(not(and(not(a), not(b))));
      }
    }
  });

  test('a comparison with NULL is NULL, two-valued it is not', () => {
    const compare = (op: '=' | '!=' | '<', a: Scalar, b: Scalar, twoValued: boolean) =>
      run({ kind: 'compare', op, left: lit(a, INTEGER), right: lit(b, INTEGER), type: BOOLEAN, twoValued });
    expect(compare('=', null, null, false)).toBe(null);
    expect(compare('=', null, null, true)).toBe(true);
    expect(compare('!=', null, 1, true)).toBe(true);
    expect(compare('<', null, 1, true)).toBe(false);
    expect(compare('=', 1, 1, false)).toBe(true);
  });

  test('IN with a NULL item is NULL unless something matches', () => {
    const within = (value: Scalar, list: Scalar[], negated = false) =>
      run({ kind: 'in', arg: lit(value, STRING), list: list.map((v) => lit(v, STRING)), negated, type: BOOLEAN });
    expect(within('a', ['a', null])).toBe(true);
    expect(within('b', ['a', null])).toBe(null);
    expect(within('b', ['a', null], true)).toBe(null);
    expect(within('b', ['a'], true)).toBe(true);
    expect(within(null, ['a'])).toBe(null);
  });
});

describe('arithmetic', () => {
  const calc = (op: '+' | '-' | '*' | '/' | '%', a: Scalar, b: Scalar, type: SqlType = INTEGER) =>
    run({ kind: 'arithmetic', op, left: lit(a, INTEGER), right: lit(b, INTEGER), type, divisionByZero: 'null' });

  test('integers go on exactly beyond 2^53', () => {
    expect(calc('+', 9007199254740991, 1)).toBe(9007199254740992n);
    expect(calc('*', 3037000499, 3037000499)).toBe(9223372030926249001n);
  });

  test('integers beyond 64 bits are an error', () => {
    expect(() => calc('*', 9007199254740991, 9007199254740991)).toThrow(expect.objectContaining({ reason: 'integer-overflow' }));
  });

  test('division of integers is a float, by zero NULL', () => {
    expect(calc('/', 7, 2, FLOAT)).toBe(3.5);
    expect(calc('/', 7, 0, FLOAT)).toBe(null);
  });

  test('no integer result is minus zero', () => {
    expect(calc('*', 0, -5)).toBe(0);
    expect(calc('%', -4, 2)).toBe(0);
  });
});
