import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SortKey } from '../../sql/bind/expression.ts';
import type { LimitNode, SortNode, UnionNode } from '../../sql/plan/plan.ts';
import { Op } from '../../values/record-batch.ts';
import { FLOAT, INTEGER, STRING } from '../../values/types.ts';
import { testContext } from '../compile/env.fixture.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { columnExpr, failsOnZero, field, type InputRow, runOperator, scan, values } from '../rows/operator.fixture.ts';
import { rowOrder } from '../rows/sort-order.ts';
import { type CompletingOperator, makeLimit } from './limit.ts';
import { makeSort } from './sort.ts';
import { makeUnion } from './union.ts';

const FIELDS = [field('s', STRING), field('x', FLOAT), field('end', INTEGER)];
const keys: readonly SortKey[] = [
  { expr: columnExpr(0, STRING), descending: false, nullsFirst: true },
  { expr: columnExpr(1, FLOAT), descending: true, nullsFirst: false },
];
const nodeOf = (options: Partial<SortNode> = {}): SortNode => ({
  kind: 'sort',
  input: scan(FIELDS),
  keys,
  scope: 'end',
  windowEnd: null,
  limit: null,
  fields: FIELDS,
  changes: 'append',
  ...options,
});

interface Options {
  readonly chunk?: number;
  readonly restoreAfter?: (n: number) => boolean;
  readonly delayMs?: number | null;
}

const run = (node: SortNode, rows: readonly InputRow[], options: Options = {}) =>
  runOperator({ make: (context, env) => makeSort(node, context, env), fields: [FIELDS], rows, ...options });
const inputRows = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'é', null), fc.constantFrom(1, 2, 3, Number.NaN, null)), { maxLength: 60 })
  .map((rows) => rows.map(([s, x], i): InputRow => ({ values: [s, x, i] })));

describe('sort at the end of the input', () => {
  test('sorts by all keys, ties by arrival, and keeps the wanted part', () => {
    const limits = fc.option(fc.record({ count: fc.nat(5), offset: fc.nat(5) }), { nil: null });
    fc.assert(
      fc.property(inputRows, limits, (rows, limit) => {
        const order = rowOrder(keys);
        const sorted = [...rows].sort((a, b) => order(a.values, b.values)).map((r) => r.values);
        const want = limit === null ? sorted : sorted.slice(limit.offset, limit.offset + limit.count);
        const node = nodeOf({ limit });
        expect(values(run(node, rows, { chunk: 9 }).rows)).toEqual(want);
        expect(values(run(node, rows, { restoreAfter: () => true }).rows)).toEqual(want);
      }),
      { numRuns: 200 },
    );
  });

  test('keeps no more rows than a limit needs', () => {
    const rows = Array.from({ length: 5000 }, (_, i): InputRow => ({ values: ['a', (i * 7919) % 5000, i] }));
    const { rows: out, operator } = run(nodeOf({ limit: { count: 3, offset: 1 } }), rows, { chunk: 512 });
    expect(out.map((r) => r.values[1])).toEqual([4998, 4997, 4996]);
    expect(operator.metrics.rowsOut).toBe(3);
  });

  test('tells rows behind a limit by one number, and keeps the first of equal ones', () => {
    const numbers = fc.array(fc.constantFrom(1, 2, 3, 4, 5, Number.NaN, null), { minLength: 1500, maxLength: 3000 });
    fc.assert(
      fc.property(numbers, fc.boolean(), fc.integer({ min: 1, max: 40 }), (xs, descending, count) => {
        const own: readonly SortKey[] = [{ expr: columnExpr(1, FLOAT), descending, nullsFirst: false }];
        const rows = xs.map((x, i): InputRow => ({ values: ['a', x, i] }));
        const order = rowOrder(own);
        const want = [...rows].sort((a, b) => order([a.values[1]!], [b.values[1]!])).slice(0, count);
        const { rows: out, operator } = run(nodeOf({ keys: own, limit: { count, offset: 0 } }), rows, { chunk: 100 });
        expect(values(out)).toEqual(want.map((r) => r.values));
        expect(operator.metrics.rowsIn).toBe(operator.metrics.rowsOut + operator.metrics.rowsFiltered);
      }),
      { seed: 3, numRuns: 30 },
    );
  });

  test('applies deletions and updates of the input', () => {
    const row = (s: string, x: number, op: 0 | 1 | 2 | 3): InputRow => ({ values: [s, x, 0], op });
    const rows = [
      row('a', 1, 0),
      row('b', 2, 0),
      row('a', 1, Op.updateBefore),
      row('a', 3, Op.updateAfter),
      row('b', 2, Op.delete),
      row('z', 9, Op.delete),
    ];
    const node = nodeOf({ input: scan(FIELDS, 'retract') });
    expect(values(run(node, rows).rows)).toEqual([['a', 3, 0]]);
    expect(values(run(node, rows, { restoreAfter: () => true }).rows)).toEqual([['a', 3, 0]]);
  });

  test('a row whose key fails is reported; too many rows are a coded error', () => {
    const failing = nodeOf({ keys: [{ expr: failsOnZero(columnExpr(1, FLOAT)), descending: false, nullsFirst: false }] });
    const { rows, context } = run(failing, [{ values: ['a', 0, 1] }, { values: ['b', 1, 2] }]);
    expect(values(rows)).toEqual([['b', 1, 2]]);
    expect(context.errors).toHaveLength(1);
    const small = testContext({ limits: { ...DEFAULT_LIMITS, maxGroups: 2 } });
    const many = [1, 2, 3].map((x): InputRow => ({ values: ['a', x, 0] }));
    expect(() => runOperator({ make: (c, env) => makeSort(nodeOf(), c, env), fields: [FIELDS], rows: many, context: small })).toThrow(
      expect.objectContaining({ reason: 'limit-exceeded' }),
    );
  });
});

describe('sort by window', () => {
  const node = nodeOf({ scope: 'window', windowEnd: 2, keys: [keys[1]!], limit: { count: 2, offset: 0 } });
  const rows: InputRow[] = [
    ...[1, 3, 2].map((x) => ({ values: ['a', x, 10], time: 10 })),
    ...[5, 9].map((x) => ({ values: ['a', x, 20], time: 20 })),
    { values: ['late', 0, 10], time: 10 },
  ];
  const want = [
    ['a', 3, 10],
    ['a', 2, 10],
    ['a', 9, 20],
    ['a', 5, 20],
    ['late', 0, 10],
  ];

  test('each window is sorted and cut by itself; a correction passes as it comes', () => {
    for (const options of [{ chunk: 10, delayMs: null }, { chunk: 3 }, { chunk: 3, restoreAfter: () => true }]) {
      expect(values(run(node, rows, options).rows)).toEqual(want);
    }
  });
});

describe('limit', () => {
  const limitNode = (options: Partial<LimitNode>): LimitNode => ({
    kind: 'limit',
    input: scan(FIELDS),
    count: 2,
    offset: 1,
    scope: 'query',
    windowEnd: null,
    fields: FIELDS,
    changes: 'append',
    ...options,
  });
  const rows = [1, 2, 3, 4, 5].map((x): InputRow => ({ values: ['a', x, x <= 3 ? 10 : 20], time: x }));

  test('passes count rows after offset and is complete then, in any batches', () => {
    for (const options of [{}, { chunk: 2 }, { chunk: 10 }, { restoreAfter: () => true }]) {
      const { rows: out, operator } = runOperator({
        make: (c, env) => makeLimit(limitNode({}), c, env),
        fields: [FIELDS],
        rows,
        ...options,
      });
      expect(out.map((r) => r.values[1])).toEqual([2, 3]);
      expect((operator as CompletingOperator).complete).toBe(true);
      expect(operator.metrics).toMatchObject({ rowsIn: 5, rowsOut: 2, rowsFiltered: 3 });
    }
  });

  test('is complete at once with a count of zero, and not before the last row else', () => {
    const context = testContext();
    const env = { context, subquery: () => () => null };
    expect(makeLimit(limitNode({ count: 0 }), context, env).complete).toBe(true);
    expect(makeLimit(limitNode({}), context, env).complete).toBe(false);
  });

  test('counts by window', () => {
    const node = limitNode({ scope: 'window', windowEnd: 2 });
    for (const options of [{}, { chunk: 10 }, { restoreAfter: () => true }]) {
      const { rows: out } = runOperator({ make: (c, env) => makeLimit(node, c, env), fields: [FIELDS], rows, ...options });
      expect(out.map((r) => r.values[1])).toEqual([2, 3, 5]);
    }
  });
});

describe('union', () => {
  const node: UnionNode = { kind: 'union', inputs: [scan(FIELDS), scan(FIELDS)], fields: FIELDS, changes: 'append' };
  const rows = [1, 5, 3, 9, 2].map((x, i): InputRow => ({ port: i % 2, values: ['a', x, 0], time: x }));

  test('passes rows in order of arrival under the lower watermark', () => {
    const once = runOperator({ make: (c, env) => makeUnion(node, c, env), fields: [FIELDS, FIELDS], rows });
    expect(once.rows.map((r) => r.values[1])).toEqual([1, 5, 3, 9, 2]);
    expect(once.watermarks).toEqual([1, 3, 9, Number.POSITIVE_INFINITY]);
    const restored = runOperator({ make: (c, env) => makeUnion(node, c, env), fields: [FIELDS, FIELDS], rows, restoreAfter: () => true });
    expect(restored).toMatchObject({ rows: once.rows, watermarks: once.watermarks });
  });

  test('rows that tell the watermark before them tell the lower one', () => {
    const seen: (Float64Array | null)[] = [];
    runOperator({
      make: (c, env) => {
        const inner = makeUnion(node, c, env);
        const process = inner.process.bind(inner);
        inner.process = (port, batch, from, to, out) =>
          process(port, batch, from, to, { ...out, batch: (b) => void seen.push(b.watermarks) });
        return inner;
      },
      fields: [FIELDS, FIELDS],
      rows: [5, 7, 1].map((x, i) => ({ port: i === 1 ? 1 : 0, values: ['a', x, 0], time: x })),
      perRow: true,
    });
    expect(seen.map((w) => [...(w ?? [])])).toEqual([[-Infinity], [-Infinity], [5]]);
  });
});
