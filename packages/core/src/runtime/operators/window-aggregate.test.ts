import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AggregateNode, PlanWindow } from '../../sql/plan/plan.ts';
import { INTEGER, STRING, TIMESTAMP } from '../../values/types.ts';
import { testContext } from '../compile/env.fixture.ts';
import { aggregateCall, aggregateOf, column, field, queryOf, run, scanOf, watermarkOf } from '../plan.fixture.ts';
import { type OracleOptions, windowOracle } from './window-oracle.fixture.ts';

const fields = [field('key', STRING), field('value', INTEGER), field('ts', TIMESTAMP)];
const calls = [
  aggregateCall('count', [], INTEGER),
  aggregateCall('sum', [column(fields, 1)], INTEGER),
  aggregateCall('min', [column(fields, 1)], INTEGER),
  aggregateCall('max', [column(fields, 1)], INTEGER),
];
const list = aggregateCall('string_agg', [column(fields, 1)], STRING);

function planOf(o: OracleOptions, more: Partial<AggregateNode> = {}, ordered = true) {
  const input = watermarkOf(scanOf(fields), 2, o.delayMs);
  const { window, emit, changes } = o;
  const aggregates = ordered ? [...calls, list] : calls;
  return queryOf(aggregateOf(input, [column(fields, 0)], aggregates, { window, emit, changes, allowedLatenessMs: o.latenessMs, ...more }));
}

const row = fc.record({
  key: fc.constantFrom('a', 'b', null),
  value: fc.option(fc.integer({ min: -9, max: 9 })),
  time: fc.integer({ min: -20, max: 60 }),
});
const window: fc.Arbitrary<PlanWindow> = fc.oneof(
  fc.record({ kind: fc.constant('tumbling' as const), sizeMs: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ kind: fc.constant('sliding' as const), sizeMs: fc.integer({ min: 1, max: 20 }), advanceMs: fc.integer({ min: 1, max: 25 }) }),
  fc.record({ kind: fc.constant('session' as const), gapMs: fc.integer({ min: 1, max: 12 }) }),
);
const options: fc.Arbitrary<OracleOptions> = fc
  .record({
    window,
    delayMs: fc.constantFrom(0, 5, 30),
    latenessMs: fc.constantFrom(0, 0, 7, 100),
    emit: fc.constantFrom('changes' as const, 'final' as const),
    changes: fc.constantFrom('upsert' as const, 'retract' as const),
  })
  .map((o) => (o.emit === 'final' && o.latenessMs === 0 ? { ...o, changes: 'append' as const } : o));
const scalars = (rows: readonly { key: string | null; value: number | null; time: number }[]) => rows.map((r) => [r.key, r.value, r.time]);

/** Many generated functions: generous on a busy machine. */
const SLOW = 120_000;

describe('windowed aggregation', () => {
  test(
    'emits what a recalculation over all rows would emit',
    () => {
      fc.assert(
        fc.property(fc.array(row, { maxLength: 30 }), options, (rows, o) => {
          const expected = windowOracle(rows, o);
          expect(run(planOf(o), scalars(rows))).toEqual(expected);
          // Without an aggregate that depends on the order, overlapping windows share panes.
          const plain = run(planOf(o, {}, false), scalars(rows));
          expect(plain).toEqual(expected.map((r) => r.slice(0, -1)));
        }),
        { numRuns: 3000, seed: 7 },
      );
    },
    SLOW,
  );

  test(
    'neither chunking nor a restore changes the output',
    () => {
      fc.assert(
        fc.property(
          fc.array(row, { maxLength: 25 }),
          options,
          fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 }),
          fc.nat(25),
          (rows, o, chunks, restoreAt) => {
            const expected = run(planOf(o), scalars(rows));
            expect(run(planOf(o), scalars(rows), { chunks, restoreAt })).toEqual(expected);
          },
        ),
        { numRuns: 1500, seed: 8 },
      );
    },
    SLOW,
  );

  test('rows that no window takes are counted, and offered to the dead-letter policy', () => {
    const context = testContext();
    const o: OracleOptions = { window: { kind: 'tumbling', sizeMs: 10 }, delayMs: 0, latenessMs: 0, emit: 'final', changes: 'append' };
    run(
      planOf(o, { late: 'dead-letter' }),
      [
        ['a', 1, 25],
        ['a', 2, 5],
        ['a', 3, 21],
      ],
      { context },
    );
    expect(context.dead).toEqual([{ row: 1, reason: 'late' }]);
  });

  test('a row that is too late joins the open window under include-in-next-window', () => {
    const o: OracleOptions = { window: { kind: 'tumbling', sizeMs: 10 }, delayMs: 0, latenessMs: 0, emit: 'final', changes: 'append' };
    const rows = run(planOf(o, { late: 'include-in-next-window' }, false), [
      ['a', 1, 25],
      ['a', 2, 5],
    ]);
    expect(rows).toEqual([['+I', 'a', 20, 30, 2, 3, 1, 2]]);
  });

  test('update-previous corrects a window that is closed, one window size long', () => {
    const o: OracleOptions = { window: { kind: 'tumbling', sizeMs: 10 }, delayMs: 0, latenessMs: 0, emit: 'final', changes: 'upsert' };
    const rows = run(planOf(o, { late: 'update-previous' }, false), [
      ['a', 1, 5],
      ['a', 9, 15],
      ['a', 2, 6],
      ['a', 9, 35],
      ['a', 3, 7],
    ]);
    expect(rows).toEqual([
      ['+I', 'a', 0, 10, 1, 1, 1, 1],
      ['+U', 'a', 0, 10, 2, 3, 1, 2],
      ['+I', 'a', 10, 20, 1, 9, 9, 9],
      ['+I', 'a', 30, 40, 1, 9, 9, 9],
    ]);
  });

  test('a group beyond the bound is a typed error', () => {
    const o: OracleOptions = { window: { kind: 'tumbling', sizeMs: 10 }, delayMs: 0, latenessMs: 0, emit: 'final', changes: 'append' };
    const plan = planOf(o, { maxGroups: 2 });
    expect(() =>
      run(plan, [
        ['a', 1, 1],
        ['b', 1, 1],
        ['c', 1, 1],
      ]),
    ).toThrow(expect.objectContaining({ reason: 'limit-exceeded', details: { limit: 'maxGroups', allowed: 2, observed: 3 } }));
  });
});
