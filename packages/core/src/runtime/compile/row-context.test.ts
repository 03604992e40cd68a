import { describe, expect, test } from 'vitest';
import type { Expr, SystemColumn } from '../../sql/bind/expression.ts';
import type { ScalarFunction } from '../../sql/functions/define.ts';
import { columnFromScalars } from '../../values/column-builder.ts';
import { NO_META, type RecordBatch } from '../../values/record-batch.ts';
import { ANY, arrayOf, BOOLEAN, INTEGER, mapOf, type Scalar, type SqlType, STRING } from '../../values/types.ts';
import { kindOf } from './comparison.ts';
import { compileExpression, compilePairExpression, compileRow, compileScalarExpression } from './compile-expression.ts';
import { testContext, testEnv } from './env.fixture.ts';

const lit = (value: Scalar, type: SqlType): Expr => ({ kind: 'literal', value, type });
const col = (index: number, type: SqlType): Expr => ({ kind: 'column', index, name: `c${index}`, type });
const system = (name: SystemColumn): Expr => ({ kind: 'system', name, type: INTEGER });
const evaluate = (expr: Expr, row: readonly Scalar[] = []): Scalar => compileScalarExpression(expr, testEnv())(row);

function batchWith(meta: Partial<RecordBatch['meta']>, value: Scalar = 1): RecordBatch {
  return { length: 1, columns: [columnFromScalars(INTEGER, [value])], meta: { ...NO_META, ...meta }, ops: null, watermarks: null };
}

const full = batchWith({
  eventTime: Float64Array.of(5),
  timestamp: Float64Array.of(3),
  offset: Float64Array.of(7),
  partition: Float64Array.of(2),
  key: ['k'],
  topic: ['t'],
  headers: [new Map([['a', 'left']])],
});
const NAMES: readonly SystemColumn[] = ['_EVENT_TIME', '_TIMESTAMP', '_OFFSET', '_PARTITION', '_key', '_topic', '_headers'];

describe('what stands beside a row', () => {
  test('is read by system columns; NULL where it is missing', () => {
    const read = (batch: RecordBatch) => compileRow(NAMES.map(system), testEnv())(batch, 0);
    expect(read(full)).toEqual([5, 3, 7, 2, 'k', 't', new Map([['a', 'left']])]);
    expect(read(batchWith({}))).toEqual([null, null, null, null, null, null, null]);
    expect(read(batchWith({ timestamp: Float64Array.of(3), eventTime: Float64Array.of(Number.NaN) }))[0]).toBe(3);
  });

  test('of a pair is the later time, and the left side where both have it', () => {
    const read = (left: RecordBatch, right: RecordBatch) =>
      NAMES.map((name) => compilePairExpression(system(name), 1, testEnv())(left, 0, right, 0));
    const other = batchWith({
      eventTime: Float64Array.of(9),
      timestamp: Float64Array.of(1),
      headers: [
        new Map([
          ['a', 'right'],
          ['b', 'x'],
        ]),
      ],
    });
    expect(read(full, other)).toEqual([
      9,
      3,
      7,
      2,
      'k',
      't',
      new Map([
        ['a', 'left'],
        ['b', 'x'],
      ]),
    ]);
    expect(read(batchWith({}), full)).toEqual([5, 3, 7, 2, 'k', 't', new Map([['a', 'left']])]);
    const sum: Expr = { kind: 'arithmetic', op: '+', left: col(0, INTEGER), right: col(1, INTEGER), divisionByZero: 'null', type: INTEGER };
    expect(compilePairExpression(sum, 1, testEnv())(batchWith({}, 2), 0, batchWith({}, 3), 0)).toBe(5);
  });

  test('is seen by functions that ask for it', () => {
    const seen: unknown[] = [];
    const fn: ScalarFunction = {
      kind: 'scalar',
      name: 'probe',
      category: 'header',
      summary: '',
      parameters: [],
      examples: [],
      returns: INTEGER,
      nulls: 'own',
      volatility: 'volatile',
      evaluateInContext: (c) => {
        seen.push(c.now(), c.random(), c.timestamp(), c.eventTime(), c.headers());
        c.setHeader('x', 'y');
        c.warn('probed');
        return 1;
      },
    };
    const context = testContext();
    compileExpression({ kind: 'call', fn, args: [], type: INTEGER }, testEnv(context))(full, 0);
    expect(seen).toEqual([0, 0.5, 3, 5, new Map([['a', 'left']])]);
    expect(context.warnings).toEqual(['probed']);
  });
});

describe('calls', () => {
  const fn = (nulls: 'propagate' | 'own', more: Partial<ScalarFunction>): ScalarFunction => ({
    kind: 'scalar',
    name: 'f',
    category: 'string',
    summary: '',
    parameters: [],
    examples: [],
    returns: STRING,
    nulls,
    volatility: 'immutable',
    ...more,
  });
  const call = (f: ScalarFunction, ...args: Scalar[]): Scalar =>
    evaluate({ kind: 'call', fn: f, args: args.map((v) => lit(v, STRING)), type: STRING });
  const join = (...args: Scalar[]): Scalar => args.map(String).join('+');

  test('NULL arguments are kept away from functions that do not want them', () => {
    const strict = fn('propagate', { evaluate: join });
    expect([call(strict), call(strict, 'a'), call(strict, 'a', 'b'), call(strict, 'a', 'b', 'c')]).toEqual(['', 'a', 'a+b', 'a+b+c']);
    expect([call(strict, null), call(strict, 'a', null), call(strict, null, 'b', 'c')]).toEqual([null, null, null]);
    expect(call(fn('own', { evaluate: join }), 'a', null)).toBe('a+null');
  });

  test('a function is specialised once for its types and literals', () => {
    let prepared = 0;
    const f = fn('propagate', {
      prepare: (_, constants) => {
        prepared++;
        return (v) => `${String(constants[1])}${String(v)}`;
      },
    });
    const expr: Expr = { kind: 'call', fn: f, args: [col(0, STRING), lit('!', STRING)], type: STRING };
    const run = compileScalarExpression(expr, testEnv());
    expect([run(['a']), run(['b'])]).toEqual(['!a', '!b']);
    expect(prepared).toBe(1);
  });

  test('a sub-query gets the outer values and the left side', () => {
    const asked: unknown[] = [];
    const env = { ...testEnv(), subquery: () => (outer: Scalar[], arg: Scalar) => asked.push(outer, arg) };
    const base = {
      kind: 'subquery',
      table: 't',
      tableWidth: 1,
      outer: [col(0, INTEGER)],
      where: null,
      select: null,
      aggregates: [],
      op: null,
      negated: false,
      type: BOOLEAN,
    } as const;
    compileScalarExpression({ ...base, form: 'in', arg: col(1, INTEGER) }, env)([1, 2]);
    compileScalarExpression({ ...base, form: 'exists', arg: null }, env)([3, 4]);
    expect(asked).toEqual([[1], 2, [3], null]);
  });
});

describe('values of dynamic and nested types', () => {
  const element = (value: Scalar, key: Scalar, type: SqlType = ANY) =>
    evaluate({ kind: 'element', arg: lit(value, type), key: lit(key, ANY), type: ANY });

  test('elements count from one; a missing step is NULL', () => {
    expect([element([7, 8], 1), element([7, 8], 3), element([7], 'a'), element(['x'], 0.5)]).toEqual([7, null, null, null]);
    expect([
      element(new Map([['a', 1]]), 'a', mapOf(INTEGER)),
      element('{"__proto__":2}', '__proto__'),
      element('no json', 'a'),
      element(5, 'a'),
    ]).toEqual([1, 2, null, null]);
    expect([element(new Map([['1', 4]]), 1), element(new Map(), true), element([1], 1, arrayOf(INTEGER))]).toEqual([4, null, 1]);
  });

  test('what has the wrong type is refused by name', () => {
    const any = (value: Scalar): Expr => lit(value, ANY);
    const wrong = [
      { kind: 'arithmetic', op: '+', left: any('a'), right: lit(1, INTEGER), divisionByZero: 'null', type: ANY },
      { kind: 'negate', arg: any('a'), type: ANY },
      { kind: 'not', arg: any('a'), type: BOOLEAN },
      { kind: 'and', args: [any(1)], type: BOOLEAN },
      { kind: 'concat', args: [any(1)], type: STRING },
      { kind: 'truth', arg: any([1]), type: BOOLEAN },
      { kind: 'like', arg: any(1), pattern: lit('a', STRING), escape: null, ignoreCase: false, negated: false, type: BOOLEAN },
      { kind: 'like', arg: lit('a', STRING), pattern: any(1), escape: null, ignoreCase: true, negated: false, type: BOOLEAN },
    ] as const satisfies readonly Expr[];
    for (const expr of wrong) expect(() => evaluate(expr)).toThrow(expect.objectContaining({ reason: 'wrong-type' }));
  });

  test('dynamic numbers stay whole where one of them is beyond 2^53', () => {
    const add = (a: Scalar, b: Scalar) =>
      evaluate({ kind: 'arithmetic', op: '+', left: lit(a, ANY), right: lit(b, ANY), divisionByZero: 'null', type: ANY });
    expect([add(2n ** 60n, 1), add(1.5, 1), add(1, 2)]).toEqual([2n ** 60n + 1n, 2.5, 3]);
    expect([2n ** 60n, 1.5].map((v) => evaluate({ kind: 'negate', arg: lit(v, ANY), type: ANY }))).toEqual([-(2n ** 60n), -1.5]);
  });

  test('kinds have the words of the dialect', () => {
    const values: Scalar[] = ['a', true, 1n, 1, 0.5, null, [], new Uint8Array(), new Map(), Object.create(null)];
    expect(values.map(kindOf)).toEqual(['STRING', 'BOOLEAN', 'INTEGER', 'INTEGER', 'FLOAT', 'NULL', 'ARRAY', 'BYTES', 'MAP', 'STRUCT']);
  });
});
