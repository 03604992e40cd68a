import { describe, expect, test } from 'vitest';
import { INTEGER, STRING } from '../../../values/types.ts';
import { compare, count, field, literal, RANDOM, sum } from '../bound.fixture.ts';
import { explainNode } from '../explain-plan.ts';
import {
  aggregate,
  col,
  distinct,
  filter,
  join,
  limit,
  plus,
  project,
  scan,
  sort,
  TUMBLING,
  tableJoin,
  topN,
  union,
  watermark,
} from '../node.fixture.ts';
import type { OverNode, PlanNode } from '../plan.ts';
import { mapPlan } from '../tree/plan-tree.ts';
import { narrowColumns } from './narrow-columns.ts';

const narrow = (root: PlanNode): PlanNode => narrowColumns.rewrite(root, { above: 'none' });
const lines = (root: PlanNode): string[] =>
  explainNode(narrow(root))
    .split('\n')
    .map((line) => line.trim());
const RATES = [field('symbol', STRING), field('rate', INTEGER), field('note', STRING)];

/** Columns are numbered rightly when each still has the name it is numbered by. */
function expectSound(root: PlanNode): void {
  mapPlan(narrow(root), (node) => {
    if ('input' in node)
      for (const e of node.kind === 'project' ? node.items : [])
        if (e.kind === 'column') expect(node.input.fields[e.index]?.name).toBe(e.name);
    return node;
  });
}

describe('narrow-columns', () => {
  test('a source is read for what is used above it: items, conditions, event time', () => {
    const root = project(filter(watermark(scan()), compare(col(1), '>', literal(0))), [col(0)]);
    expect(lines(root).at(-1)).toBe('Source  relation=trades columns=[symbol, qty, ts]');
    expectSound(root);
  });

  test('a plan without anything to spare stays the very same', () => {
    const root = project(scan(), [col(0), col(1), col(2), col(3)]);
    expect(narrow(root)).toBe(root);
  });

  test('COUNT(*) reads no column at all', () => {
    expect(lines(project(aggregate(scan(), [], [count()]), [col(0, [])])).at(-1)).toBe('Source  relation=trades columns=[]');
  });

  test('unused items and aggregates are not computed; keys and window bounds stay', () => {
    const grouped = aggregate(project(scan(), [col(0), plus(col(1), literal(1)), col(2)]), [col(0)], [sum(col(1)), count()], {
      window: TUMBLING,
    });
    const root = project(grouped, [{ kind: 'column', index: 4, name: 'a1', type: INTEGER }]);
    expect(lines(root)).toEqual([
      'Project  items=[a1]',
      'WindowAggregate  tumbling=10s keys=[symbol] aggregates=[count(*)] emit=changes',
      'Project  items=[symbol]',
      'Source  relation=trades columns=[symbol]',
    ]);
    expectSound(root);
  });

  test('an item that draws random numbers is drawn, used or not', () => {
    const random = { kind: 'call' as const, fn: RANDOM, args: [], type: INTEGER };
    expect(lines(project(project(scan(), [random, col(0)]), [{ kind: 'column', index: 1, name: 'symbol', type: STRING }]))[1]).toBe(
      'Project  items=[p0=random(), symbol]',
    );
  });

  test('both sides of a join are narrowed, keys and conditions kept', () => {
    const joined = join(scan(), scan(RATES, 'rates'), {
      keys: [{ left: col(0), right: col(0, RATES) }],
      residual: compare(col(1), '<', { kind: 'column', index: 5, name: 'rate', type: INTEGER }),
    });
    const root = project(joined, [col(2)]);
    expect(lines(root).slice(1)).toEqual([
      'Join  type=inner on=[symbol = symbol] where=qty < rate within=[-1s, 1s]',
      'Source  relation=trades columns=[symbol, qty, price]',
      'Source  relation=rates columns=[symbol, rate]',
    ]);
    expectSound(root);
  });

  test('a table is looked up for what is used of it', () => {
    const joined = tableJoin(scan(), RATES, { keys: [{ left: col(0), right: col(0, RATES) }] });
    const root = project(joined, [{ kind: 'column', index: 5, name: 'rate', type: INTEGER }]);
    expect(lines(root).slice(1)).toEqual([
      'TableJoin  type=inner table=rates columns=[symbol, rate] on=[symbol = symbol]',
      'Source  relation=trades columns=[symbol]',
    ]);
    expectSound(root);
  });

  test('a temporal join keeps the time it looks back from', () => {
    const temporal: PlanNode = {
      kind: 'temporal-join',
      join: 'left',
      left: scan(),
      right: scan(RATES, 'rates'),
      keys: [{ left: col(0), right: col(0, RATES) }],
      residual: null,
      asOf: col(3),
      fields: [...scan().fields, ...RATES],
      changes: 'append',
    };
    expect(lines(project(temporal, [col(1)])).slice(1)).toEqual([
      'TemporalJoin  type=left on=[symbol = symbol] as-of=ts',
      'Source  relation=trades columns=[symbol, qty, ts]',
      'Source  relation=rates columns=[symbol]',
    ]);
  });

  test('DISTINCT goes by complete rows, so it keeps them', () => {
    const root = project(distinct(scan()), [col(0)]);
    expect(narrow(root)).toBe(root);
  });

  test('sorts and top lists keep what they sort by', () => {
    expect(lines(project(sort(scan(), col(2)), [col(0)])).at(-1)).toBe('Source  relation=trades columns=[symbol, price]');
    expect(lines(project(sort(scan(), col(2), { scope: 'window', windowEnd: 3 }), [col(0)])).at(-1)).toContain('[symbol, price, ts]');
    expect(lines(project(topN(scan(), col(2), [3]), [col(0)])).at(-1)).toContain('[symbol, price, ts]');
    expect(lines(project(limit(scan(), 1), [col(0)])).at(-1)).toContain('[symbol]');
  });

  test('arms of a union keep the same columns', () => {
    const root = project(union(filter(scan(), compare(col(1), '>', literal(0))), scan()), [col(0)]);
    expect(lines(root)).toEqual([
      'Project  items=[symbol]',
      'Union',
      'Project  items=[symbol]',
      'Filter  where=qty > 0',
      'Source  relation=trades columns=[symbol, qty]',
      'Source  relation=trades columns=[symbol]',
    ]);
  });

  test('an unused OVER call goes, unless it holds rows back', () => {
    const call = (emit: 'every-record' | 'on-buffer-full'): OverNode['calls'][number] => ({
      ...sum(col(1)),
      fn: sum(col(1)).fn,
      partitionBy: [],
      orderBy: [],
      bufferRows: 5,
      frame: { unit: 'rows', start: -4, end: 0 },
      emit,
      expireAfterMs: null,
    });
    const over = (emit: 'every-record' | 'on-buffer-full'): PlanNode => {
      const input = scan();
      return { kind: 'over', input, calls: [call(emit)], fields: [...input.fields, field('o', INTEGER)], changes: 'append' };
    };
    expect(lines(project(over('every-record'), [col(0)])).join()).not.toContain('Over');
    expect(lines(project(over('on-buffer-full'), [col(0)]))[1]).toContain('Over');
    expect(lines(project(over('on-buffer-full'), [col(0)]))[2]).toContain('[symbol, qty]');
  });

  test('constant rows lose unused columns', () => {
    const values: PlanNode = { kind: 'values', rows: [['a', 1]], fields: RATES.slice(0, 2), changes: 'append' };
    expect(narrow(project(values, [{ kind: 'column', index: 1, name: 'rate', type: INTEGER }]))).toMatchObject({
      input: { rows: [[1]] },
      items: [{ index: 0 }],
    });
  });
});
