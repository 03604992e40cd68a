import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SortKey } from '../../sql/bind/expression.ts';
import type { AggregateNode, TopNNode } from '../../sql/plan/plan.ts';
import { Op } from '../../values/record-batch.ts';
import { FLOAT, INTEGER, type Scalar, STRING } from '../../values/types.ts';
import { testContext } from '../compile/env.fixture.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import {
  batchOf,
  columnExpr,
  failsOnZero,
  field,
  type InputRow,
  type OutputRow,
  runOperator,
  scan,
  signed,
} from '../rows/operator.fixture.ts';
import { rowOrder } from '../rows/sort-order.ts';
import { makeTopN } from './top-n.ts';

const FIELDS = [field('p', STRING), field('score', FLOAT), field('id')];
const key = (descending: boolean, nullsFirst = false): SortKey => ({ expr: columnExpr(1, FLOAT), descending, nullsFirst });

const nodeOf = (options: Partial<TopNNode> = {}): TopNNode => ({
  kind: 'top-n',
  input: scan(FIELDS, options.input?.changes === 'retract' ? 'retract' : 'append'),
  keys: [key(true)],
  count: 2,
  offset: 0,
  partitionBy: [0],
  fields: FIELDS,
  changes: 'retract',
  ...options,
});

const run = (node: TopNNode, rows: readonly InputRow[], options: { chunk?: number; restoreAfter?: (n: number) => boolean } = {}) =>
  runOperator({ make: (context, env) => makeTopN(node, context, env), fields: [FIELDS], rows, ...options });
const row = (p: Scalar, score: Scalar, id: number, op?: 0 | 1 | 2 | 3): InputRow => ({
  values: [p, score, id],
  ...(op === undefined ? {} : { op }),
});

/** What stands after all changes: rows as a multiset. */
function standing(rows: readonly OutputRow[]): string[] {
  const count = new Map<string, number>();
  for (const { op, values } of rows) {
    const text = values.join(' ');
    const n = (count.get(text) ?? 0) + (op === Op.delete ? -1 : 1);
    expect(n, `"${text}" never stands less than no time`).toBeGreaterThanOrEqual(0);
    count.set(text, n);
  }
  return [...count].flatMap(([text, n]) => new Array<string>(n).fill(text)).sort();
}

function oracle(node: TopNNode, rows: readonly InputRow[]): string[] {
  const held: { values: readonly Scalar[]; at: number }[] = [];
  const same = (a: readonly Scalar[], b: readonly Scalar[]) => a.every((v, i) => Object.is(v, b[i]));
  for (const [at, { values, op }] of rows.entries()) {
    if (op === Op.delete || op === Op.updateBefore) {
      const found = held.findLastIndex((h) => same(h.values, values));
      if (found >= 0) held.splice(found, 1);
    } else held.push({ values, at });
  }
  const order = rowOrder(node.keys);
  const out: string[] = [];
  for (const p of new Set(held.map((h) => h.values[0]))) {
    const ranked = held.filter((h) => h.values[0] === p).sort((a, b) => order([a.values[1]!], [b.values[1]!]) || a.at - b.at);
    out.push(...ranked.slice(node.offset, node.offset + node.count).map((h) => h.values.join(' ')));
  }
  return out.sort();
}

const score = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 6 }) },
  fc.constant(null),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY),
);
const appends = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', null), score), { maxLength: 40 })
  .map((rows) => rows.map(([p, s], i) => row(p, s, i)));
/** Inserts, deletions and updates of rows that stand. */
const changes = fc.array(fc.tuple(fc.constantFrom('a', 'b'), score, fc.nat(5), fc.nat(50)), { maxLength: 40 }).map((steps) => {
  const held: InputRow[] = [];
  return steps.flatMap(([p, s, what, pick], i): InputRow[] => {
    const at = pick % Math.max(1, held.length);
    if (what >= 4 && held.length > 0) {
      const [gone] = held.splice(at, 1);
      return [{ ...gone!, op: Op.delete }];
    }
    if (what >= 2 && held.length > 0) {
      const before = held[at]!;
      const after = row(before.values[0]!, s, i);
      held[at] = after;
      return [
        { ...before, op: Op.updateBefore },
        { ...after, op: Op.updateAfter },
      ];
    }
    held.push(row(p, s, i));
    return [row(p, s, i)];
  });
});
const shapes = fc.record({ count: fc.nat(3), offset: fc.nat(2), keys: fc.boolean().chain((d) => fc.boolean().map((n) => [key(d, n)])) });

describe('top-n', () => {
  test('the row that leaves is deleted before the one that enters is inserted', () => {
    expect(signed(run(nodeOf(), [row('a', 1, 1), row('a', 2, 2), row('a', 1, 3), row('a', 3, 4), row('b', 0, 5)]).rows)).toEqual([
      '+ a 1 1',
      '+ a 2 2',
      '- a 1 1',
      '+ a 3 4',
      '+ b 0 5',
    ]);
  });

  test('an update of a row in view is one change', () => {
    const rows = [
      row('a', 5, 1),
      row('a', 4, 2),
      row('a', 3, 3),
      row('a', 5, 1, 1),
      row('a', 6, 1, 2),
      row('a', 6, 1, 1),
      row('a', 1, 1, 2),
    ];
    const node = nodeOf({ input: scan(FIELDS, 'retract') });
    expect(signed(run(node, rows, { chunk: 10 }).rows)).toEqual(['+ a 5 1', '+ a 4 2', '- a 5 1', '+ a 6 1', '- a 6 1', '+ a 3 3']);
  });

  test('of inserts, what stands is the sorted beginning of each partition', () => {
    fc.assert(
      fc.property(appends, shapes, (rows, shape) => {
        const node = nodeOf(shape);
        expect(standing(run(node, rows).rows)).toEqual(oracle(node, rows));
      }),
      { numRuns: 300 },
    );
  });

  test('of changes, what stands is the sorted beginning of each partition', () => {
    fc.assert(
      fc.property(changes, shapes, (rows, shape) => {
        const node = nodeOf({ ...shape, input: scan(FIELDS, 'retract') });
        expect(standing(run(node, rows, { chunk: 100 }).rows)).toEqual(oracle(node, rows));
        expect(standing(run(node, rows).rows)).toEqual(oracle(node, rows));
      }),
      { numRuns: 300 },
    );
  });

  test('neither batches nor restores change the output', () => {
    fc.assert(
      fc.property(appends, shapes, (rows, shape) => {
        const node = nodeOf(shape);
        const expected = run(node, rows).rows;
        expect(run(node, rows, { chunk: 8 }).rows).toEqual(expected);
        expect(run(node, rows, { restoreAfter: () => true }).rows).toEqual(expected);
      }),
      { numRuns: 150 },
    );
    fc.assert(
      fc.property(changes, (rows) => {
        const node = nodeOf({ input: scan(FIELDS, 'retract') });
        expect(run(node, rows, { restoreAfter: () => true }).rows).toEqual(run(node, rows).rows);
      }),
      { numRuns: 100 },
    );
  });

  test('a row whose sort key fails is reported and skipped', () => {
    const node = nodeOf({ keys: [{ expr: failsOnZero(columnExpr(1, FLOAT)), descending: false, nullsFirst: false }] });
    const { rows, context, operator } = run(node, [row('a', 0, 1), row('a', 2, 2)]);
    expect(signed(rows)).toEqual(['+ a 2 2']);
    expect(context.errors).toHaveLength(1);
    expect(operator.metrics).toMatchObject({ rowsIn: 2, rowsOut: 1, rowErrors: 1 });
  });

  test('rankings of closed windows are freed', () => {
    const fields = [field('k', STRING), field('start', INTEGER), field('end', INTEGER)];
    const windows: AggregateNode = {
      kind: 'aggregate',
      input: scan([field('k', STRING)]),
      keys: [columnExpr(0, STRING)],
      window: { kind: 'tumbling', sizeMs: 10 },
      aggregates: [],
      emit: 'changes',
      allowedLatenessMs: 10,
      late: 'drop',
      maxGroups: null,
      inputChanges: 'append',
      fields,
      changes: 'retract',
    };
    const byKey: SortKey = { expr: columnExpr(0, STRING), descending: false, nullsFirst: true };
    for (const changes of ['append', 'retract'] as const) {
      const node = nodeOf({ input: { ...windows, changes }, keys: [byKey], partitionBy: [2], fields });
      const rows = Array.from({ length: 40 }, (_, i) => ({
        values: [`k${i % 4}`, Math.floor(i / 4) * 10, Math.floor(i / 4) * 10 + 10],
        time: Math.floor(i / 4) * 10 + 10,
      }));
      const { operator } = runOperator({
        make: (c, env) => makeTopN(node, c, env),
        fields: [fields],
        rows,
        end: false,
        restoreAfter: (n) => n === 20,
      });
      expect(operator.metrics.stateEntries).toBe(changes === 'append' ? 2 : 4);
    }
  });

  test('more changes than a batch holds come in several', () => {
    const rows = Array.from({ length: 300 }, (_, i) => row('a', i, i));
    const context = testContext({ batchRows: 100 });
    const sizes: number[] = [];
    const operator = makeTopN(nodeOf({ count: 200, partitionBy: [] }), context, { context, subquery: () => () => null });
    const batch = batchOf(
      FIELDS,
      rows,
      Float64Array.from(rows, (_, i) => i),
    );
    operator.process(0, batch, 0, 300, { batch: (b) => void sizes.push(b.length, b.watermarks?.[0] ?? -1), watermark: () => undefined });
    expect(sizes.filter((_, i) => i % 2 === 0).every((n) => n <= 100)).toBe(true);
    expect(sizes[1]).toBe(0);
    expect(operator.metrics.rowsOut).toBe(400);
  });

  test('more rows than allowed end in a coded error', () => {
    const context = testContext({ limits: { ...DEFAULT_LIMITS, maxGroups: 2 } });
    const rows = [row('a', 1, 1), row('b', 2, 2), row('c', 3, 3)];
    expect(() => runOperator({ make: (c, env) => makeTopN(nodeOf(), c, env), fields: [FIELDS], rows, context })).toThrow(
      expect.objectContaining({ reason: 'limit-exceeded', details: { limit: 'maxGroups', allowed: 2, observed: 3 } }),
    );
  });
});
