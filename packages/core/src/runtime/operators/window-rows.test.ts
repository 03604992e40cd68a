import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlanWindow, WindowRowsNode } from '../../sql/plan/plan.ts';
import { INTEGER, type Scalar, STRING, TIMESTAMP } from '../../values/types.ts';
import { testContext } from '../compile/env.fixture.ts';
import { column, field, queryOf, run, scanOf, watermarkOf } from '../plan.fixture.ts';

const SLOW = 120_000;
const fields = [field('key', STRING), field('value', INTEGER), field('ts', TIMESTAMP)];

function planOf(window: PlanWindow, more: Partial<WindowRowsNode> = {}, delayMs = 0) {
  const input = watermarkOf(scanOf(fields), 2, delayMs);
  const node: WindowRowsNode = {
    kind: 'window-rows',
    input,
    window,
    keys: [column(fields, 0)],
    emit: 'final',
    allowedLatenessMs: 0,
    late: 'drop',
    fields: [...fields, field('window_start', INTEGER), field('window_end', INTEGER)],
    changes: 'append',
    ...more,
  };
  return queryOf(node);
}

const rows = fc.array(fc.tuple(fc.constantFrom('a', 'b', null), fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 60 })), {
  maxLength: 25,
});
const windows = fc.constantFrom<PlanWindow>(
  { kind: 'tumbling', sizeMs: 10 },
  { kind: 'sliding', sizeMs: 10, advanceMs: 4 },
  { kind: 'sliding', sizeMs: 3, advanceMs: 7 },
  { kind: 'session', gapMs: 5 },
);

/** Rows by window, all of them on time, in the order of window ends and then of arrival. */
function expected(input: readonly (readonly Scalar[])[], window: PlanWindow): Scalar[][] {
  const out: { end: number; born: number; order: number; row: Scalar[] }[] = [];
  input.forEach((row, order) => {
    const time = row[2] as number;
    if (window.kind === 'session') {
      const times = input
        .filter((r) => r[0] === row[0])
        .map((r) => r[2] as number)
        .sort((a, b) => a - b);
      let [start, end] = [time, time];
      for (const t of times) if (t > end && t <= end + window.gapMs) end = t;
      for (const t of [...times].reverse()) if (t < start && t >= start - window.gapMs) start = t;
      const born = input.findIndex((r) => r[0] === row[0] && (r[2] as number) >= start && (r[2] as number) <= end);
      out.push({ end: end + window.gapMs, born, order, row: ['+I', ...row, start, end + window.gapMs] });
      return;
    }
    const advance = window.kind === 'sliding' ? window.advanceMs : window.sizeMs;
    for (let start = Math.floor(time / advance) * advance; start > time - window.sizeMs; start -= advance) {
      out.push({ end: start + window.sizeMs, born: 0, order, row: ['+I', ...row, start, start + window.sizeMs] });
    }
  });
  return out.sort((a, b) => a.end - b.end || a.born - b.born || a.order - b.order).map(({ row }) => row);
}

describe('rows of windows', () => {
  test(
    'come out when their windows close, in order of arrival',
    () => {
      fc.assert(
        fc.property(rows, windows, (input, window) => {
          expect(run(planOf(window, {}, 1000), input)).toEqual(expected(input, window));
        }),
        { numRuns: 800, seed: 31 },
      );
    },
    SLOW,
  );

  test(
    'neither chunking nor a restore changes the output',
    () => {
      const options = fc.record({ emit: fc.constantFrom('changes' as const, 'final' as const), allowedLatenessMs: fc.constantFrom(0, 8) });
      fc.assert(
        fc.property(rows, windows, options, fc.nat(25), fc.constantFrom(0, 6), (input, window, more, restoreAt, delayMs) => {
          const plan = planOf(window, more, delayMs);
          expect(run(plan, input, { chunks: [2, 1, 4], restoreAt })).toEqual(run(plan, input));
        }),
        { numRuns: 800, seed: 32 },
      );
    },
    SLOW,
  );

  test(
    'a row that was taken back does not come out',
    () => {
      fc.assert(
        fc.property(rows, windows, fc.nat(24), (input, window, at) => {
          if (input.length === 0) return;
          const gone = input[at % input.length]!;
          const ops = Uint8Array.from([...input.map(() => 0), 3]);
          const left = input.filter((row) => row !== gone);
          // Of equal rows any may be the one that goes.
          const sorted = (list: Scalar[][]) => list.map((r) => JSON.stringify(r)).sort();
          expect(sorted(run(planOf(window, { changes: 'retract' }, 1000), [...input, gone], { ops }))).toEqual(
            sorted(expected(left, window)),
          );
        }),
        { numRuns: 500, seed: 33 },
      );
    },
    SLOW,
  );

  test('pass at once under EMIT CHANGES, once per window', () => {
    const plan = planOf({ kind: 'sliding', sizeMs: 10, advanceMs: 5 }, { emit: 'changes' });
    expect(run(plan, [['a', 1, 7]], { open: true })).toEqual([
      ['+I', 'a', 1, 7, 0, 10],
      ['+I', 'a', 1, 7, 5, 15],
    ]);
  });

  test('late rows follow the policy', () => {
    const input: Scalar[][] = [
      ['a', 1, 25],
      ['a', 2, 5],
    ];
    const context = testContext();
    expect(run(planOf({ kind: 'tumbling', sizeMs: 10 }, { late: 'dead-letter' }), input, { context, chunks: [1] })).toHaveLength(1);
    expect(context.dead).toEqual([{ row: 0, reason: 'late' }]);
    const next = run(planOf({ kind: 'tumbling', sizeMs: 10 }, { late: 'include-in-next-window' }), input);
    expect(next.map((r) => r.slice(-2))).toEqual([
      [20, 30],
      [20, 30],
    ]);
    const corrected = run(planOf({ kind: 'tumbling', sizeMs: 10 }, { allowedLatenessMs: 50 }), input, { open: true });
    expect(corrected).toEqual([['+I', 'a', 2, 5, 0, 10]]);
  });

  test('more rows than the bound are a typed error', () => {
    const context = testContext();
    const limited = testContext({ limits: { ...context.limits, maxGroups: 1 } });
    expect(() =>
      run(
        planOf({ kind: 'tumbling', sizeMs: 10 }),
        [
          ['a', 1, 1],
          ['a', 1, 2],
        ],
        { context: limited },
      ),
    ).toThrow(expect.objectContaining({ reason: 'limit-exceeded' }));
  });
});
