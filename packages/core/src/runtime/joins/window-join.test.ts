import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JoinKind, JoinNode, PlanWindow } from '../../sql/plan/plan.ts';
import { FLOAT, type Scalar, STRING } from '../../values/types.ts';
import { testContext } from '../compile/env.fixture.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { makeJoin } from '../operators/join.ts';
import { columnExpr, compare, failsOnZero, field, type InputRow, runOperator, scan, signed } from '../rows/operator.fixture.ts';

const FIELDS = [field('k', STRING), field('v')];

const nodeOf = (join: JoinKind, window: PlanWindow, options: Partial<JoinNode> = {}): JoinNode => ({
  kind: 'join',
  join,
  left: scan(FIELDS),
  right: scan(FIELDS),
  keys: [{ left: columnExpr(0, STRING), right: columnExpr(0, STRING) }],
  residual: null,
  match: { kind: 'window', window, emit: 'changes' },
  leftTime: null,
  rightTime: null,
  graceMs: 0,
  fields: [...FIELDS, ...FIELDS],
  changes: 'append',
  ...options,
});

interface Options {
  readonly chunk?: number;
  readonly delayMs?: number;
  readonly restoreAfter?: (n: number) => boolean;
}

const run = (node: JoinNode, rows: readonly InputRow[], options: Options = {}) =>
  runOperator({ make: (context, env) => makeJoin(node, context, env), fields: [FIELDS, FIELDS], rows, perRow: true, ...options });
const row = (port: 0 | 1, k: Scalar, v: Scalar, time: number): InputRow => ({ port, values: [k, v], time });

const startsOf = (window: Exclude<PlanWindow, { kind: 'session' }>, time: number): number[] => {
  const advance = window.kind === 'sliding' ? window.advanceMs : window.sizeMs;
  const starts: number[] = [];
  for (let start = Math.floor(time / advance) * advance; start > time - window.sizeMs; start -= advance) starts.push(start);
  return starts;
};

/** Every row with the list of its windows; a pair matches in a window that both are in and that is open. */
function oracle(node: JoinNode, window: Exclude<PlanWindow, { kind: 'session' }>, rows: readonly InputRow[], delayMs: number): string[] {
  const out: string[] = [];
  const isOuter = [node.join === 'left' || node.join === 'full', node.join === 'right' || node.join === 'full'];
  const kept: { port: number; row: InputRow; starts: number[]; due: number; matched: boolean; gone: boolean; at: number }[] = [];
  const marks = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const release = (w: number) => {
    for (const k of kept.filter((k) => !k.gone && k.due <= w).sort((a, b) => a.due - b.due || a.port - b.port || a.at - b.at)) {
      k.gone = true;
      const values = k.port === 0 ? [...k.row.values, null, null] : [null, null, ...k.row.values];
      if (isOuter[k.port] && !k.matched) out.push(`+ ${values.join(' ')}`);
    }
  };
  for (const [at, r] of rows.entries()) {
    const port = r.port ?? 0;
    const w = Math.min(marks[0]!, marks[1]!);
    const starts = startsOf(window, r.time as number).filter((start) => start + window.sizeMs + node.graceMs > w);
    let matched = false;
    for (const k of kept) {
      if (k.port === port || k.gone || r.values[0] === null || r.values[0] !== k.row.values[0]) continue;
      if (!k.starts.some((start) => starts.includes(start))) continue;
      matched = true;
      k.matched = true;
      out.push(`+ ${(port === 0 ? [...r.values, ...k.row.values] : [...k.row.values, ...r.values]).join(' ')}`);
    }
    if (starts.length > 0)
      kept.push({ port, row: r, starts, due: Math.max(...starts) + window.sizeMs + node.graceMs, matched, gone: false, at });
    marks[port] = Math.max(marks[port]!, (r.time as number) - delayMs);
    release(Math.min(marks[0]!, marks[1]!));
  }
  release(Number.POSITIVE_INFINITY);
  return out;
}

const inputRows = fc
  .array(
    fc.record({
      port: fc.constantFrom(0 as const, 1 as const),
      k: fc.constantFrom('a', 'b', null),
      step: fc.integer({ min: -12, max: 10 }),
    }),
    { maxLength: 50 },
  )
  .map((steps) => {
    let now = 40;
    return steps.map(({ port, k, step }, i) => {
      now += Math.max(0, step);
      return row(port, k, i, now + Math.min(0, step));
    });
  });
const kinds = fc.constantFrom<JoinKind>('inner', 'left', 'right', 'full');
const windows = fc.oneof(
  fc.integer({ min: 1, max: 20 }).map((sizeMs) => ({ kind: 'tumbling' as const, sizeMs })),
  fc
    .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 4 }))
    .map(([advanceMs, n]) => ({ kind: 'sliding' as const, sizeMs: advanceMs * n + (n > 2 ? 1 : 0), advanceMs })),
);

describe('join in tumbling and sliding windows', () => {
  test('rows match within one window alone', () => {
    const node = nodeOf('full', { kind: 'tumbling', sizeMs: 10 });
    const { rows } = run(node, [row(0, 'a', 1, 9), row(1, 'a', 2, 10), row(0, 'a', 3, 19), row(1, 'a', 4, 31), row(0, 'a', 5, 31)]);
    expect(signed(rows)).toEqual(['+ a 3 a 2', '+ a 1  ', '+ a 5 a 4']);
  });

  test('agrees with a nested loop over windows', () => {
    fc.assert(
      fc.property(inputRows, kinds, windows, fc.nat(8), fc.nat(3), (rows, join, window, delayMs, graceMs) => {
        const node = nodeOf(join, window, { graceMs });
        expect(signed(run(node, rows, { delayMs }).rows)).toEqual(oracle(node, window, rows, delayMs));
      }),
      { numRuns: 300 },
    );
  });

  test('neither batches nor restores change the output', () => {
    fc.assert(
      fc.property(inputRows, kinds, windows, fc.nat(8), (rows, join, window, delayMs) => {
        const node = nodeOf(join, window);
        const expected = run(node, rows, { delayMs }).rows;
        expect(run(node, rows, { delayMs, chunk: 9 }).rows).toEqual(expected);
        expect(run(node, rows, { delayMs, restoreAfter: () => true }).rows).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });
});

/** Sessions by looking at all rows of a key that were accepted so far. */
function sessionOracle(node: JoinNode, gapMs: number, rows: readonly InputRow[], delayMs: number): string[] {
  const out: string[] = [];
  const isOuter = [node.join === 'left' || node.join === 'full', node.join === 'right' || node.join === 'full'];
  type Kept = { port: number; row: InputRow; matched: Set<Kept>; at: number };
  let sessions: { key: Scalar; rows: Kept[]; at: number }[] = [];
  const marks = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const timeOf = (k: Kept) => k.row.time as number;
  const lastOf = (s: { rows: Kept[] }) => Math.max(...s.rows.map(timeOf));
  const release = (w: number) => {
    const closing = sessions.filter((s) => lastOf(s) + gapMs + node.graceMs < w).sort((a, b) => lastOf(a) - lastOf(b) || a.at - b.at);
    for (const s of closing) {
      for (const port of [0, 1]) {
        for (const k of s.rows.filter((k) => k.port === port)) {
          const values = port === 0 ? [...k.row.values, null, null] : [null, null, ...k.row.values];
          if (isOuter[port] && k.matched.size === 0) out.push(`+ ${values.join(' ')}`);
        }
      }
    }
    sessions = sessions.filter((s) => !closing.includes(s));
  };
  for (const [at, r] of rows.entries()) {
    const port = r.port ?? 0;
    const time = r.time as number;
    const w = Math.min(marks[0]!, marks[1]!);
    const touched = sessions.filter(
      (s) => s.key !== null && s.key === r.values[0] && time <= lastOf(s) + gapMs && time >= Math.min(...s.rows.map(timeOf)) - gapMs,
    );
    if (touched.length > 0 || w <= time + gapMs + node.graceMs) {
      const own: Kept = { port, row: r, matched: new Set(), at };
      const first = touched.length === 0 ? at : Math.min(...touched.map((s) => s.at));
      const oldest = touched.find((s) => s.at === first);
      const rest = touched.filter((s) => s !== oldest);
      const merged = {
        key: r.values[0] as Scalar,
        rows: [
          ...(oldest?.rows ?? []),
          ...rest.sort((a, b) => Math.min(...a.rows.map(timeOf)) - Math.min(...b.rows.map(timeOf))).flatMap((s) => s.rows),
          own,
        ],
        at: first,
      };
      if (isOuter[port] || r.values[0] !== null) sessions = [...sessions.filter((s) => !touched.includes(s)), merged];
      for (const left of merged.rows.filter((k) => k.port === 0)) {
        for (const right of merged.rows.filter((k) => k.port === 1)) {
          if (left.matched.has(right)) continue;
          if (node.residual !== null && !((left.row.values[1] as number) <= (right.row.values[1] as number))) continue;
          left.matched.add(right);
          right.matched.add(left);
          out.push(`+ ${[...left.row.values, ...right.row.values].join(' ')}`);
        }
      }
    }
    marks[port] = Math.max(marks[port]!, time - delayMs);
    release(Math.min(marks[0]!, marks[1]!));
  }
  release(Number.POSITIVE_INFINITY);
  return out;
}

describe('join in session windows', () => {
  const gap = fc.integer({ min: 1, max: 10 });

  test('a row that brings two sessions together also joins their rows', () => {
    const node = nodeOf('full', { kind: 'session', gapMs: 5 });
    const { rows } = run(node, [row(0, 'a', 1, 0), row(1, 'a', 2, 8), row(0, 'a', 3, 4), row(0, 'b', 4, 4)], { delayMs: 20 });
    expect(signed(rows)).toEqual(['+ a 3 a 2', '+ a 1 a 2', '+ b 4  ']);
  });

  test('agrees with sessions made of full lists, pair for pair', () => {
    fc.assert(
      fc.property(inputRows, kinds, gap, fc.nat(8), fc.boolean(), (rows, join, gapMs, delayMs, hasResidual) => {
        const residual = hasResidual ? compare('<=', columnExpr(1), columnExpr(3)) : null;
        const node = nodeOf(join, { kind: 'session', gapMs }, { residual });
        // The order of the pairs of one row is the operator's own.
        expect(signed(run(node, rows, { delayMs }).rows).sort()).toEqual(sessionOracle(node, gapMs, rows, delayMs).sort());
      }),
      { numRuns: 300 },
    );
  });

  test('neither batches nor restores change the output', () => {
    fc.assert(
      fc.property(inputRows, kinds, gap, fc.nat(8), (rows, join, gapMs, delayMs) => {
        const node = nodeOf(join, { kind: 'session', gapMs });
        const expected = run(node, rows, { delayMs }).rows;
        expect(run(node, rows, { delayMs, chunk: 9 }).rows).toEqual(expected);
        expect(run(node, rows, { delayMs, restoreAfter: () => true }).rows).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });
});

describe('what a session join counts and refuses', () => {
  const node = (options: Partial<JoinNode> = {}) => nodeOf('inner', { kind: 'session', gapMs: 5 }, options);

  test('late rows are dropped, NULL keys filtered, retractions and failing rows reported', () => {
    const failing = [{ left: failsOnZero(columnExpr(1, FLOAT)), right: failsOnZero(columnExpr(1, FLOAT)) }];
    const rows = [
      row(0, 'a', 1, 0),
      row(1, 'a', 1, 50),
      row(0, 'a', 1, 50),
      row(0, 'a', 1, 10),
      { ...row(0, 'a', 1, 50), op: 3 as const },
      row(0, 'a', 0, 50),
    ];
    const { operator, context } = run(node({ keys: failing }), rows);
    expect(operator.metrics).toMatchObject({ rowsIn: 6, rowsOut: 1, rowsLate: 1, rowErrors: 2 });
    expect(context.errors.map((e) => e.error.reason)).toEqual(['unexpected-retraction', 'division-by-zero']);
    expect(run(node(), [row(0, null, 1, 0)]).operator.metrics).toMatchObject({ rowsFiltered: 1, stateEntries: 0 });
  });

  test('a failing residual leaves no trace of its row', () => {
    const residual = compare('>', failsOnZero(columnExpr(3, FLOAT)), columnExpr(1, FLOAT));
    const outer = nodeOf('full', { kind: 'session', gapMs: 5 }, { residual });
    const { rows, context } = run(outer, [row(0, 'a', -1, 0), row(1, 'a', 0, 1), row(1, 'a', 2, 2)]);
    expect(signed(rows)).toEqual(['+ a -1 a 2']);
    expect(context.errors).toHaveLength(1);
  });

  test('too many rows or pairs end in a coded error', () => {
    for (const limit of ['maxJoinRows', 'maxJoinFanout'] as const) {
      const context = testContext({ limits: { ...DEFAULT_LIMITS, [limit]: 2 } });
      const rows = [row(0, 'a', 1, 0), row(0, 'a', 2, 0), row(0, 'a', 3, 0), row(1, 'a', 3, 0)];
      expect(() => runOperator({ make: (c, env) => makeJoin(node(), c, env), fields: [FIELDS, FIELDS], rows, context })).toThrow(
        expect.objectContaining({ details: expect.objectContaining({ limit }) }),
      );
    }
  });

  test('pairs come in batches of the wanted size', () => {
    const context = testContext({ batchRows: 3 });
    const rows = [...Array.from({ length: 8 }, (_, i) => row(0, 'a', i, 0)), row(1, 'a', 9, 0)];
    expect(runOperator({ make: (c, env) => makeJoin(node(), c, env), fields: [FIELDS, FIELDS], rows, context }).rows).toHaveLength(8);
  });
});
