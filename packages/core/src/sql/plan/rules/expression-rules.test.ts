import { describe, expect, test } from 'vitest';
import { BOOLEAN, decimal, FLOAT, INTEGER, INTERVAL, type Scalar, type SqlType, STRING } from '../../../values/types.ts';
import type { CompareOp, Expr } from '../../bind/expression.ts';
import { showExpr } from '../../bind/show-expression.ts';
import { defineScalar } from '../../functions/define.ts';
import { and, compare, literal, or, RANDOM, UPPER } from '../bound.fixture.ts';
import { col, filter, not, plus, risky, scan } from '../node.fixture.ts';
import { foldConstants, foldExpr } from './fold-constants.ts';
import { simplifyConditions, simplifyExpr } from './simplify-conditions.ts';

const lit = (value: Scalar, type: SqlType): Expr => ({ kind: 'literal', value, type });
const arithmetic = (left: Expr, op: '+' | '-' | '*' | '/' | '%', right: Expr, type: SqlType): Expr => ({
  kind: 'arithmetic',
  op,
  left,
  right,
  type,
  divisionByZero: 'null',
});
const call = (fn: typeof UPPER, ...args: Expr[]): Expr => ({ kind: 'call', fn, args, type: STRING });
const folded = (e: Expr): Scalar | Expr => {
  const result = foldExpr(e);
  return result.kind === 'literal' ? result.value : result;
};
const D2 = decimal(10, 2);

describe('fold-constants', () => {
  test.each<[Expr, Scalar]>([
    [arithmetic(literal(2), '+', literal(3), INTEGER), 5],
    [arithmetic(lit(2n ** 60n, INTEGER), '*', literal(2), INTEGER), 2n ** 61n],
    [arithmetic(literal(7), '%', literal(4), INTEGER), 3],
    [arithmetic(lit(1.5, FLOAT), '*', lit(2, FLOAT), FLOAT), 3],
    [arithmetic(lit(1, FLOAT), '-', lit(2, FLOAT), FLOAT), -1],
    [arithmetic(lit(1, FLOAT), '/', lit(2, FLOAT), FLOAT), 0.5],
    [arithmetic(lit(5, FLOAT), '%', lit(2, FLOAT), FLOAT), 1],
    [arithmetic(lit(5, FLOAT), '+', lit(2, FLOAT), FLOAT), 7],
    [arithmetic(lit(110, D2), '+', lit(22, decimal(10, 1)), D2), 330],
    [arithmetic(lit(null, INTEGER), '+', literal(3), INTEGER), null],
    [compare(literal(1), '<', literal(2)), true],
    [compare(literal(1), '<=', literal(2)), true],
    [compare(literal(1), '>', literal(2)), false],
    [compare(literal(1), '>=', literal(2)), false],
    [compare(literal('a'), '=', literal('a')), true],
    [compare(literal('a'), '!=', literal('a')), false],
    [compare(literal(null), '=', literal('a')), null],
    [{ kind: 'cast', arg: literal('12'), safe: false, type: INTEGER }, 12],
    [{ kind: 'concat', args: [literal('a'), literal('b')], type: STRING }, 'ab'],
    [{ kind: 'concat', args: [literal('a'), literal(null)], type: STRING }, null],
    [{ kind: 'is', test: 'null', negated: true, arg: literal(null), type: BOOLEAN }, false],
    [{ kind: 'is', test: 'true', negated: false, arg: literal(true), type: BOOLEAN }, true],
    [call(UPPER, literal('a')), 'A'],
    [call(UPPER, literal(null)), null],
  ])('case %#', (e, value) => {
    expect(folded(e)).toEqual(value);
  });

  const failing = defineScalar({
    ...UPPER,
    name: 'failing',
    evaluate: () => {
      throw new Error('no');
    },
  });
  const prepared = defineScalar({
    name: 'suffix',
    category: 'string',
    summary: '',
    parameters: [],
    examples: [],
    returns: STRING,
    nulls: 'own',
    volatility: 'immutable',
    prepare: (_types, constants) => (s) => `${s}${constants[1]}`,
  });

  test('a function that prepares itself sees its constants', () => {
    expect(folded(call(prepared, literal('a'), literal('z')))).toBe('az');
  });

  test.each<readonly [string, Expr]>([
    ['fails', { kind: 'cast', arg: literal('x'), safe: false, type: INTEGER }],
    ['overflows', arithmetic(lit(2n ** 62n, INTEGER), '*', literal(2), INTEGER)],
    ['throws', call(failing, literal('a'))],
    ['divides by zero, which is counted per row', arithmetic(literal(1), '/', literal(0), FLOAT)],
    ['divides floats by zero', arithmetic(lit(1, FLOAT), '/', lit(0, FLOAT), FLOAT)],
    ['draws a number', { kind: 'call', fn: RANDOM, args: [], type: FLOAT }],
    ['reads a column', plus(col(1), literal(1))],
    ['is text whose form the run decides', { kind: 'cast', arg: literal(null), safe: false, type: STRING }],
    ['compares two-valued', { ...compare(literal(null), '=', literal(null)), twoValued: true } as Expr],
    ['mixes times and intervals', arithmetic(literal(1), '+', lit(1, INTERVAL), INTEGER)],
  ])('what %s stays', (_, e) => {
    expect(foldExpr(e)).toBe(e);
  });

  test('works inside the expressions of a plan', () => {
    const root = filter(scan(), compare(col(1), '>', plus(literal(1), literal(2))));
    expect(foldConstants.rewrite(root, { above: 'none' })).toMatchObject({ predicate: { right: { kind: 'literal', value: 3 } } });
  });
});

const x = compare(col(1), '>', literal(0));
const y = compare(col(2), '<', literal(9));
const text = (e: Expr): string => showExpr(simplifyExpr(e));
const caseOf = (whens: readonly (readonly [Expr, Expr])[], otherwise: Expr | null): Expr => ({
  kind: 'case',
  whens: whens.map(([condition, result]) => ({ condition, result })),
  otherwise,
  type: INTEGER,
});

describe('simplify-conditions', () => {
  test.each<[Expr, string]>([
    [and(x, literal(true)), 'qty > 0'],
    [and(literal(true), literal(true)), 'TRUE'],
    [and(x, literal(false)), 'FALSE'],
    [or(x, literal(true)), 'TRUE'],
    [or(x, literal(false), y), 'qty > 0 OR price < 9'],
    [or(literal(false)), 'FALSE'],
    [and(x, and(y, x)), 'qty > 0 AND price < 9'],
    [and(x, literal(null)), 'qty > 0 AND NULL'],
    [not(not(x)), 'qty > 0'],
    [not(literal(true)), 'FALSE'],
    [not(literal(null)), 'NULL'],
    [not({ kind: 'is', test: 'null', negated: false, arg: col(0), type: BOOLEAN }), 'symbol IS NOT NULL'],
    [not({ kind: 'in', arg: col(1), list: [literal(1)], negated: false, type: BOOLEAN }), 'qty NOT IN (1)'],
    [
      not({ kind: 'like', arg: col(0), pattern: literal('a%'), escape: null, ignoreCase: false, negated: true, type: BOOLEAN }),
      "symbol LIKE 'a%'",
    ],
    [not({ kind: 'between', arg: col(1), low: literal(1), high: literal(2), negated: false, type: BOOLEAN }), 'qty NOT BETWEEN 1 AND 2'],
    [
      caseOf(
        [
          [literal(false), literal(1)],
          [x, literal(2)],
        ],
        literal(3),
      ),
      'CASE WHEN qty > 0 THEN 2 ELSE 3 END',
    ],
    [caseOf([[literal(null), literal(1)]], null), 'NULL'],
    [
      caseOf(
        [
          [x, literal(1)],
          [literal(true), literal(2)],
        ],
        literal(3),
      ),
      'CASE WHEN qty > 0 THEN 1 ELSE 2 END',
    ],
    [caseOf([[literal(true), literal(2)]], literal(3)), '2'],
    [{ kind: 'coalesce', args: [literal(null), col(1)], type: INTEGER }, 'qty'],
    [{ kind: 'coalesce', args: [col(1), literal(1), col(1)], type: INTEGER }, 'coalesce(qty, 1)'],
    [{ kind: 'coalesce', args: [literal(null)], type: INTEGER }, 'NULL'],
  ])('case %#', (e, wanted) => {
    expect(text(e)).toBe(wanted);
  });

  test.each<[CompareOp, CompareOp]>([
    ['=', '!='],
    ['!=', '='],
    ['<', '>='],
    ['<=', '>'],
    ['>', '<='],
    ['>=', '<'],
  ])('NOT turns %s into %s', (op, opposite) => {
    expect(simplifyExpr(not(compare(col(1), op, literal(1))))).toMatchObject({ kind: 'compare', op: opposite });
  });

  test.each<readonly [string, Expr]>([
    ['an error that would have come first', and(risky(0), literal(false))],
    ['two-valued comparisons', not({ ...x, twoValued: true } as Expr)],
    ['a two-valued NOT', { ...not(literal(null)), twoValued: true } as Expr],
    ['a branch of another type', caseOf([[literal(true), literal('a')]], null)],
    ['a coalesced value of another type', { kind: 'coalesce', args: [col(0)], type: INTEGER }],
    ['what says nothing', and(x, y)],
    ['a NOT of a function', not({ kind: 'truth', arg: col(1), type: BOOLEAN })],
    ['a CASE without constants', caseOf([[x, literal(1)]], null)],
  ])('keeps %s', (_, e) => {
    expect(simplifyExpr(e)).toBe(e);
  });

  test('a WHERE that can only be NULL is FALSE', () => {
    expect(simplifyConditions.rewrite(filter(scan(), literal(null)), { above: 'none' })).toMatchObject({ predicate: { value: false } });
  });
});
