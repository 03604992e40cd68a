import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OverCall, OverFrame, SortKey } from '../../sql/bind/expression.ts';
import { avg } from '../../sql/functions/aggregate/avg.ts';
import { count } from '../../sql/functions/aggregate/count.ts';
import { max } from '../../sql/functions/aggregate/max.ts';
import { median } from '../../sql/functions/aggregate/median.ts';
import { min } from '../../sql/functions/aggregate/min.ts';
import { stddevSamp } from '../../sql/functions/aggregate/stddev-samp.ts';
import { sum } from '../../sql/functions/aggregate/sum.ts';
import { lag } from '../../sql/functions/analytic/lag.ts';
import { lead } from '../../sql/functions/analytic/lead.ts';
import { ntile } from '../../sql/functions/analytic/ntile.ts';
import { rank } from '../../sql/functions/analytic/rank.ts';
import { rowNumber } from '../../sql/functions/analytic/row-number.ts';
import type { AggregateFunction, AnalyticFunction } from '../../sql/functions/define.ts';
import type { OverNode } from '../../sql/plan/plan.ts';
import { FLOAT, INTEGER, type Scalar, type SqlType, STRING, TIMESTAMP } from '../../values/types.ts';
import type { CompileEnv } from '../compile/compile-expression.ts';
import { testContext } from '../compile/env.fixture.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import type { RuntimeContext } from '../operator.ts';
import { columnExpr, compare, failsOnZero, field, type InputRow, literal, runOperator, scan } from '../rows/operator.fixture.ts';
import { rowOrder } from '../rows/sort-order.ts';
import { makeOver } from './over.ts';

const FIELDS = [field('p', STRING), field('at', TIMESTAMP), field('x', FLOAT), field('n', INTEGER)];
const X = columnExpr(2, FLOAT);
const N = columnExpr(3, INTEGER);
const byTime = (descending = false): SortKey => ({ expr: columnExpr(1, TIMESTAMP), descending, nullsFirst: !descending });
const UNBOUNDED: OverFrame = { unit: 'rows', start: Number.NEGATIVE_INFINITY, end: 0 };

const callOf = (fn: AnalyticFunction | AggregateFunction, options: Partial<OverCall> = {}): OverCall => ({
  fn,
  args: [X],
  distinct: false,
  filter: null,
  partitionBy: [columnExpr(0, STRING)],
  orderBy: [byTime()],
  bufferRows: 1000,
  frame: UNBOUNDED,
  emit: 'every-record',
  expireAfterMs: null,
  type: FLOAT,
  ...options,
});

const nodeOf = (...calls: OverCall[]): OverNode => ({
  kind: 'over',
  input: scan(FIELDS),
  calls,
  fields: [...FIELDS, ...calls.map((call, i) => field(`o${i}`, call.type))],
  changes: 'append',
});

const run = (node: OverNode, rows: readonly InputRow[], options: { chunk?: number; restoreAfter?: (n: number) => boolean } = {}) =>
  runOperator({ make: (context, env) => makeOver(node, context, env), fields: [FIELDS], rows, delayMs: 100, ...options });
const row = (p: Scalar, at: number, x: Scalar, n: Scalar = 0): InputRow => ({ values: [p, at, x, n], time: at });
const results = (node: OverNode, rows: readonly InputRow[]) => run(node, rows).rows.map((r) => r.values.slice(FIELDS.length));
const column = (node: OverNode, rows: readonly InputRow[]) => results(node, rows).map((r) => r[0]);

/** The frame of the last row by definition: all rows so far of the partition, cut to the buffer, sorted, then looked through. */
function frameOf(call: OverCall, rows: readonly InputRow[]): { frame: readonly Scalar[][]; all: readonly Scalar[][]; position: number } {
  const current = rows.at(-1)!;
  let own = rows.filter((r) => r.values[0] === current.values[0]);
  if (call.expireAfterMs !== null) {
    const since = own.findLastIndex((r, i) => i > 0 && (r.time as number) - (own[i - 1]!.time as number) > call.expireAfterMs!);
    own = own.slice(Math.max(0, since));
  }
  own = own.slice(-call.bufferRows);
  const keysOf = (r: InputRow) => call.orderBy.map((key) => r.values[(key.expr as { index: number }).index]!);
  const order = rowOrder(call.orderBy);
  const sorted = call.orderBy.length === 0 ? own : [...own].sort((a, b) => order(keysOf(a), keysOf(b)));
  const position = sorted.indexOf(current);
  const { unit, start, end } = call.frame;
  const sign = call.orderBy[0]?.descending === true ? -1 : 1;
  const inFrame = sorted.filter((r, i) => {
    if (unit === 'rows') return i >= position + start && i <= position + end;
    if (call.orderBy.length === 0) return true;
    const distance = sign * ((keysOf(r)[0] as number) - (keysOf(current)[0] as number));
    return distance >= start && distance <= end;
  });
  return { frame: inFrame.map((r) => [...r.values]), all: sorted.map((r) => [...r.values]), position };
}

const numbers = (frame: readonly Scalar[][], index: number): number[] =>
  frame.map((r) => r[index]).filter((v): v is number => v !== null) as number[];
const mean = (v: readonly number[]) => v.reduce((a, b) => a + b, 0) / v.length;
const expected: Record<string, (call: OverCall, rows: readonly InputRow[]) => Scalar> = {
  sum: (call, rows) => nullIfEmpty(numbers(frameOf(call, rows).frame, 2), (v) => v.reduce((a, b) => a + b, 0)),
  avg: (call, rows) => nullIfEmpty(numbers(frameOf(call, rows).frame, 2), mean),
  min: (call, rows) => nullIfEmpty(numbers(frameOf(call, rows).frame, 2), (v) => Math.min(...v)),
  max: (call, rows) => nullIfEmpty(numbers(frameOf(call, rows).frame, 2), (v) => Math.max(...v)),
  count: (call, rows) => numbers(frameOf(call, rows).frame, 2).length,
  median: (call, rows) =>
    nullIfEmpty(numbers(frameOf(call, rows).frame, 2), (v) => {
      const s = [...v].sort((a, b) => a - b);
      return s.length % 2 === 1 ? s[(s.length - 1) / 2]! : (s[s.length / 2 - 1]! + s[s.length / 2]!) / 2;
    }),
  stddev_samp: (call, rows) => {
    const v = numbers(frameOf(call, rows).frame, 2);
    return v.length < 2 ? null : Math.sqrt(v.reduce((a, x) => a + (x - mean(v)) ** 2, 0) / (v.length - 1));
  },
  row_number: (call, rows) => frameOf(call, rows).position + 1,
  lag: (call, rows) => {
    const { all, position } = frameOf(call, rows);
    return all[position - 1]?.[2] ?? null;
  },
  lead: (call, rows) => {
    const { all, position } = frameOf(call, rows);
    return all[position + 1]?.[2] ?? null;
  },
  rank: (call, rows) => {
    const { all, position } = frameOf(call, rows);
    return 1 + all.findIndex((r) => r[1] === all[position]![1]);
  },
};
const nullIfEmpty = (v: readonly number[], of: (v: readonly number[]) => number): Scalar => (v.length === 0 ? null : of(v));

const value = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: -50, max: 50 }).map((n) => n / 4) }, fc.constant(null));
const inputRows = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', null), fc.integer({ min: -3, max: 6 }), value), { maxLength: 45 })
  .map((steps) => {
    let now = 50;
    return steps.map(([p, step, x]) => {
      now += Math.max(0, step);
      return row(p, now + Math.min(0, step), x);
    });
  });
const bound = fc.oneof(fc.integer({ min: -4, max: 3 }), fc.constant(Number.NEGATIVE_INFINITY), fc.constant(Number.POSITIVE_INFINITY));
const frames = fc
  .tuple(fc.constantFrom('rows' as const, 'range' as const), bound, bound)
  .filter(([, start, end]) => start <= end && start !== Number.POSITIVE_INFINITY && end !== Number.NEGATIVE_INFINITY)
  .map(([unit, start, end]): OverFrame => ({ unit, start, end }));
const FUNCTIONS = [sum, avg, min, max, count, median, stddevSamp, rowNumber, lag, lead, rank] as const;
const calls = fc
  .record({
    fn: fc.constantFrom(...FUNCTIONS),
    frame: frames,
    bufferRows: fc.constantFrom(1, 2, 3, 5, 1000),
    orderBy: fc.constantFrom([byTime()], [byTime(true)], [byTime()]),
    expireAfterMs: fc.constantFrom(null, null, 4),
  })
  .map(({ fn, ...rest }) =>
    callOf(fn, {
      ...rest,
      args: fn === rowNumber || fn === rank ? [] : [X],
      type: fn === count || fn === rowNumber || fn === rank ? INTEGER : FLOAT,
    }),
  );

describe('over', () => {
  test('every aggregate and analytic function agrees with its definition over full lists', () => {
    fc.assert(
      fc.property(inputRows, fc.array(calls, { minLength: 1, maxLength: 3 }), (rows, list) => {
        const got = results(nodeOf(...list), rows);
        rows.forEach((_, i) => {
          list.forEach((call, c) => {
            const want = expected[call.fn.name]!(call, rows.slice(0, i + 1));
            const found = got[i]![c]!;
            if (typeof want === 'number' && typeof found === 'number') expect(found).toBeCloseTo(want, 9);
            else expect(found, `${call.fn.name} of row ${i}`).toBe(want);
          });
        });
      }),
      { numRuns: 500 },
    );
  });

  test('neither batches nor restores change the output by a bit', () => {
    const any = fc.double({ noNaN: true, min: -1e6, max: 1e6 });
    fc.assert(
      fc.property(
        inputRows,
        fc.array(any, { minLength: 45, maxLength: 45 }),
        fc.array(calls, { minLength: 1, maxLength: 3 }),
        (rows, xs, list) => {
          const input = rows.map((r, i) => row(r.values[0]!, r.time as number, r.values[2] === null ? null : xs[i]!));
          const node = nodeOf(...list);
          const once = run(node, input).rows;
          expect(run(node, input, { chunk: 6 }).rows).toEqual(once);
          expect(run(node, input, { restoreAfter: () => true }).rows).toEqual(once);
          expect(run(node, input, { chunk: 4, restoreAfter: (n) => n % 2 === 1 }).rows).toEqual(once);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('the worked example of the dialect', () => {
    const speeds = [10, 16, 13, 21].map((x, i) => row('b', i, x));
    expect(column(nodeOf(callOf(lag, { args: [X, literal(1), X], bufferRows: 3 })), speeds)).toEqual([10, 10, 16, 13]);
    const smooth = column(nodeOf(callOf(avg, { frame: { unit: 'rows', start: -2, end: 0 } })), speeds);
    expect(smooth).toEqual([10, 13, 13, 50 / 3]);
  });

  test('a long sliding sum is not worn out by the values that left it', () => {
    const rows = [1e16, 1, 1, 1, 1e-3].map((x, i) => row('a', i, x));
    const node = nodeOf(
      callOf(sum, { frame: { unit: 'rows', start: -1, end: 0 } }),
      callOf(stddevSamp, { frame: { unit: 'rows', start: -2, end: 0 } }),
    );
    const got = results(node, rows);
    expect(got.map((r) => r[0])).toEqual([1e16, 1e16, 2, 2, 1.001]);
    expect(got[3]![1]).toBe(0);
  });

  test('values without a finite square, and values that are no numbers, pass through and leave again', () => {
    const rows = [1e200, 3e200, Number.NaN, 1, Number.POSITIVE_INFINITY, 2, 3].map((x, i) => row('a', i, x));
    const frame: OverFrame = { unit: 'rows', start: -1, end: 0 };
    const got = results(nodeOf(callOf(sum, { frame }), callOf(stddevSamp, { frame })), rows);
    expect(got.map((r) => r[0])).toEqual([1e200, 4e200, Number.NaN, Number.NaN, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 5]);
    expect(got[1]![1]).toBe(Number.POSITIVE_INFINITY);
    expect(got[2]![1]).toBeNaN();
    expect(got[6]![1]).toBeCloseTo(Math.SQRT1_2, 12);
  });

  test('integers sum exactly beyond 2^53, and an overflow is an error of the record', () => {
    const big = 2n ** 62n;
    const rows = [9007199254740991, 1, 1].map((n, i) => row('a', i, 0, n));
    const node = nodeOf(callOf(sum, { args: [N], type: INTEGER }));
    expect(column(node, rows)).toEqual([9007199254740991, 9007199254740992n, 9007199254740993n]);
    const { rows: kept, context, operator } = run(node, [row('a', 0, 0, big), row('a', 1, 0, big), row('a', 2, 0, 5)]);
    expect(kept.map((r) => r.values.at(-1))).toEqual([big, big + 5n]);
    expect(context.errors.map((e) => e.error.reason)).toEqual(['integer-overflow']);
    expect(operator.metrics).toMatchObject({ rowsIn: 3, rowsOut: 2, rowErrors: 1 });
  });

  test('decimal frames by RANGE count in the unit of the column', () => {
    const cents: SqlType = { kind: 'decimal', precision: 18, scale: 2 };
    const fields = [field('p', STRING), field('price', cents)];
    const call = callOf(count, {
      args: [],
      orderBy: [{ expr: columnExpr(1, cents), descending: false, nullsFirst: true }],
      frame: { unit: 'range', start: -1, end: 0 },
      type: INTEGER,
    });
    const node: OverNode = { ...nodeOf(call), input: scan(fields) };
    const { rows } = runOperator({
      make: (context, env) => makeOver(node, context, env),
      fields: [fields],
      rows: [100, 150, 200, 260, null].map((price) => ({ values: ['a', price] })),
    });
    expect(rows.map((r) => r.values[2])).toEqual([1, 2, 3, 2, 1]);
  });

  test('FILTER, DISTINCT and ON BUFFER FULL', () => {
    const rows = [1, 2, 2, 3, 3].map((x, i) => row('a', i, x));
    expect(column(nodeOf(callOf(sum, { filter: compare('>', X, literal(1, FLOAT)) })), rows)).toEqual([null, 2, 4, 7, 10]);
    expect(column(nodeOf(callOf(sum, { distinct: true, bufferRows: 3 })), rows)).toEqual([1, 3, 3, 5, 5]);
    const full = run(nodeOf(callOf(sum, { bufferRows: 3, emit: 'on-buffer-full' })), rows);
    expect(full.rows.map((r) => r.values.at(-1))).toEqual([5, 7, 8]);
    expect(full.operator.metrics).toMatchObject({ rowsIn: 5, rowsOut: 3, rowsFiltered: 2 });
  });

  test('an expired partition starts afresh, and is freed once there are many', () => {
    const node = nodeOf(callOf(sum, { expireAfterMs: 10 }));
    expect(column(node, [row('a', 0, 1), row('a', 10, 2), row('a', 21, 3)])).toEqual([1, 3, 3]);
    const rows = Array.from({ length: 3000 }, (_, i) => row(`k${i}`, i, 1));
    expect(run(node, rows).operator.metrics.stateEntries).toBeLessThan(1200);
  });

  test('a call that fails leaves every buffer as it was', () => {
    const list = [
      callOf(sum),
      callOf(ntile, { args: [N], orderBy: [byTime(true)], type: INTEGER }),
      callOf(sum, { args: [failsOnZero(N)], bufferRows: 2 }),
    ];
    const good = [row('a', 1, 1, 1), row('a', 2, 2, 2), row('a', 4, 8, 4)];
    const bad = [good[0]!, row('a', 2, 100, -1), good[1]!, row('a', 3, 100, 0), good[2]!];
    const { rows, context } = run(nodeOf(...list), bad);
    expect(rows).toEqual(run(nodeOf(...list), good).rows);
    expect(context.errors).toHaveLength(2);
  });

  test('a retraction is a record error, and too many partitions are a coded one', () => {
    const { context } = run(nodeOf(callOf(sum)), [{ ...row('a', 0, 1), op: 3 }]);
    expect(context.errors[0]?.error.reason).toBe('unexpected-retraction');
    const small = testContext({ limits: { ...DEFAULT_LIMITS, maxGroups: 1 } });
    expect(() =>
      runOperator({
        make: (c, env) => makeOver(nodeOf(callOf(sum)), c, env),
        fields: [FIELDS],
        rows: [row('a', 0, 1), row('b', 0, 1)],
        context: small,
      }),
    ).toThrow(expect.objectContaining({ reason: 'limit-exceeded' }));
  });
});

describe('frames and orders beyond the usual', () => {
  const at = (i: number, x: Scalar, n: Scalar = 0) => row('a', i, x, n);

  test('RANGE without ORDER BY is the whole buffer; a NULL order value sees the NULLs alone', () => {
    expect(
      column(nodeOf(callOf(count, { orderBy: [], frame: { unit: 'range', start: Number.NEGATIVE_INFINITY, end: 0 }, type: INTEGER })), [
        at(1, 1),
        at(2, 2),
      ]),
    ).toEqual([1, 2]);
    const byX: SortKey = { expr: X, descending: false, nullsFirst: false };
    const call = callOf(count, { args: [], orderBy: [byX], frame: { unit: 'range', start: -1, end: 1 }, type: INTEGER });
    expect(column(nodeOf(call), [at(1, null), at(2, 5), at(3, null), at(4, 6)])).toEqual([1, 1, 2, 2]);
  });

  test('several sort keys part the peers', () => {
    const byX: SortKey = { expr: X, descending: true, nullsFirst: false };
    const byN: SortKey = { expr: N, descending: false, nullsFirst: true };
    const rows = [at(1, 5, 1), at(2, 5, 2), at(3, 5, 1), at(4, 9, 0)];
    expect(column(nodeOf(callOf(rank, { args: [], orderBy: [byX, byN], type: INTEGER })), rows)).toEqual([1, 2, 1, 1]);
  });

  test('equal calls of a column are calculated once, and text and counts take any type', () => {
    const text = columnExpr(0, STRING);
    const list = [
      callOf(count, { args: [text], type: INTEGER }),
      callOf(min, { args: [text], type: STRING }),
      callOf(max, { args: [text], type: STRING }),
    ];
    expect(results(nodeOf(...list), [at(1, 1), at(2, 1)])).toEqual([
      [1, 'a', 'a'],
      [2, 'a', 'a'],
    ]);
  });

  test('sliding MIN and MAX hold for long inputs, exact integers and numbers that are none', () => {
    const frame: OverFrame = { unit: 'rows', start: -3, end: 0 };
    const rows = Array.from({ length: 300 }, (_, i) =>
      at(i, i === 150 ? Number.NaN : (i * 7919) % 101, i % 2 === 0 ? BigInt(i) + 2n ** 60n : i),
    );
    const list = [
      callOf(min, { frame }),
      callOf(max, { frame }),
      callOf(max, { frame, args: [N], type: INTEGER }),
      callOf(median, { frame }),
    ];
    results(nodeOf(...list), rows).forEach(([low, high, whole], i) => {
      const part = rows.slice(Math.max(0, i - 3), i + 1);
      const xs = part.map((r) => r.values[2] as number);
      expect(low).toBe(Math.min(...xs.filter((x) => !Number.isNaN(x))));
      expect(high).toBe(xs.some(Number.isNaN) ? Number.NaN : Math.max(...xs));
      expect(whole).toBe(
        part
          .map((r) => r.values[3] as bigint | number)
          .sort((a, b) => (a < b ? -1 : 1))
          .at(-1),
      );
    });
  });

  test('a row without any time, and an input without rows', () => {
    const node = nodeOf(callOf(sum, { expireAfterMs: 5 }));
    const rows: InputRow[] = [{ values: ['a', 1, 1, 0] }, { values: ['a', 2, 2, 0] }];
    expect(column(node, rows)).toEqual([1, 3]);
    expect(run(node, []).rows).toEqual([]);
  });
});

test('failing rows anywhere leave no trace, whatever the buffers and the order', () => {
  const step = fc.record({ p: fc.constantFrom('a', 'b'), step: fc.integer({ min: -3, max: 8 }), x: fc.nat(9), fails: fc.boolean() });
  const orders = fc.constantFrom([byTime()], [byTime(true)], []);
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 40 }),
      fc.integer({ min: 1, max: 4 }),
      orders,
      fc.constantFrom(null, 5),
      (steps, bufferRows, orderBy, expireAfterMs) => {
        let now = 20;
        const rows = steps.map(({ p, step, x, fails }) => {
          now += Math.max(0, step);
          return row(p, now + Math.min(0, step), x, fails ? -1 : 2);
        });
        // The second call fails on rows whose n is negative: the first has taken the row by then.
        const shape = { bufferRows, orderBy, expireAfterMs };
        const list = [callOf(sum, shape), callOf(max, { ...shape, bufferRows: 3 }), callOf(ntile, { ...shape, args: [N], type: INTEGER })];
        const good = rows.filter((r) => r.values[3] !== -1);
        // Without a watermark nothing expires but by the gap to the row before.
        const options = {
          make: (context: RuntimeContext, env: CompileEnv) => makeOver(nodeOf(...list), context, env),
          fields: [FIELDS],
          delayMs: null,
        };
        expect(runOperator({ ...options, rows }).rows).toEqual(runOperator({ ...options, rows: good }).rows);
      },
    ),
    { numRuns: 300 },
  );
});
