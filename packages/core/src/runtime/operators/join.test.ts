import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JoinKind, JoinNode } from '../../sql/plan/plan.ts';
import { FLOAT, INTEGER, type Scalar, STRING } from '../../values/types.ts';
import { testContext } from '../compile/env.fixture.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { columnExpr, compare, failsOnZero, field, type InputRow, literal, runOperator, scan, signed } from '../rows/operator.fixture.ts';
import { makeJoin } from './join.ts';

const FIELDS = [field('k', STRING), field('v')];

function joinNode(join: JoinKind, options: Partial<JoinNode> = {}): JoinNode {
  const changes = options.left?.changes ?? 'append';
  return {
    kind: 'join',
    join,
    left: scan(FIELDS, changes === 'append' ? 'append' : 'retract'),
    right: scan(FIELDS, changes === 'append' ? 'append' : 'retract'),
    keys: [{ left: columnExpr(0, STRING), right: columnExpr(0, STRING) }],
    residual: null,
    match: { kind: 'interval', lowerMs: -5, upperMs: 10 },
    leftTime: null,
    rightTime: null,
    graceMs: 0,
    fields: [...FIELDS, ...FIELDS],
    changes: 'append',
    ...options,
  };
}

interface Options {
  readonly chunk?: number;
  readonly delayMs?: number;
  readonly restoreAfter?: (n: number) => boolean;
}

const run = (node: JoinNode, rows: readonly InputRow[], options: Options = {}) =>
  runOperator({ make: (context, env) => makeJoin(node, context, env), fields: [FIELDS, FIELDS], rows, perRow: true, ...options });

const row = (port: 0 | 1, k: Scalar, v: Scalar, time: number): InputRow => ({ port, values: [k, v], time });

/** Row by row over full lists, with nothing released but by the rule. */
function oracle(node: JoinNode, rows: readonly InputRow[], delayMs: number): string[] {
  const out: string[] = [];
  const match = node.match as { lowerMs: number; upperMs: number };
  const isOuter = [node.join === 'left' || node.join === 'full', node.join === 'right' || node.join === 'full'];
  const kept: { port: number; row: InputRow; due: number; matched: boolean; gone: boolean; at: number }[] = [];
  const marks = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const padded = (port: number, values: readonly Scalar[]) => (port === 0 ? [...values, null, null] : [null, null, ...values]);
  const release = (w: number) => {
    const due = kept.filter((k) => !k.gone && k.due < w).sort((a, b) => a.due - b.due || a.port - b.port || a.at - b.at);
    for (const k of due) {
      k.gone = true;
      if (isOuter[k.port] && !k.matched) out.push(`+ ${padded(k.port, k.row.values).join(' ')}`);
    }
  };
  for (const [at, r] of rows.entries()) {
    const port = r.port ?? 0;
    const time = r.time as number;
    const w = Math.min(marks[0]!, marks[1]!);
    let matched = false;
    for (const k of kept) {
      if (k.port === port || k.gone || r.values[0] === null || k.row.values[0] !== r.values[0]) continue;
      const [l, rt] = port === 0 ? [time, k.row.time as number] : [k.row.time as number, time];
      if (rt - l < match.lowerMs || rt - l > match.upperMs) continue;
      const pair = port === 0 ? [...r.values, ...k.row.values] : [...k.row.values, ...r.values];
      if (node.residual !== null && !((pair[1] as number) <= (pair[3] as number))) continue;
      matched = true;
      k.matched = true;
      out.push(`+ ${pair.join(' ')}`);
    }
    const due = time + (port === 0 ? match.upperMs : -match.lowerMs) + node.graceMs;
    if (w > due) {
      if (isOuter[port] && !matched) out.push(`+ ${padded(port, r.values).join(' ')}`);
    } else kept.push({ port, row: r, due, matched, gone: false, at });
    marks[port] = Math.max(marks[port]!, time - delayMs);
    release(Math.min(marks[0]!, marks[1]!));
  }
  release(Number.POSITIVE_INFINITY);
  return out;
}

const inputRow = fc
  .record({
    port: fc.constantFrom(0 as const, 1 as const),
    k: fc.constantFrom('a', 'b', 'c', null),
    v: fc.nat(3),
    step: fc.integer({ min: -12, max: 14 }),
  })
  .map((r) => r);
const inputRows = fc.array(inputRow, { maxLength: 60 }).map((steps) => {
  let now = 100;
  return steps.map(({ port, k, v, step }, i) => {
    now += Math.max(0, step);
    return row(port, k, v * 100 + i, now + Math.min(0, step));
  });
});
const kinds = fc.constantFrom<JoinKind>('inner', 'left', 'right', 'full');
const bounds = fc
  .tuple(fc.integer({ min: -10, max: 10 }), fc.nat(15))
  .map(([lowerMs, size]) => ({ kind: 'interval' as const, lowerMs, upperMs: lowerMs + size }));

describe('interval join', () => {
  test('a pair comes out once, when its second row arrives', () => {
    const { rows } = run(joinNode('inner'), [row(0, 'a', 1, 0), row(1, 'a', 2, 10), row(1, 'a', 3, 11), row(1, 'b', 4, 5)]);
    expect(signed(rows)).toEqual(['+ a 1 a 2']);
    expect(rows[0]?.time).toBe(10);
  });

  test('an unmatched row of an outer side comes out when the watermark is above its bound', () => {
    const { rows } = run(joinNode('left'), [
      row(0, 'a', 1, 0),
      row(1, 'b', 2, 10),
      row(0, 'c', 3, 10),
      row(1, 'b', 4, 11),
      row(0, 'c', 5, 11),
    ]);
    expect(signed(rows.slice(0, 1))).toEqual(['+ a 1  ']);
  });

  test('agrees with a nested loop over all rows, for any bounds, kind and disorder', () => {
    fc.assert(
      fc.property(inputRows, kinds, bounds, fc.nat(12), fc.nat(3), fc.boolean(), (rows, join, match, delayMs, graceMs, hasResidual) => {
        const residual = hasResidual ? compare('<=', columnExpr(1), columnExpr(3)) : null;
        const node = joinNode(join, { match, graceMs, residual });
        expect(signed(run(node, rows, { delayMs }).rows)).toEqual(oracle(node, rows, delayMs));
      }),
      { numRuns: 400 },
    );
  });

  test('neither batches nor restores change the output', () => {
    fc.assert(
      fc.property(inputRows, kinds, bounds, fc.nat(12), (rows, join, match, delayMs) => {
        const node = joinNode(join, { match });
        const expected = run(node, rows, { delayMs }).rows;
        expect(run(node, rows, { delayMs, chunk: 7 }).rows).toEqual(expected);
        expect(run(node, rows, { delayMs, chunk: 100 }).rows).toEqual(expected);
        expect(run(node, rows, { delayMs, restoreAfter: () => true }).rows).toEqual(expected);
        expect(run(node, rows, { delayMs, chunk: 5, restoreAfter: (n) => n % 2 === 0 }).rows).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  test('no row that is on time lies behind the watermark passed on before it', () => {
    fc.assert(
      fc.property(inputRows, kinds, bounds, (rows, join, match) => {
        const node = joinNode(join, { match });
        let passedOn = Number.NEGATIVE_INFINITY;
        runOperator({
          make: (context, env) => {
            const inner = makeJoin(node, context, env);
            const watermark = inner.watermark.bind(inner);
            inner.watermark = (port, time, out) =>
              watermark(port, time, {
                batch: (batch) => {
                  for (const time of batch.meta.eventTime ?? []) expect(time).toBeGreaterThanOrEqual(passedOn);
                  out.batch(batch);
                },
                watermark: (time) => {
                  expect(time).toBeGreaterThan(passedOn);
                  passedOn = time;
                  out.watermark(time);
                },
              });
            return inner;
          },
          fields: [FIELDS, FIELDS],
          rows,
          perRow: true,
          delayMs: 12,
        });
        expect(passedOn).toBe(Number.POSITIVE_INFINITY);
      }),
      { numRuns: 100 },
    );
  });
});

const INTEGERS = [field('k', INTEGER), field('v')];
test('keys of different scale and size join by value', () => {
  const cents = { kind: 'decimal', precision: 18, scale: 2 } as const;
  const node = joinNode('inner', {
    left: scan(INTEGERS),
    right: scan([field('k', cents), field('v')]),
    keys: [{ left: columnExpr(0, INTEGER), right: columnExpr(0, cents) }],
  });
  const { rows } = runOperator({
    make: (context, env) => makeJoin(node, context, env),
    fields: [INTEGERS, [field('k', cents), field('v')]],
    rows: [row(0, 3, 1, 0), row(0, 2n ** 60n, 2, 0), row(1, 300, 3, 0), row(1, 301, 4, 0), row(1, 2n ** 60n * 100n, 5, 0)],
  });
  expect(signed(rows)).toEqual(['+ 3 1 300 3', `+ ${2n ** 60n} 2 ${2n ** 60n * 100n} 5`]);
});

describe('unbounded join', () => {
  const unbounded = (join: JoinKind, changes: 'append' | 'retract' = 'append') =>
    joinNode(join, { match: { kind: 'unbounded' }, left: scan(FIELDS, changes), right: scan(FIELDS, changes) });
  const plain = (port: 0 | 1, k: Scalar, v: Scalar, op?: 0 | 1 | 2 | 3): InputRow => ({
    port,
    values: [k, v],
    ...(op === undefined ? {} : { op }),
  });

  test('needs no times, and pads at the end', () => {
    const { rows } = run(unbounded('full'), [plain(0, 'a', 1), plain(1, 'b', 2), plain(1, 'a', 3), plain(1, null, 4)]);
    expect(signed(rows)).toEqual(['+ a 1 a 3', '+   b 2', '+    4']);
  });

  test('without keys every pair is tried', () => {
    const node = joinNode('inner', { match: { kind: 'unbounded' }, keys: [], residual: compare('<', columnExpr(1), columnExpr(3)) });
    const { rows } = run(node, [plain(0, 'a', 1), plain(0, 'b', 5), plain(1, null, 3), plain(1, 'c', 7)]);
    expect(signed(rows)).toEqual(['+ a 1  3', '+ a 1 c 7', '+ b 5 c 7']);
  });

  const change = fc.record({
    port: fc.constantFrom(0 as const, 1 as const),
    k: fc.constantFrom('a', 'b', null),
    v: fc.nat(2),
    gone: fc.boolean(),
  });
  const changes = fc.array(change, { maxLength: 40 }).map((steps) => {
    const held: InputRow[] = [];
    return steps.flatMap(({ port, k, v, gone }): InputRow[] => {
      const at = held.findIndex((h) => h.port === port && h.values[0] === k);
      if (gone && at >= 0) {
        const [row] = held.splice(at, 1);
        return [{ ...row!, op: v === 0 ? 1 : 3 }];
      }
      held.push(plain(port, k, v));
      return [plain(port, k, v)];
    });
  });
  const standing = (rows: readonly { op: number; values: readonly Scalar[] }[]): string[] => {
    const left: string[] = [];
    for (const { op, values } of rows) {
      if (op === 0) left.push(values.join(' '));
      else {
        const at = left.indexOf(values.join(' '));
        expect(at, 'only what stands is deleted').toBeGreaterThanOrEqual(0);
        left.splice(at, 1);
      }
    }
    return left.sort();
  };

  test('of updating inputs, what stands at the end is the join of what stands', () => {
    fc.assert(
      fc.property(changes, kinds, (rows, join) => {
        const sides: [InputRow[], InputRow[]] = [[], []];
        for (const r of rows) {
          const side = sides[r.port as 0 | 1];
          if (r.op === undefined) side.push(r);
          else
            side.splice(
              side.findIndex((h) => h.values.join() === r.values.join()),
              1,
            );
        }
        const equal = (l: InputRow, r: InputRow) => l.values[0] !== null && l.values[0] === r.values[0];
        const want = sides[0].flatMap((l) => sides[1].filter((r) => equal(l, r)).map((r) => [...l.values, ...r.values].join(' ')));
        if (join === 'left' || join === 'full')
          want.push(...sides[0].filter((l) => !sides[1].some((r) => equal(l, r))).map((l) => [...l.values, null, null].join(' ')));
        if (join === 'right' || join === 'full')
          want.push(...sides[1].filter((r) => !sides[0].some((l) => equal(l, r))).map((r) => [null, null, ...r.values].join(' ')));
        const node = unbounded(join, 'retract');
        expect(standing(run(node, rows).rows)).toEqual(want.sort());
        const once = run(node, rows).rows;
        expect(run(node, rows, { chunk: 8 }).rows).toEqual(once);
        expect(run(node, rows, { restoreAfter: () => true }).rows).toEqual(once);
      }),
      { numRuns: 300 },
    );
  });

  test('a retraction of a row that is no longer held is counted', () => {
    const { operator, rows } = run(joinNode('inner', { left: scan(FIELDS, 'retract'), right: scan(FIELDS, 'retract') }), [
      row(0, 'a', 1, 0),
      row(1, 'a', 2, 50),
      row(0, 'b', 1, 50),
      { ...row(0, 'a', 1, 0), op: 3 },
    ]);
    expect(rows).toEqual([]);
    expect(operator.metrics.rowsLate).toBe(1);
  });
});

describe('what a join counts and refuses', () => {
  test('late rows: dropped, joined, or padded', () => {
    const early = [row(0, 'a', 1, 0), row(1, 'a', 2, 29), row(1, 'y', 9, 30), row(0, 'x', 3, 30)];
    const rows = [...early, row(0, 'a', 4, 5), row(0, 'a', 5, 19), row(1, 'x', 6, 4)];
    const inner = run(joinNode('inner'), rows).operator.metrics;
    expect(inner).toMatchObject({ rowsIn: 7, rowsLate: 2, rowsLateAccepted: 1, rowsOut: 1 });
    expect(signed(run(joinNode('left'), rows).rows)).toEqual(['+ a 1  ', '+ a 4  ', '+ a 5 a 2', '+ x 3  ']);
  });

  test('rows without a time, or with a failing key, are record errors', () => {
    const node = joinNode('inner', { keys: [{ left: failsOnZero(columnExpr(1, FLOAT)), right: columnExpr(1, FLOAT) }] });
    const { context, operator } = run(node, [{ port: 0, values: ['a', 1] }, row(0, 'a', 0, 0), row(0, 'a', 1, 0)]);
    expect(context.errors.map((e) => e.error.reason)).toEqual(['missing-event-time', 'division-by-zero']);
    expect(context.errors[1]?.sample).toEqual({ k: 'a', v: 0 });
    expect(operator.metrics).toMatchObject({ rowsIn: 3, rowErrors: 2, stateEntries: 0 });
  });

  test('a failing residual leaves no trace of its row', () => {
    const residual = compare('>', failsOnZero(columnExpr(3, FLOAT)), literal(0, FLOAT));
    const node = joinNode('full', { residual });
    const { rows, context } = run(node, [row(0, 'a', 1, 0), row(1, 'a', 0, 0), row(1, 'a', 2, 0)]);
    expect(signed(rows)).toEqual(['+ a 1 a 2']);
    expect(context.errors).toHaveLength(1);
  });

  test('times by a column are used in place of the event time', () => {
    const node = joinNode('inner', { leftTime: columnExpr(1), rightTime: columnExpr(1) });
    expect(signed(run(node, [row(0, 'a', 100, 1), row(1, 'a', 90, 2), row(1, 'a', 110, 3), row(1, 'a', 111, 4)]).rows)).toEqual([
      '+ a 100 a 110',
    ]);
  });

  test('too many rows held, or pairs of one row, end in a coded error', () => {
    for (const limit of ['maxJoinRows', 'maxJoinFanout'] as const) {
      const context = testContext({ limits: { ...DEFAULT_LIMITS, [limit]: 2 } });
      const rows = [row(0, 'a', 1, 0), row(0, 'a', 2, 0), row(1, 'a', 3, 0), row(0, 'a', 4, 0), row(1, 'a', 5, 0)];
      expect(() => runOperator({ make: (c, env) => makeJoin(joinNode('inner'), c, env), fields: [FIELDS, FIELDS], rows, context })).toThrow(
        expect.objectContaining({ reason: 'limit-exceeded', details: expect.objectContaining({ limit }) }),
      );
    }
  });

  test('state is released as the watermark passes, and fan-out is emitted in batches', () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => row((i % 2) as 0 | 1, `k${i >> 4}`, i, i));
    const { operator } = runOperator({
      make: (c, env) => makeJoin(joinNode('full'), c, env),
      fields: [FIELDS, FIELDS],
      rows,
      chunk: 512,
      end: false,
      context: testContext({ batchRows: 7 }),
    });
    expect(operator.metrics.stateEntries).toBeLessThan(2000);
    expect(operator.metrics.rowsIn).toBe(20_000);
  });
});
