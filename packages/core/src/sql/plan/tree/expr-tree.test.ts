import { describe, expect, test } from 'vitest';
import { ANY, arrayOf, BOOLEAN, decimal, INTEGER, mapOf, type Scalar, STRING } from '../../../values/types.ts';
import type { Expr } from '../../bind/expression.ts';
import { conjuncts } from '../../bind/expression-tree.ts';
import { and, compare, literal, UPPER } from '../bound.fixture.ts';
import { col, not, plus, system } from '../node.fixture.ts';
import { exprKey, sameExpr, scalarKey } from './expr-key.ts';
import { mayFail } from './expr-traits.ts';
import { columnsOf, conjunction, mapExpr, moveColumns } from './expr-tree.ts';

const subquery: Expr = {
  kind: 'subquery',
  form: 'in',
  table: 't',
  tableWidth: 1,
  outer: [col(2)],
  where: compare(col(0), '=', col(1)),
  select: col(0),
  aggregates: [],
  arg: col(1),
  op: '=',
  negated: false,
  type: BOOLEAN,
};
/** One of each kind, all reading column 1. */
const EVERY: readonly Expr[] = [
  col(1),
  plus(col(1), literal(1)),
  { kind: 'negate', arg: col(1), type: INTEGER },
  compare(col(1), '=', literal(1)),
  and(compare(col(1), '=', literal(1)), literal(true)),
  { kind: 'or', args: [literal(false), compare(col(1), '<', literal(1))], type: BOOLEAN },
  not(compare(col(1), '>', literal(1))),
  { kind: 'is', test: 'null', negated: true, arg: col(1), type: BOOLEAN },
  { kind: 'between', arg: col(1), low: literal(1), high: literal(2), negated: false, type: BOOLEAN },
  { kind: 'in', arg: literal(1), list: [literal(2), col(1)], negated: true, type: BOOLEAN },
  { kind: 'like', arg: literal('a'), pattern: col(1), escape: '!', ignoreCase: true, negated: false, type: BOOLEAN },
  { kind: 'case', whens: [{ condition: literal(true), result: col(1) }], otherwise: literal(3), type: INTEGER },
  { kind: 'case', whens: [{ condition: compare(col(1), '=', literal(1)), result: literal(1) }], otherwise: null, type: INTEGER },
  { kind: 'coalesce', args: [col(1), literal(1)], type: INTEGER },
  { kind: 'cast', arg: col(1), safe: true, type: STRING },
  { kind: 'call', fn: UPPER, args: [col(1)], type: STRING },
  { kind: 'concat', args: [literal('a'), col(1)], type: STRING },
  { kind: 'truth', arg: col(1), type: BOOLEAN },
  { kind: 'element', arg: literal('a'), key: col(1), type: ANY },
  subquery,
  { ...subquery, arg: null, form: 'exists', outer: [col(1)] },
];

describe('expressions', () => {
  test.each(EVERY.map((e) => [e.kind, e] as const))('%s: columns are found and moved', (_, e) => {
    expect(columnsOf(e).has(1)).toBe(true);
    const moved = moveColumns(e, (index) => index + 10);
    expect(columnsOf(moved)).toEqual(new Set([...columnsOf(e)].map((index) => index + 10)));
    expect(exprKey(moved)).not.toBe(exprKey(e));
    expect(moveColumns(moved, (index) => index - 10)).toEqual(e);
    expect(moveColumns(e, (index) => index)).toBe(e);
  });

  test('what a sub-query computes over its table stays', () => {
    expect(moveColumns(subquery, () => 9)).toMatchObject({
      where: { left: { index: 0 } },
      select: { index: 0 },
      arg: { index: 9 },
      outer: [{ index: 9 }],
    });
  });

  test('each has a text of its own, and equal ones the same', () => {
    const texts = EVERY.map(exprKey);
    expect(new Set(texts).size).toBe(EVERY.length);
    expect(sameExpr(plus(col(1), literal(1)), { ...plus(col(1), literal(1)), span: { start: 1, end: 2 } })).toBe(true);
  });

  test.each<[Scalar, Scalar]>([
    [1, '1'],
    [1n, 1],
    [0, -0],
    [null, 'null'],
    [true, 'true'],
    [[1, 2], [12]],
    [new Uint8Array([1]), [1]],
    [new Map([['a', 1]]), new Map([['a', '1']])],
    [Object.assign(Object.create(null), { a: 1 }), Object.assign(Object.create(null), { b: 1 })],
  ])('values %s and %s differ', (a, b) => {
    expect(scalarKey(a)).not.toBe(scalarKey(b));
  });

  test('rewrites from the leaves up', () => {
    const doubled = mapExpr(plus(literal(1), literal(2)), (e) => (e.kind === 'literal' ? literal(Number(e.value) * 2) : e));
    expect(doubled).toMatchObject({ left: { value: 2 }, right: { value: 4 } });
  });

  test('conditions part and join', () => {
    const [a, b, c] = [literal(true), literal(false), literal(null)];
    expect(conjuncts(and(a, and(b, c)))).toEqual([a, b, c]);
    expect(conjunction([a])).toBe(a);
    expect(conjunction([])).toBeNull();
  });
});

describe('mayFail', () => {
  const cast = (from: Expr, type: Expr['type']): Expr => ({ kind: 'cast', arg: from, safe: false, type });
  const any: Expr = { kind: 'column', index: 0, name: 'a', type: ANY };
  test.each<[string, Expr, boolean]>([
    ['checked integers', plus(col(1), literal(1)), true],
    ['floats', plus(col(2), col(2)), false],
    [
      'floats that report zero',
      { kind: 'arithmetic', op: '/', left: col(2), right: col(2), divisionByZero: 'error', type: col(2).type },
      true,
    ],
    ['a negated integer', { kind: 'negate', arg: col(1), type: INTEGER }, true],
    ['text to a number', cast(col(0), INTEGER), true],
    ['a safe cast', { ...cast(col(0), INTEGER), safe: true } as Expr, false],
    ['a number to text', cast(col(1), STRING), false],
    ['an integer to a float', cast(col(1), col(2).type), false],
    ['decimals of other digits', cast({ ...col(1), type: decimal(5, 2) }, decimal(4, 1)), true],
    ['the same type', cast(col(0), STRING), false],
    ['comparing what is not known', compare(any, '=', literal(1)), true],
    ['BETWEEN of what is not known', { kind: 'between', arg: col(1), low: any, high: any, negated: false, type: BOOLEAN }, true],
    ['IN of what is known', { kind: 'in', arg: col(1), list: [literal(1)], negated: false, type: BOOLEAN }, false],
    [
      'LIKE of what is not known',
      { kind: 'like', arg: any, pattern: literal('a'), escape: null, ignoreCase: false, negated: false, type: BOOLEAN },
      true,
    ],
    ['a function', { kind: 'call', fn: UPPER, args: [col(0)], type: STRING }, true],
    ['truth', { kind: 'truth', arg: col(1), type: BOOLEAN }, true],
    ['a test for NULL', { kind: 'is', test: 'null', negated: false, arg: col(1), type: BOOLEAN }, false],
    ['an element', { kind: 'element', arg: { ...col(1), type: arrayOf(INTEGER) }, key: literal(1), type: INTEGER }, false],
    ['a map', { kind: 'element', arg: { ...col(1), type: mapOf(INTEGER) }, key: literal('k'), type: INTEGER }, false],
    ['a system column', system('_OFFSET'), false],
  ])('%s', (_, e, expected) => {
    expect(mayFail(e)).toBe(expected);
  });
});
