import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AggregateCall, CompareOp, Expr, SubqueryExpr } from '../../sql/bind/expression.ts';
import { count } from '../../sql/functions/aggregate/count.ts';
import { sum } from '../../sql/functions/aggregate/sum.ts';
import { BOOLEAN, FLOAT, INTEGER, type Scalar, STRING } from '../../values/types.ts';
import { testContext, testEnv } from '../compile/env.fixture.ts';
import { batchOf, columnExpr, compare, field, literal } from '../rows/operator.fixture.ts';
import { createTableStore } from './create-table-store.ts';
import { makeSubqueryEvaluator } from './evaluate-subquery.ts';

const FIELDS = [field('k', STRING), field('n', INTEGER)];
const N = columnExpr(1);
/** The first outer value, behind the two columns of the table. */
const OUTER = columnExpr(2, STRING, 'outer.k');

function contextWith(rows: readonly (readonly Scalar[])[]) {
  const tables = createTableStore();
  const table = tables.create('t', FIELDS, []);
  const add = (more: readonly (readonly Scalar[])[]) => {
    const batch = batchOf(
      FIELDS,
      more.map((values) => ({ values })),
    );
    table.apply(batch, 0, batch.length);
  };
  add(rows);
  return { context: testContext({ tables }), add };
}

const subquery = (form: SubqueryExpr['form'], options: Partial<SubqueryExpr> = {}): SubqueryExpr =>
  ({
    kind: 'subquery',
    form,
    table: 't',
    tableWidth: 2,
    outer: [],
    where: null,
    select: N,
    aggregates: [],
    arg: form === 'in' || form === 'any' || form === 'all' ? literal(0) : null,
    op: null,
    negated: false,
    type: BOOLEAN,
    ...options,
  }) as SubqueryExpr;

const answer = (expr: SubqueryExpr, rows: readonly (readonly Scalar[])[], outer: readonly Scalar[] = [], arg: Scalar = null) =>
  makeSubqueryEvaluator(expr, testEnv(contextWith(rows).context))(outer, arg);
const call = (options: Partial<AggregateCall>): AggregateCall => ({
  fn: sum,
  args: [N],
  distinct: false,
  filter: null,
  descending: false,
  type: INTEGER,
  ...options,
});
const correlated = { outer: [columnExpr(0, STRING)], where: compare('=', columnExpr(0, STRING), OUTER) };

describe('scalar sub-query', () => {
  const rows = [
    ['a', 1],
    ['b', 2],
    ['a', 3],
  ];

  test('gives the first row, NULL for none, and warns of more', () => {
    expect(answer(subquery('scalar', correlated), rows, ['b'])).toBe(2);
    expect(answer(subquery('scalar', correlated), rows, ['z'])).toBeNull();
    expect(answer(subquery('scalar', correlated), rows, [null])).toBeNull();
    const { context } = contextWith(rows);
    expect(makeSubqueryEvaluator(subquery('scalar'), testEnv(context))([], null)).toBe(1);
    expect(context.warnings).toEqual(['scalar-subquery-rows']);
  });

  test('aggregates all rows; no row gives NULL and a count of zero', () => {
    const total = subquery('scalar', { ...correlated, aggregates: [call({})], select: columnExpr(0) });
    expect(answer(total, rows, ['a'])).toBe(4);
    expect(answer(total, rows, ['z'])).toBeNull();
    const counted = subquery('scalar', { ...correlated, aggregates: [call({ fn: count, args: [] })], select: columnExpr(0) });
    expect(answer(counted, rows, ['z'])).toBe(0);
    const both = { kind: 'arithmetic', op: '+', left: columnExpr(0), right: columnExpr(1), divisionByZero: 'null', type: INTEGER } as Expr;
    const filter = compare('>', N, literal(1));
    const mixed = subquery('scalar', { aggregates: [call({ distinct: true }), call({ filter })], select: both });
    expect(answer(mixed, [...rows, ['c', 3], ['d', null]])).toBe(6 + 8);
  });

  test('an uncorrelated one is answered anew only when the table changes', () => {
    const { context, add } = contextWith(rows);
    const evaluate = makeSubqueryEvaluator(subquery('scalar', { aggregates: [call({})], select: columnExpr(0) }), testEnv(context));
    expect([evaluate([], null), evaluate([], null)]).toEqual([6, 6]);
    add([['z', 10]]);
    expect(evaluate([], null)).toBe(16);
  });

  test('a table that is not there is named', () => {
    const evaluate = makeSubqueryEvaluator(subquery('scalar', { table: 'nowhere' }), testEnv(contextWith([]).context));
    expect(() => evaluate([], null)).toThrow(expect.objectContaining({ code: 'VS5030', message: expect.stringContaining('"nowhere"') }));
  });
});

describe('EXISTS', () => {
  test('tells whether a row passes, without one too', () => {
    expect(answer(subquery('exists', { select: null }), [['a', 1]])).toBe(true);
    expect(answer(subquery('exists', { select: null }), [])).toBe(false);
    expect(answer(subquery('exists', { ...correlated, select: null, negated: true }), [['a', 1]], ['z'])).toBe(true);
    expect(answer(subquery('exists', { ...correlated, select: null, negated: true }), [['a', 1]], ['a'])).toBe(false);
  });
});

const tests: Record<CompareOp, (a: number, b: number) => boolean> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** Standard SQL: `IN` and ANY are an OR over the rows, ALL is an AND, in three-valued logic. */
function quantified(
  values: readonly (number | null)[],
  arg: number | null,
  test: (a: number, b: number) => boolean,
  isAll: boolean,
): boolean | null {
  const parts = values.map((v) => (v === null || arg === null ? null : test(arg, v)));
  if (parts.includes(!isAll)) return !isAll;
  return parts.includes(null) ? null : isAll;
}
const not = (v: boolean | null): boolean | null => (v === null ? null : !v);

describe('IN, ANY and ALL', () => {
  const value = fc.constantFrom(1, 2, 3, null);

  test('follow three-valued logic, correlated or not, indexed or not', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b'), value), { maxLength: 6 }),
        value,
        fc.constantFrom<CompareOp>('=', '!=', '<', '<=', '>', '>='),
        fc.constantFrom('in' as const, 'any' as const, 'all' as const),
        fc.boolean(),
        fc.constantFrom('none' as const, 'equality' as const, 'range' as const),
        (rows, arg, op, form, negated, correlation) => {
          const where = correlation === 'range' ? compare('<=', columnExpr(0, STRING), OUTER) : correlated.where;
          const shape = correlation === 'none' ? {} : { outer: correlated.outer, where };
          const passing = rows.filter(([k]) => correlation === 'none' || (correlation === 'range' ? k <= 'a' : k === 'a'));
          const want = quantified(
            passing.map(([, n]) => n),
            arg,
            tests[form === 'in' ? '=' : op],
            form === 'all',
          );
          const expr = subquery(form, { ...shape, op, negated });
          expect(answer(expr, rows, correlation === 'none' ? [] : ['a'], arg)).toBe(negated ? not(want) : want);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('numbers of different types are compared by value', () => {
    const expr = subquery('in', { arg: literal(0, FLOAT), select: N });
    expect(answer(expr, [['a', 2]], [], 2)).toBe(true);
    expect(answer(expr, [['a', 2]], [], 2.5)).toBe(false);
  });

  test('an uncorrelated list is made once per version of the table', () => {
    const { context, add } = contextWith([['a', 1]]);
    const evaluate = makeSubqueryEvaluator(subquery('in'), testEnv(context));
    expect([evaluate([], 1), evaluate([], 2)]).toEqual([true, false]);
    add([['b', 2]]);
    expect(evaluate([], 2)).toBe(true);
  });
});

test('an index serves equality from either side, through casts and beside literals', () => {
  const rows = [
    ['a', 1],
    ['b', 2],
    ['a', 2],
  ];
  const k = columnExpr(0, STRING);
  const cast: Expr = { kind: 'cast', arg: OUTER, safe: false, type: STRING };
  const and = (...args: Expr[]): Expr => ({ kind: 'and', args, type: BOOLEAN });
  const shapes: Expr[] = [
    and(compare('=', OUTER, k), compare('=', N, literal(2))),
    and(compare('=', cast, k), compare('=', literal(2), N)),
    and(compare('=', k, OUTER), compare('=', k, OUTER), compare('<', literal(1), N)),
    and(compare('=', k, k), compare('=', k, OUTER), compare('>', N, literal(1))),
    and(compare('=', k, { kind: 'concat', args: [OUTER], type: STRING }), compare('=', N, literal(2, FLOAT))),
  ];
  for (const where of shapes) {
    expect(answer(subquery('scalar', { outer: [k], where }), rows, ['a'])).toBe(2);
    expect(answer(subquery('scalar', { outer: [k], where }), rows, ['z'])).toBeNull();
  }
});

test('aggregates see filtered rows, and the outer values stand behind their results', () => {
  const total = subquery('scalar', {
    ...correlated,
    aggregates: [call({ filter: compare('>', N, literal(1)) })],
    select: columnExpr(1, STRING),
  });
  expect(answer(total, [['a', 1]], ['a'])).toBe('a');
  expect(answer(subquery('scalar', { aggregates: [call({})], select: null }), [['a', 3]])).toBe(3);
});
