import { describe, expect, test } from 'vitest';
import { column, compare, derived, group, literal, select, sum, tumbling } from './bound.fixture.ts';
import { explainPlan } from './explain-plan.ts';
import type { QueryPlan } from './plan.ts';
import { planQuery } from './plan-query.ts';
import { planToJson } from './plan-to-json.ts';

const windowed = select({
  where: compare(column(1), '>', literal(0)),
  group: group({ keys: [column(0)], window: tumbling(10_000), aggregates: [sum(column(1))] }),
  items: [
    { kind: 'column', index: 0, name: 'symbol', type: column(0).type },
    { kind: 'column', index: 3, name: 'sum(qty)', type: column(1).type },
  ],
});
const plan = (q: Parameters<typeof planQuery>[0]): QueryPlan => planQuery(q).plan as QueryPlan;

describe('explainPlan', () => {
  test('indents each input beneath its reader', () => {
    expect(explainPlan(plan(windowed)).split('\n')).toEqual([
      'Project  items=[i0=symbol, i1=sum(qty), window_start, window_end]',
      '  WindowAggregate  tumbling=10s keys=[symbol] aggregates=[sum(qty)] emit=final',
      '    Filter  where=qty > 0',
      '      Watermark  column=ts delay=5s',
      '        Source  relation=trades columns=[symbol, qty, ts]',
    ]);
  });

  test('tells where rows update', () => {
    const inner = select({ group: group({ keys: [column(0)], aggregates: [sum(column(1))] }), items: [column(1, [])] });
    expect(explainPlan(plan(select({ from: derived(inner), items: [column(0, [])] })))).toContain('emit=changes changes=upsert');
  });
});

describe('planToJson', () => {
  test('gives every node an id, its columns and its details', () => {
    const json = planToJson(plan(windowed));
    expect(json).toMatchObject({ columns: ['i0', 'i1'], key: null, tables: [] });
    expect(json.root.inputs[0]).toMatchObject({
      id: '0.0',
      kind: 'aggregate',
      label: 'WindowAggregate',
      details: { tumbling: '10s', emit: 'final' },
    });
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });
});
