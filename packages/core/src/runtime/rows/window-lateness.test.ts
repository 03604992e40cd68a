import { describe, expect, test } from 'vitest';
import type { Expr } from '../../sql/bind/expression.ts';
import type { AggregateNode, PlanNode, WindowRowsNode } from '../../sql/plan/plan.ts';
import { windowLateness } from '../../sql/plan/tree/window-lateness.ts';
import { BOOLEAN, INTEGER, STRING, TIMESTAMP } from '../../values/types.ts';
import { followsEventTime } from '../joins/follows-event-time.ts';
import { columnExpr, field, literal, scan } from './operator.fixture.ts';

const FIELDS = [field('k', STRING), field('start', INTEGER), field('end', INTEGER)];
const aggregate: AggregateNode = {
  kind: 'aggregate',
  input: scan([field('k', STRING)]),
  keys: [columnExpr(0, STRING)],
  window: { kind: 'tumbling', sizeMs: 10 },
  aggregates: [],
  emit: 'final',
  allowedLatenessMs: 7,
  late: 'drop',
  maxGroups: null,
  inputChanges: 'append',
  fields: FIELDS,
  changes: 'append',
};
const rows: WindowRowsNode = {
  kind: 'window-rows',
  input: scan([field('k', STRING)]),
  window: { kind: 'tumbling', sizeMs: 10 },
  keys: [],
  emit: 'final',
  allowedLatenessMs: 3,
  late: 'drop',
  fields: FIELDS,
  changes: 'append',
};
const base = { fields: FIELDS, changes: 'append' } as const;
const project = (input: PlanNode, ...indexes: number[]): PlanNode => ({
  ...base,
  kind: 'project',
  input,
  items: indexes.map((i) => (i < 0 ? literal(1) : columnExpr(i))),
  eventTime: null,
});
const over = (input: PlanNode): PlanNode => ({ ...base, kind: 'over', input, calls: [], fields: [...FIELDS, field('o')] });

describe('lateness of a window-end column', () => {
  test('is found through what only passes rows on', () => {
    const filtered: PlanNode = { ...base, kind: 'filter', input: aggregate, predicate: literal(true, BOOLEAN), clause: 'having' };
    expect(windowLateness(filtered, 2)).toBe(7);
    expect(windowLateness(project(filtered, 2, 0, -1), 0)).toBe(7);
    expect(windowLateness(over(aggregate), 2)).toBe(7);
    expect(windowLateness(rows, 2)).toBe(3);
  });

  test('is unknown for any other column, and where windows may be corrected for ever', () => {
    expect(windowLateness(aggregate, 1)).toBeNull();
    expect(windowLateness(rows, 1)).toBeNull();
    expect(windowLateness(over(aggregate), 3)).toBeNull();
    expect(windowLateness(project(aggregate, -1), 0)).toBeNull();
    expect(windowLateness({ ...aggregate, window: null }, 2)).toBeNull();
    expect(windowLateness({ ...aggregate, late: 'update-previous' }, 2)).toBeNull();
    expect(windowLateness(scan(FIELDS), 2)).toBeNull();
  });
});

describe('whether an expression is the event time', () => {
  const timed = (time: Expr | null): PlanNode => ({
    ...base,
    kind: 'watermark',
    input: scan(FIELDS),
    time,
    delayMs: 0,
    maxFutureMs: null,
    idleTimeoutMs: null,
    perRow: false,
  });
  const at = (index: number) => columnExpr(index, TIMESTAMP);

  test('the column that sets it is, through filters, projections, OVER and casts', () => {
    const node = timed(at(1));
    expect(followsEventTime(node, at(1))).toBe(true);
    expect(followsEventTime(project(node, 0, 1), at(1))).toBe(true);
    expect(followsEventTime({ ...base, kind: 'filter', input: node, predicate: literal(true, BOOLEAN), clause: 'where' }, at(1))).toBe(
      true,
    );
    expect(followsEventTime(over(node), at(1))).toBe(true);
    expect(followsEventTime(node, { kind: 'system', name: '_EVENT_TIME', type: TIMESTAMP })).toBe(true);
    expect(followsEventTime(node, { kind: 'cast', arg: columnExpr(1, INTEGER), safe: false, type: TIMESTAMP })).toBe(true);
  });

  test('nothing else is', () => {
    const node = timed(at(1));
    expect(followsEventTime(node, at(0))).toBe(false);
    expect(followsEventTime(node, literal(1))).toBe(false);
    expect(followsEventTime(timed(null), at(1))).toBe(false);
    expect(followsEventTime(over(node), at(3))).toBe(false);
    expect(followsEventTime(project(node, -1), at(0))).toBe(false);
    expect(followsEventTime(project(node), at(0))).toBe(false);
    expect(followsEventTime(node, { kind: 'cast', arg: columnExpr(1, STRING), safe: false, type: TIMESTAMP })).toBe(false);
  });
});
