import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlanWindow } from '../../sql/plan/plan.ts';
import { Op } from '../../values/record-batch.ts';
import { INTEGER, type Scalar, STRING, TIMESTAMP } from '../../values/types.ts';
import { testContext } from '../compile/env.fixture.ts';
import { aggregateCall, aggregateOf, column, field, queryOf, run, scanOf, watermarkOf } from '../plan.fixture.ts';

type Window = Exclude<PlanWindow, { kind: 'session' }>;
type Kept = readonly [key: string, value: number, time: number];
interface Step {
  readonly id: number;
  /** Null: the row goes. */
  readonly row: Kept | null;
}

const fields = [field('key', STRING), field('value', INTEGER), field('ts', TIMESTAMP)];
const calls = [
  aggregateCall('count', [], INTEGER),
  aggregateCall('sum', [column(fields, 1)], INTEGER),
  aggregateCall('max', [column(fields, 1)], INTEGER),
];
const planOf = (window: Window, changes: 'upsert' | 'retract') => {
  const input = watermarkOf({ ...scanOf(fields), changes: 'retract' }, 2, 1000);
  return queryOf(aggregateOf(input, [column(fields, 0)], calls, { window, emit: 'changes', changes }));
};

const startsOf = (window: Window, time: number): number[] => {
  const advanceMs = window.kind === 'sliding' ? window.advanceMs : window.sizeMs;
  const starts: number[] = [];
  for (let start = Math.floor(time / advanceMs) * advanceMs; start > time - window.sizeMs; start -= advanceMs) starts.unshift(start);
  return starts;
};

/** The rows that steps make of a table, and what the windows over it say, by the full list of its rows. */
function expected(steps: readonly Step[], window: Window, retracts: boolean) {
  const table = new Map<number, Kept>();
  const rows: Kept[] = [];
  const ops: number[] = [];
  const out: Scalar[][] = [];
  const told = (start: number, key: string): Scalar[] | null => {
    const values = [...table.values()].filter((r) => r[0] === key && startsOf(window, r[2]).includes(start)).map((r) => r[1]);
    if (values.length === 0) return null;
    return [key, start, start + window.sizeMs, values.length, values.reduce((a, b) => a + b, 0), Math.max(...values)];
  };
  const tell = (before: Scalar[] | null, after: Scalar[] | null): void => {
    if (before !== null && after === null) out.push(['-D', ...before]);
    if (before !== null && after !== null && retracts) out.push(['-U', ...before]);
    if (after !== null) out.push([before === null ? '+I' : '+U', ...after]);
  };
  for (const { id, row } of steps) {
    const old = table.get(id);
    if (old !== undefined) {
      rows.push(old);
      ops.push(row === null ? Op.delete : Op.updateBefore);
    }
    if (row !== null) {
      rows.push(row);
      ops.push(old === undefined ? Op.insert : Op.updateAfter);
    }
    const starts = new Set([...(old ? startsOf(window, old[2]) : []), ...(row ? startsOf(window, row[2]) : [])]);
    const places = [...starts].sort((a, b) => a - b).flatMap((start) => [...new Set([old?.[0], row?.[0]])].map((key) => ({ start, key })));
    const held = [old, row].flatMap((r) => (r ? startsOf(window, r[2]).map((start) => `${r[0]} ${start}`) : []));
    const known = places.flatMap(({ start, key }) =>
      key && held.includes(`${key} ${start}`) ? [{ start, key, before: told(start, key) }] : [],
    );
    if (row === null) table.delete(id);
    else table.set(id, row);
    for (const { start, key, before } of known) tell(before, told(start, key));
  }
  return { rows, ops: Uint8Array.from(ops), out };
}

const row: fc.Arbitrary<Kept> = fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: -9, max: 9 }), fc.integer({ min: 0, max: 40 }));
const steps = fc.array(fc.record({ id: fc.nat(4), row: fc.option(row, { freq: 5 }) }), { maxLength: 25 });
const window: fc.Arbitrary<Window> = fc.oneof(
  fc.record({ kind: fc.constant('tumbling' as const), sizeMs: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ kind: fc.constant('sliding' as const), sizeMs: fc.integer({ min: 1, max: 20 }), advanceMs: fc.integer({ min: 1, max: 25 }) }),
);

test('an update is told once per window, as the table is after it', () => {
  fc.assert(
    fc.property(
      steps,
      window,
      fc.boolean(),
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
      fc.nat(25),
      (all, w, retracts, chunks, restoreAt) => {
        const { rows, ops, out } = expected(all, w, retracts);
        const plan = planOf(w, retracts ? 'retract' : 'upsert');
        expect(run(plan, rows, { ops })).toEqual(out);
        expect(run(plan, rows, { ops, chunks, restoreAt })).toEqual(out);
        expect(run(plan, rows, { ops, context: { ...testContext(), codegen: false } })).toEqual(out);
      },
    ),
    { numRuns: 600, seed: 12 },
  );
}, 120_000);

test('an update that moves a row by a century does not go through the windows between', () => {
  const window: Window = { kind: 'tumbling', sizeMs: 1 };
  const far = 100 * 365 * 86_400_000;
  const all: Step[] = [
    { id: 1, row: ['a', 1, 0] },
    { id: 1, row: ['a', 2, far] },
  ];
  const { rows, ops, out } = expected(all, window, true);
  expect(out).toEqual([
    ['+I', 'a', 0, 1, 1, 1, 1],
    ['-D', 'a', 0, 1, 1, 1, 1],
    ['+I', 'a', far, far + 1, 1, 2, 2],
  ]);
  expect(run(planOf(window, 'retract'), rows, { ops })).toEqual(out);
});
