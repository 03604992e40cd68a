import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AggregateNode, PlanNode, PlanWindow } from '../../sql/plan/plan.ts';
import { Op } from '../../values/record-batch.ts';
import { FLOAT, INTEGER, type Scalar, STRING, TIMESTAMP } from '../../values/types.ts';
import { testContext } from '../compile/env.fixture.ts';
import { buildPipeline } from '../pipeline.ts';
import {
  aggregateCall,
  aggregateOf,
  batchOf,
  column,
  field,
  queryOf,
  restored,
  rowsOf,
  run,
  scanOf,
  watermarkOf,
} from '../plan.fixture.ts';

const fields = [field('key', STRING), field('value', INTEGER), field('ts', TIMESTAMP)];
const value = column(fields, 1);
const calls = [
  aggregateCall('count', [], INTEGER),
  aggregateCall('sum', [value], INTEGER),
  aggregateCall('min', [value], INTEGER),
  aggregateCall('count', [value], INTEGER, { distinct: true }),
  aggregateCall('string_agg', [value], STRING),
  aggregateCall('sum', [value], INTEGER, {
    filter: { kind: 'compare', op: '>', left: value, right: { kind: 'literal', value: 0, type: INTEGER }, type: { kind: 'boolean' } },
  }),
];

interface Change {
  readonly op: number;
  readonly key: string | null;
  readonly value: number | null;
  readonly time: number;
}

/** Random inserts and retractions of rows that are there; -U is followed by a +U of the same key. */
const changelog = fc
  .array(
    fc.record({
      take: fc.integer({ min: 0, max: 5 }),
      at: fc.nat(1000),
      key: fc.constantFrom('a', 'b', null),
      value: fc.option(fc.integer({ min: -3, max: 3 })),
      time: fc.integer({ min: 0, max: 40 }),
    }),
    { maxLength: 30 },
  )
  .map((steps) => {
    const live: Change[] = [];
    const log: Change[] = [];
    for (const { take, at, key, value: v, time } of steps) {
      const row = { op: 0, key, value: v, time };
      if (take <= 2 || live.length === 0) {
        log.push(row);
        live.push(row);
        continue;
      }
      const [gone] = live.splice(at % live.length, 1) as [Change];
      log.push({ ...gone, op: take === 3 ? 1 : 3 });
      if (take === 3) {
        const updated = { ...row, key: gone.key, time: gone.time };
        log.push({ ...updated, op: 2 });
        live.push(updated);
      }
    }
    return { log, live };
  });

const stateOf = (rows: readonly Change[]): Scalar[] => {
  const values = rows.flatMap((r) => (r.value === null ? [] : [r.value]));
  const sum = (list: readonly number[]): number | null => (list.length === 0 ? null : list.reduce((a, b) => a + b, 0));
  return [
    rows.length,
    sum(values),
    values.length === 0 ? null : Math.min(...values),
    new Set(values).size,
    values.length === 0 ? null : values.join(','),
    sum(values.filter((v) => v > 0)),
  ];
};

/** The rows that a changelog leaves; -U and -D have to name a row that stands. */
function folded(changes: readonly (readonly Scalar[])[], byKey: number): Scalar[][] {
  const rows: Scalar[][] = [];
  for (const [op, ...row] of changes) {
    const text = JSON.stringify(row);
    const at = rows.findIndex((r) =>
      op === '-U' || op === '-D' ? JSON.stringify(r) === text : JSON.stringify(r.slice(0, byKey)) === JSON.stringify(row.slice(0, byKey)),
    );
    if (op === '-U' || op === '-D') {
      expect(at).toBeGreaterThanOrEqual(0);
      rows.splice(at, 1);
    } else rows.push(row);
  }
  // Which of two equal rows was taken back is open, hence also the order of what remains.
  const unordered = rows.map((row) => row.map((v) => (typeof v === 'string' ? v.split(',').sort().join(',') : v)));
  return unordered.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}

const opsOf = (log: readonly Change[]) => Uint8Array.from(log, ({ op }) => op);
const scalars = (log: readonly Change[]) => log.map((r) => [r.key, r.value, r.time]);
const node = (more: Partial<AggregateNode> = {}) =>
  aggregateOf({ ...scanOf(fields), changes: 'retract' }, [column(fields, 0)], calls, { emit: 'changes', changes: 'retract', ...more });

/** Many generated functions: generous on a busy machine. */
const SLOW = 120_000;

describe('aggregation without a window', () => {
  test(
    'over an updating input leaves what a recalculation would',
    () => {
      fc.assert(
        fc.property(changelog, fc.nat(40), ({ log, live }, restoreAt) => {
          const out = run(queryOf(node()), scalars(log), { ops: opsOf(log), restoreAt, chunks: [3, 1, 7] });
          const keys = [...new Set(live.map((r) => r.key))];
          const expected = keys.map((key) => [key, ...stateOf(live.filter((r) => r.key === key))]);
          expect(folded(out, 1)).toEqual(
            folded(
              expected.map((r) => ['+I', ...r]),
              1,
            ),
          );
          expect(run(queryOf(node()), scalars(log), { ops: opsOf(log) })).toEqual(out);
        }),
        { numRuns: 1000, seed: 3 },
      );
    },
    SLOW,
  );

  test(
    'windows over an updating input leave what a recalculation would',
    () => {
      const windows: PlanWindow[] = [
        { kind: 'tumbling', sizeMs: 10 },
        { kind: 'sliding', sizeMs: 10, advanceMs: 4 },
        { kind: 'session', gapMs: 6 },
      ];
      fc.assert(
        fc.property(
          changelog,
          fc.constantFrom(...windows),
          fc.constantFrom('changes' as const, 'final' as const),
          ({ log, live }, window, emit) => {
            const input = { ...watermarkOf({ ...scanOf(fields), changes: 'retract' }, 2, 1000), changes: 'retract' as const };
            const plan = queryOf(
              aggregateOf(input, [column(fields, 0)], calls, { window, emit, changes: emit === 'final' ? 'append' : 'retract' }),
            );
            const out = run(plan, scalars(log), { ops: opsOf(log) });
            expect(folded(out, 3)).toEqual(folded(windowed(live, window), 3));
          },
        ),
        { numRuns: 1000, seed: 4 },
      );
    },
    SLOW,
  );

  test('EMIT FINAL emits once at the end, groups in the order of their first rows', () => {
    const rows: Scalar[][] = [
      ['b', 1, 0],
      ['a', 2, 0],
      ['b', 3, 0],
    ];
    const plan = queryOf(aggregateOf(scanOf(fields), [column(fields, 0)], calls.slice(0, 2), { emit: 'final' }));
    expect(run(plan, rows)).toEqual([
      ['+I', 'b', 2, 4],
      ['+I', 'a', 1, 2],
    ]);
  });

  test('no keys and no rows make one row', () => {
    const plan = queryOf(aggregateOf(scanOf(fields), [], calls.slice(0, 2), { emit: 'final' }));
    expect(run(plan, [])).toEqual([['+I', 0, null]]);
  });

  test('EMIT CHANGES emits the group of each row; per batch, each touched group once', () => {
    const rows: Scalar[][] = [
      ['b', 1, 0],
      ['a', 2, 0],
      ['b', 3, 0],
    ];
    const plan = queryOf(aggregateOf(scanOf(fields), [column(fields, 0)], calls.slice(0, 2), { emit: 'changes', changes: 'upsert' }));
    expect(run(plan, rows)).toEqual([
      ['+I', 'b', 1, 1],
      ['+I', 'a', 1, 2],
      ['+U', 'b', 2, 4],
    ]);
    const context = testContext({ changes: 'per-batch' });
    expect(run(plan, rows, { context, chunks: [2] })).toEqual([
      ['+I', 'b', 1, 1],
      ['+I', 'a', 1, 2],
      ['+U', 'b', 2, 4],
    ]);
    expect(run(plan, rows, { context })).toEqual([
      ['+I', 'b', 2, 4],
      ['+I', 'a', 1, 2],
    ]);
  });

  test('an overflow is an error of its record, and leaves the group as it was', () => {
    const context = testContext();
    const plan = queryOf(aggregateOf(scanOf(fields), [column(fields, 0)], calls.slice(0, 2), { emit: 'final' }));
    const most = 2n ** 63n - 1n;
    expect(
      run(
        plan,
        [
          ['a', most, 0],
          ['a', 1, 0],
          ['a', -2, 0],
        ],
        { context },
      ),
    ).toEqual([['+I', 'a', 2, most - 2n]]);
    expect(context.errors.map((e) => e.error.reason)).toEqual(['integer-overflow']);
  });

  test('spread keeps its precision far from zero and across panes', () => {
    const floats = [field('key', STRING), field('value', FLOAT), field('ts', TIMESTAMP)];
    const input = watermarkOf(scanOf(floats), 2, 0);
    const call = aggregateCall('var_samp', [column(floats, 1)], FLOAT);
    const plan = queryOf(aggregateOf(input, [], [call], { window: { kind: 'sliding', sizeMs: 4, advanceMs: 2 } }));
    const rows: Scalar[][] = [1, 2, 3, 4].map((v, i) => ['a', 1e9 + v, i]);
    expect(run(plan, rows)[1]).toEqual(['+I', 0, 4, 1.6666666666666667]);
  });

  test('groups whose rows were all taken back are freed', () => {
    const pipeline = buildPipeline(queryOf(node()), testContext(), () => undefined);
    const batch = batchOf(
      fields,
      [
        ['a', 1, 0],
        ['a', 1, 0],
      ],
      Uint8Array.of(0, 3),
    );
    pipeline.scans[0]!.process(batch, 0, 2);
    expect(pipeline.operators[0]!.metrics.stateEntries).toBe(0);
    expect(rowsOf(batch)).toHaveLength(2);
  });
});

/** Groups of the rows that stand, by window, as inserts. */
function windowed(live: readonly Change[], window: PlanWindow): Scalar[][] {
  const groups = new Map<string, { key: string | null; start: number; end: number; rows: Change[] }>();
  const put = (key: string | null, start: number, end: number, row: Change) => {
    const id = JSON.stringify([key, start, end]);
    groups.set(id, { key, start, end, rows: [...(groups.get(id)?.rows ?? []), row] });
  };
  if (window.kind === 'session') {
    for (const key of new Set(live.map((r) => r.key))) {
      const times = live
        .filter((r) => r.key === key)
        .map((r) => r.time)
        .sort((a, b) => a - b);
      for (const row of live.filter((r) => r.key === key)) {
        let [start, end] = [row.time, row.time];
        for (const t of times) if (t > end && t <= end + window.gapMs) end = t;
        for (const t of [...times].reverse()) if (t < start && t >= start - window.gapMs) start = t;
        put(key, start, end + window.gapMs, row);
      }
    }
  } else {
    const advance = window.kind === 'sliding' ? window.advanceMs : window.sizeMs;
    for (const row of live) {
      for (let start = Math.floor(row.time / advance) * advance; start > row.time - window.sizeMs; start -= advance)
        put(row.key, start, start + window.sizeMs, row);
    }
  }
  return [...groups.values()].map((g) => ['+I', g.key, g.start, g.end, ...stateOf(g.rows)]);
}

describe('what goes with result rows', () => {
  const meta = (times: readonly number[]) => ({
    timestamp: Float64Array.from(times),
    headers: times.map((t) => new Map([['t', String(t)]])),
  });
  const wanted = { meta: ['_TIMESTAMP', '_headers'] as const };

  /** Timestamps and headers of everything that comes out. */
  function carried(window: PlanWindow | null, emit: 'changes' | 'final', codegen: boolean, restore: boolean) {
    const context = testContext({ codegen });
    const input = window === null ? scanOf(fields) : watermarkOf(scanOf(fields), 2, 0);
    const plan = queryOf(
      aggregateOf(input, [column(fields, 0)], calls.slice(0, 1), { window, emit, changes: emit === 'final' ? 'append' : 'upsert' }),
      wanted,
    );
    const out: [number | undefined, string | undefined][] = [];
    const build = () =>
      buildPipeline(plan, context, (batch) => {
        for (let i = 0; i < batch.length; i++) out.push([batch.meta.timestamp?.[i], batch.meta.headers?.[i]?.get('t')]);
      });
    let pipeline = build();
    const batch = batchOf(fields, [
      ['a', 1, 1],
      ['b', 2, 2],
      ['a', 3, 3],
    ]);
    pipeline.scans[0]!.process({ ...batch, meta: { ...batch.meta, ...meta([10, 20, 30]) } }, 0, 3);
    if (restore) pipeline = restored(pipeline, build());
    pipeline.scans[0]!.watermark(Number.POSITIVE_INFINITY);
    pipeline.scans[0]!.end();
    return out;
  }

  const windows: (PlanWindow | null)[] = [
    null,
    { kind: 'tumbling', sizeMs: 10 },
    { kind: 'sliding', sizeMs: 10, advanceMs: 10 },
    { kind: 'session', gapMs: 9 },
  ];
  test.each(windows)('are timestamp and headers of the last row of the group (%j)', (window) => {
    // Groups in the order of their first rows; sessions in the order of their ends.
    const expected =
      window?.kind === 'session'
        ? [
            [20, '20'],
            [30, '30'],
          ]
        : [
            [30, '30'],
            [20, '20'],
          ];
    for (const codegen of [true, false]) {
      for (const restore of [true, false]) expect(carried(window, 'final', codegen, restore)).toEqual(expected);
      expect(carried(window, 'changes', codegen, false)).toContainEqual([30, '30']);
    }
  });
});

test('a group whose only row is replaced keeps its key to itself', () => {
  const fields = [field('key', STRING), field('value', INTEGER)];
  const input = { ...scanOf(fields), changes: 'retract' as const };
  const calls = [aggregateCall('sum', [column(fields, 1)], INTEGER)];
  const rows = [
    ['a', 1],
    ['a', 1],
    ['a', 2],
    ['b', 5],
    ['c', 7],
  ];
  const ops = Uint8Array.from([Op.insert, Op.updateBefore, Op.updateAfter, Op.insert, Op.insert]);
  const plan = queryOf(aggregateOf(input, [column(fields, 0)], calls, { emit: 'final', changes: 'append' }));
  for (const codegen of [true, false])
    expect(run(plan, rows, { ops, context: { ...testContext(), codegen } })).toEqual([
      ['+I', 'a', 2],
      ['+I', 'b', 5],
      ['+I', 'c', 7],
    ]);
});

test.each([true, false])('what takes a row back has the times of that row (generated: %s)', (codegen) => {
  const fields = [field('key', STRING)];
  const scan: PlanNode = { ...scanOf(fields), system: ['_TIMESTAMP', '_EVENT_TIME'] };
  const node = aggregateOf(scan, [column(fields, 0)], [aggregateCall('count', [], INTEGER)], { emit: 'changes', changes: 'retract' });
  const plan = queryOf(node, { meta: ['_TIMESTAMP', '_EVENT_TIME'] });
  const told = (batches: readonly (readonly [key: string, op: number, time: number])[][]): unknown[][] => {
    const out: unknown[][] = [];
    const pipeline = buildPipeline(plan, { ...testContext(), codegen }, ({ length, ops, meta }) => {
      for (let i = 0; i < length; i++) out.push([ops?.[i] ?? Op.insert, meta.eventTime?.[i], meta.timestamp?.[i]]);
    });
    for (const rows of batches) {
      const ops = rows.some(([, op]) => op !== Op.insert) ? Uint8Array.from(rows, ([, op]) => op) : null;
      const batch = batchOf(
        fields,
        rows.map(([key]) => [key]),
        ops,
      );
      const meta = {
        ...batch.meta,
        eventTime: Float64Array.from(rows, ([, , time]) => time),
        timestamp: Float64Array.from(rows, ([, , time]) => time + 1),
      };
      pipeline.scans[0]!.process({ ...batch, meta }, 0, rows.length);
    }
    return out;
  };
  const rows = [
    ['a', Op.insert, 10],
    ['b', Op.insert, 20],
    ['a', Op.insert, 30],
  ] as const;
  const expected = [
    [Op.insert, 10, 11],
    [Op.insert, 20, 21],
    [Op.updateBefore, 10, 11],
    [Op.updateAfter, 30, 31],
  ];
  expect(told([[...rows]])).toEqual(expected);
  expect(told(rows.map((row) => [row]))).toEqual(expected);
  expect(told([[...rows], [['b', Op.delete, 20]]])).toEqual([...expected, [Op.delete, 20, 21]]);
});
