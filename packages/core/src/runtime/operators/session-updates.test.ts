import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Op } from '../../values/record-batch.ts';
import { INTEGER, type Scalar, STRING, TIMESTAMP } from '../../values/types.ts';
import { testContext } from '../compile/env.fixture.ts';
import { aggregateCall, aggregateOf, column, field, queryOf, run, scanOf, watermarkOf } from '../plan.fixture.ts';
import { KeptRows } from './session-aggregate-rows.ts';

type Kept = readonly [key: string, value: number, time: number];
interface Step {
  readonly id: number;
  /** Null: the row goes. */
  readonly row: Kept | null;
}

const fields = [field('key', STRING), field('value', INTEGER), field('ts', TIMESTAMP)];
const calls = [aggregateCall('count', [], INTEGER), aggregateCall('sum', [column(fields, 1)], INTEGER)];
const planOf = (gapMs: number, changes: 'upsert' | 'retract') => {
  const input = watermarkOf({ ...scanOf(fields), changes: 'retract' }, 2, 1000);
  return queryOf(aggregateOf(input, [column(fields, 0)], calls, { window: { kind: 'session', gapMs }, emit: 'changes', changes }));
};

type Member = readonly [id: number, row: Kept];
/** The sessions of one key, by the full list of its rows. */
function sessionsOf(table: ReadonlyMap<number, Kept>, key: string, gapMs: number): Member[][] {
  const rows = [...table].filter(([, row]) => row[0] === key).sort(([, a], [, b]) => a[2] - b[2]);
  const sessions: Member[][] = [];
  for (const row of rows) {
    const last = sessions.at(-1);
    if (last === undefined || row[1][2] - last.at(-1)![1][2] > gapMs) sessions.push([row]);
    else last.push(row);
  }
  return sessions;
}

const boundsOf = (s: readonly Member[], gapMs: number): [number, number] => [s[0]![1][2], s.at(-1)![1][2] + gapMs];
const tellOf = (s: readonly Member[], gapMs: number): Scalar[] => [
  s[0]![1][0],
  ...boundsOf(s, gapMs),
  s.length,
  s.reduce((sum, [, row]) => sum + row[1], 0),
];

/** What one change of a table tells of the sessions of one key: those that hold a row of `ids`, and those that share rows with them. */
function toldOf(before: readonly Member[][], after: readonly Member[][], ids: ReadonlySet<number>, gapMs: number, retracts: boolean) {
  const touched = new Set(ids);
  for (let size = -1; size !== touched.size; ) {
    size = touched.size;
    for (const s of [...before, ...after]) if (s.some(([id]) => touched.has(id))) for (const [id] of s) touched.add(id);
  }
  const isTouched = (s: readonly Member[]): boolean => s.some(([id]) => touched.has(id));
  const [old, fresh] = [before.filter(isTouched), after.filter(isTouched)];
  const isSame = (a: readonly Member[], b: readonly Member[]): boolean => String(boundsOf(a, gapMs)) === String(boundsOf(b, gapMs));
  const out: Scalar[][] = [];
  for (const s of old) if (!fresh.some((f) => isSame(s, f))) out.push(['-D', ...tellOf(s, gapMs)]);
  for (const s of fresh) {
    const was = old.find((o) => isSame(o, s));
    if (was !== undefined && retracts) out.push(['-U', ...tellOf(was, gapMs)]);
    out.push([was === undefined ? '+I' : '+U', ...tellOf(s, gapMs)]);
  }
  return out;
}

function expected(steps: readonly Step[], gapMs: number, retracts: boolean) {
  const table = new Map<number, Kept>();
  const rows: Kept[] = [];
  const ops: number[] = [];
  const out: Scalar[][] = [];
  const change = (id: number, key: string, row: Kept | null): void => {
    const before = sessionsOf(table, key, gapMs);
    if (row === null) table.delete(id);
    else table.set(id, row);
    out.push(...toldOf(before, sessionsOf(table, key, gapMs), new Set([id]), gapMs, retracts));
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
    if (old !== undefined && old[0] !== row?.[0]) change(id, old[0], null);
    if (row !== null) change(id, row[0], row);
  }
  return { rows, ops: Uint8Array.from(ops), out };
}

const row: fc.Arbitrary<Kept> = fc.tuple(fc.constantFrom('a', 'a', 'b'), fc.integer({ min: -9, max: 9 }), fc.integer({ min: 0, max: 40 }));
const steps = fc.array(fc.record({ id: fc.nat(5), row: fc.option(row, { freq: 5 }) }), { maxLength: 25 });
const sorted = (rows: readonly (readonly Scalar[])[]): string[] => rows.map((r) => JSON.stringify(r)).sort();

test('an update is told once per session, as the sessions are after it', () => {
  fc.assert(
    fc.property(
      steps,
      fc.integer({ min: 1, max: 12 }),
      fc.boolean(),
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
      fc.nat(25),
      (all, gapMs, retracts, chunks, restoreAt) => {
        const { rows, ops, out } = expected(all, gapMs, retracts);
        const plan = planOf(gapMs, retracts ? 'retract' : 'upsert');
        const told = run(plan, rows, { ops });
        expect(sorted(told)).toEqual(sorted(out));
        expect(run(plan, rows, { ops, chunks, restoreAt })).toEqual(told);
        expect(run(plan, rows, { ops, context: { ...testContext(), codegen: false } })).toEqual(told);
      },
    ),
    { numRuns: 600, seed: 12 },
  );
}, 120_000);

test('a row that is taken back is found among rows with NaN and NULL', () => {
  const kept = new KeptRows();
  const at = { time: 1, since: 1 };
  const rows = [[Number.NaN], [null], [new Map([['a', Number.NaN]])], [new Map([['a', null]])], ['x'], [2n ** 60n]];
  for (const [sequence, inputs] of rows.entries()) kept.add(0, { ...at, inputs, sequence });
  for (const inputs of [[null], [new Map([['a', null]])], [2n ** 60n]]) expect(kept.remove(0, at, inputs)).toBe(true);
  expect(kept.rowsOf(0).map((r) => r.sequence)).toEqual([0, 2, 4]);
  expect(kept.remove(0, at, [null])).toBe(false);
});
