import { describe, expect, test } from 'vitest';
import { INTEGER } from '../../values/types.ts';
import { column, compare, count, derived, find, from, group, literal, select, spine, sum, TIME, tumbling } from './bound.fixture.ts';
import type { QueryPlan } from './plan.ts';
import { planQuery } from './plan-query.ts';

const plan = (...args: Parameters<typeof planQuery>): QueryPlan => {
  const { plan: made, problems } = planQuery(...args);
  expect(problems.filter((p) => p.severity === 'error')).toEqual([]);
  return made as QueryPlan;
};
const key = (index: number) => column(index, []);
const bySymbol = { keys: [column(0)], aggregates: [sum(column(1))] };

describe('plan of a row-wise query', () => {
  test('filters and projects above the watermark of its source', () => {
    const p = plan(select({ items: [column(0)], where: compare(column(1), '>', literal(5)) }));
    expect(spine(p.root)).toEqual(['project', 'filter', 'watermark', 'scan']);
    expect(find(p.root, 'watermark')).toMatchObject({ delayMs: 5000, perRow: false, time: { name: 'ts' } });
    expect(p).toMatchObject({ visible: 1, key: null, window: null, messageKey: [] });
  });

  test('without FROM gives one row', () => {
    const p = plan(select({ from: null, items: [literal(1)] }));
    expect(find(p.root, 'values').rows).toEqual([[]]);
  });
});

describe('emission', () => {
  test('a windowed aggregate without EMIT comes out when its window closes', () => {
    const p = plan(select({ group: group({ ...bySymbol, window: tumbling(10_000) }), items: [key(0), key(3)] }));
    expect(find(p.root, 'aggregate')).toMatchObject({ emit: 'final', changes: 'append', window: { kind: 'tumbling', sizeMs: 10_000 } });
    expect(p).toMatchObject({ visible: 2, key: null, window: [2, 3] });
  });

  test('groups without a window emit their changes and are keyed by their group', () => {
    const p = plan(select({ group: group(bySymbol), items: [key(1)] }));
    expect(find(p.root, 'aggregate')).toMatchObject({ emit: 'changes', changes: 'upsert' });
    expect(p).toMatchObject({ visible: 1, key: [1] });
    expect(p.root.fields).toHaveLength(2);
  });

  test('HAVING over changing groups needs the old row beside the new one', () => {
    const p = plan(select({ group: group(bySymbol), having: compare(key(1), '>', literal(1)), items: [key(0), key(1)] }));
    expect(find(p.root, 'aggregate').changes).toBe('retract');
    expect(find(p.root, 'filter')).toMatchObject({ changes: 'retract', clause: 'having' });
  });

  test('allowed lateness makes a final window correct itself', () => {
    const time = { ...TIME, allowedLatenessMs: 1000 };
    const p = plan(select({ time, group: group({ ...bySymbol, window: tumbling(10_000) }), items: [key(0), key(3)] }));
    expect(p.root.changes).toBe('upsert');
    expect(p.key).toEqual([0, 2, 3]);
  });

  test('an aggregate over a changing sub-query takes retractions', () => {
    const inner = select({ group: group(bySymbol), items: [key(0), key(1)] });
    const p = plan(select({ from: derived(inner), group: group({ aggregates: [count()] }), items: [column(0, [])] }));
    expect(find(p.root, 'aggregate')).toMatchObject({ inputChanges: 'retract', changes: 'upsert' });
    expect(p.key).toEqual([]);
  });
});

describe('order and limit', () => {
  const orderBy = [{ expr: key(3), descending: true, nullsFirst: false }];
  const windowed = { group: group({ ...bySymbol, window: tumbling(10_000) }), items: [key(0)], orderBy, limit: { count: 3, offset: 0 } };

  test('sort each window by itself, over hidden columns', () => {
    const p = plan(select(windowed));
    expect(find(p.root, 'sort')).toMatchObject({ scope: 'window', windowEnd: 2, limit: { count: 3 }, keys: [{ expr: { index: 3 } }] });
    expect(p.visible).toBe(1);
  });

  test('with EMIT CHANGES keep a top list per window', () => {
    const p = plan(select({ ...windowed, emit: 'changes' }));
    expect(find(p.root, 'top-n')).toMatchObject({ count: 3, partitionBy: [2], input: { changes: 'retract' } });
  });

  test('without a window sort once at the end, over the last rows of the groups', () => {
    const p = plan(select({ group: group(bySymbol), items: [key(0), key(1)], orderBy: [{ ...orderBy[0]!, expr: key(1) }] }));
    expect(find(p.root, 'sort')).toMatchObject({ scope: 'end', windowEnd: null });
    expect(find(p.root, 'aggregate').emit).toBe('final');
    expect(p.key).toBeNull();
  });

  test('over an unbounded stream do nothing but warn', () => {
    const q = select({ items: [column(0)], orderBy: [{ ...orderBy[0]!, expr: column(0) }] });
    const { plan: p, problems } = planQuery(q, { isBounded: () => false });
    expect(problems.map((x) => x.code)).toEqual(['VS3004']);
    expect(spine(p!.root)).not.toContain('sort');
  });

  test('LIMIT alone ends the query after its rows', () => {
    const p = plan(select({ items: [column(0)], limit: { count: 2, offset: 1 } }));
    expect(p.root).toMatchObject({ kind: 'limit', scope: 'query', count: 2, offset: 1 });
  });
});

describe('event time', () => {
  const windowOn = (time: ReturnType<typeof column>) => ({
    group: group({ window: tumbling(1000, time), aggregates: [count()] }),
    items: [key(2)],
  });

  test('the time of a window becomes the time of its source, without delay', () => {
    const p = plan(
      select({ ...windowOn(column(3)), from: from({ eventTime: null, watermarkDelayMs: 0 }), where: compare(column(1), '>', literal(1)) }),
    );
    expect(spine(p.root)).toEqual(['project', 'aggregate', 'filter', 'watermark', 'scan']);
    expect(find(p.root, 'watermark')).toMatchObject({ time: { name: 'ts' }, delayMs: 0 });
  });

  test('a window on another column than the declared one warns and wins', () => {
    const { plan: p, problems } = planQuery(select(windowOn(column(1))));
    expect(problems).toMatchObject([{ code: 'VS3001', severity: 'warning', span: { start: 3, end: 9 } }]);
    expect(find(p!.root, 'watermark').time).toMatchObject({ name: 'qty' });
  });

  test('a window over a computed column of an aggregate gets a watermark of its own', () => {
    const inner = select({ group: group({ ...bySymbol, window: tumbling(1000) }), items: [key(2), key(3)] });
    const q = select({
      from: derived(inner),
      group: group({ window: tumbling(5000, { kind: 'column', index: 0, name: 'i0', type: INTEGER }), aggregates: [count()] }),
      items: [key(2)],
    });
    expect(spine(plan(q).root)).toEqual(['project', 'aggregate', 'watermark', 'project', 'aggregate', 'watermark', 'scan']);
  });

  test('the output of another statement brings its watermark along', () => {
    const q = select({ ...windowOn(column(3)), from: from({ origin: 'statement' }) });
    expect(spine(plan(q).root)).toEqual(['project', 'aggregate', 'scan']);
  });
});
