import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlanNode, TemporalJoinNode, WatermarkNode } from '../../sql/plan/plan.ts';
import { Op } from '../../values/record-batch.ts';
import { type Scalar, STRING, TIMESTAMP } from '../../values/types.ts';
import { testContext } from '../compile/env.fixture.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { columnExpr, compare, field, type InputRow, runOperator, scan, signed } from '../rows/operator.fixture.ts';
import { makeTemporalJoin } from './temporal-join.ts';

const FIELDS = [field('k', STRING), field('at', TIMESTAMP)];
const timed = (input: PlanNode): WatermarkNode => ({
  kind: 'watermark',
  input,
  time: columnExpr(1, TIMESTAMP),
  delayMs: 0,
  maxFutureMs: null,
  idleTimeoutMs: null,
  perRow: false,
  fields: FIELDS,
  changes: 'append',
});

const nodeOf = (options: Partial<TemporalJoinNode> = {}): TemporalJoinNode => ({
  kind: 'temporal-join',
  join: 'left',
  left: timed(scan(FIELDS)),
  right: timed(scan(FIELDS, 'retract')),
  keys: [{ left: columnExpr(0, STRING), right: columnExpr(0, STRING) }],
  residual: null,
  asOf: columnExpr(1, TIMESTAMP),
  fields: [...FIELDS, ...FIELDS],
  changes: 'append',
  ...options,
});

interface Options {
  readonly chunk?: number;
  readonly delayMs?: number;
  readonly restoreAfter?: (n: number) => boolean;
}

const run = (node: TemporalJoinNode, rows: readonly InputRow[], options: Options = {}) =>
  runOperator({ make: (c, env) => makeTemporalJoin(node, c, env), fields: [FIELDS, FIELDS], rows, ...options });
const row = (port: 0 | 1, k: Scalar, at: number, op?: 0 | 1 | 2 | 3): InputRow => ({
  port,
  values: [k, at],
  time: at,
  ...(op === undefined ? {} : { op }),
});

/** What is known of a row's version when the right watermark is above its time, by looking through all versions so far. */
function oracle(rows: readonly InputRow[], isLeft: boolean, delayMs: number): string[] {
  const out: string[] = [];
  const versions: { row: InputRow; at: number }[] = [];
  let waiting: { row: InputRow; at: number }[] = [];
  const marks = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const answer = (r: InputRow, givenUp: number) => {
    const time = r.time as number;
    const own = versions
      .filter((v) => v.row.values[0] === r.values[0])
      .sort((a, b) => (a.row.time as number) - (b.row.time as number) || a.at - b.at);
    const found = own.findLast((v) => (v.row.time as number) <= time);
    const replaced = own.some((v) => (v.row.time as number) > time && (v.row.time as number) <= givenUp);
    const matches = r.values[0] !== null && found !== undefined && !replaced && found.row.op !== Op.delete;
    if (matches) out.push(`+ ${[...r.values, ...found.row.values].join(' ')}`);
    else if (isLeft) out.push(`+ ${[...r.values, null, null].join(' ')}`);
  };
  const release = () => {
    const due = waiting.filter((w) => marks[1] === Number.POSITIVE_INFINITY || (w.row.time as number) < marks[1]!);
    waiting = waiting.filter((w) => !due.includes(w));
    for (const { row } of due.sort((a, b) => (a.row.time as number) - (b.row.time as number) || a.at - b.at))
      answer(row, Number.NEGATIVE_INFINITY);
  };
  for (const [at, r] of rows.entries()) {
    if (r.port === 1) {
      if (r.op !== Op.updateBefore && r.values[0] !== null) versions.push({ row: r, at });
    } else if (r.values[0] === null || (r.time as number) < marks[1]!) answer(r, Math.min(marks[0]!, marks[1]!));
    else waiting.push({ row: r, at });
    const port = r.port ?? 0;
    marks[port] = Math.max(marks[port]!, (r.time as number) - delayMs);
    release();
  }
  marks[0] = Number.POSITIVE_INFINITY;
  marks[1] = Number.POSITIVE_INFINITY;
  release();
  return out;
}

const inputRows = fc
  .array(
    fc.record({
      port: fc.constantFrom(0 as const, 1 as const),
      k: fc.constantFrom('a', 'b', null),
      step: fc.integer({ min: -6, max: 6 }),
      op: fc.constantFrom<0 | 1 | 2 | 3>(0, 0, 2, 3, 1),
    }),
    { maxLength: 50 },
  )
  .map((steps) => {
    let now = 20;
    return steps.map(({ port, k, step, op }) => {
      now += Math.max(0, step);
      return row(port, k, now + Math.min(0, step), port === 1 ? op : 0);
    });
  });

describe('temporal join of two streams', () => {
  test('a row gets the version in force at its time, once no older one can come', () => {
    const rows = [row(1, 'a', 1), row(0, 'a', 5), row(1, 'a', 7), row(0, 'a', 6), row(1, 'b', 8), row(0, 'a', 9)];
    expect(signed(run(nodeOf(), rows).rows)).toEqual(['+ a 5 a 1', '+ a 6 a 1', '+ a 9 a 7']);
  });

  test('agrees with looking through all versions', () => {
    fc.assert(
      fc.property(inputRows, fc.boolean(), fc.nat(8), (rows, isLeft, delayMs) => {
        const node = nodeOf({ join: isLeft ? 'left' : 'inner' });
        expect(signed(run(node, rows, { delayMs }).rows)).toEqual(oracle(rows, isLeft, delayMs));
      }),
      { numRuns: 400 },
    );
  });

  test('neither batches nor restores change the output', () => {
    fc.assert(
      fc.property(inputRows, fc.nat(8), (rows, delayMs) => {
        const expected = run(nodeOf(), rows, { delayMs }).rows;
        expect(run(nodeOf(), rows, { delayMs, chunk: 7 }).rows).toEqual(expected);
        expect(run(nodeOf(), rows, { delayMs, restoreAfter: () => true }).rows).toEqual(expected);
      }),
      { numRuns: 600 },
    );
  });

  test('a row that waited gets its version though the watermark has passed the next one', () => {
    const rows = [row(1, 'b', 20), row(0, 'b', 20), row(0, 'a', 23), row(1, 'b', 22), row(1, 'a', 23)];
    const expected = ['+ b 20 b 20', '+ a 23 a 23'];
    expect(signed(run(nodeOf(), rows, { delayMs: 1 }).rows)).toEqual(expected);
    expect(signed(run(nodeOf(), rows, { delayMs: 1, chunk: 7 }).rows)).toEqual(expected);
  });

  test('replaced versions are given up as the watermark passes', () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => row((i % 2) as 0 | 1, 'a', i));
    const { operator } = runOperator({ make: (c, env) => makeTemporalJoin(nodeOf(), c, env), fields: [FIELDS, FIELDS], rows, end: false });
    expect(operator.metrics.stateEntries).toBeLessThan(4200);
  });

  test('without a time that the watermark tells of, every version stays', () => {
    const other = columnExpr(0, TIMESTAMP);
    const node = nodeOf({ asOf: other });
    const fields = [field('since', TIMESTAMP), field('at', TIMESTAMP)];
    const { rows } = runOperator({
      make: (c, env) => makeTemporalJoin({ ...node, keys: [], left: timed(scan(fields)) }, c, env),
      fields: [fields, FIELDS],
      rows: [
        row(1, 'x', 1),
        row(1, 'y', 5),
        row(1, 'z', 100),
        { port: 0, values: [3, 100], time: 100 },
        { port: 0, values: [null, 100], time: 100 },
      ],
    });
    expect(signed(rows)).toEqual(['+ 3 100 x 1', '+  100  ']);
  });

  test('too many versions or waiting rows end in a coded error', () => {
    const context = testContext({ limits: { ...DEFAULT_LIMITS, maxJoinRows: 3 } });
    for (const port of [0, 1] as const) {
      const rows = Array.from({ length: 5 }, (_, i) => row(port, `k${i}`, i));
      expect(() => runOperator({ make: (c, env) => makeTemporalJoin(nodeOf(), c, env), fields: [FIELDS, FIELDS], rows, context })).toThrow(
        expect.objectContaining({ reason: 'limit-exceeded' }),
      );
    }
  });
});

describe('temporal join with a table', () => {
  const table = (options: Partial<TemporalJoinNode> = {}) => nodeOf({ right: scan(FIELDS, 'append', 'table'), ...options });

  test('answers at once with the versions that are there', () => {
    const rows = [row(1, 'a', 1), row(1, 'a', 7), row(0, 'a', 6), row(0, 'a', 7), row(0, 'b', 7)];
    expect(
      signed(runOperator({ make: (c, env) => makeTemporalJoin(table(), c, env), fields: [FIELDS, FIELDS], rows, end: false }).rows),
    ).toEqual(['+ a 6 a 1', '+ a 7 a 7', '+ b 7  ']);
  });

  test('rows of a table without event time have always been there', () => {
    const rows: InputRow[] = [{ port: 1, values: ['a', 1] }, { port: 1, values: ['a', 2] }, row(0, 'a', 6)];
    expect(signed(run(table(), rows).rows)).toEqual(['+ a 6 a 2']);
  });

  test('the residual is tested on the version in force alone', () => {
    const residual = compare('<', columnExpr(3), columnExpr(1));
    const rows = [row(1, 'a', 1), row(1, 'a', 6), row(0, 'a', 6), row(0, 'a', 7)];
    expect(signed(run(table({ residual }), rows).rows)).toEqual(['+ a 6  ', '+ a 7 a 6']);
    expect(signed(run(table({ residual, join: 'inner' }), rows).rows)).toEqual(['+ a 7 a 6']);
  });
});
