import { describe, expect, test } from 'vitest';
import { FLOAT, INTEGER } from '../../values/types.ts';
import type { BoundFrom } from '../bind/bound.ts';
import {
  column,
  count,
  derived,
  field,
  find,
  from,
  group,
  literal,
  relation,
  SPAN,
  select,
  spine,
  sum,
  TIME,
  tumbling,
} from './bound.fixture.ts';
import { durationText } from './explain/duration-text.ts';
import { explainNode, explainPlan } from './explain-plan.ts';
import type { PlanNode } from './plan.ts';
import { planQuery } from './plan-query.ts';
import { planToJson } from './plan-to-json.ts';
import { lines, planOf } from './sql.fixture.ts';

describe('what binders seldom hand over', () => {
  test('constant rows are values', () => {
    const { plan } = planQuery({ kind: 'values', rows: [[1], [2]], fields: [field('a', INTEGER)] });
    expect(plan).toMatchObject({ visible: 1, key: null, root: { kind: 'values', rows: [[1], [2]] } });
  });

  test('a union of unions', () => {
    const arm = select({ items: [column(0)] });
    const union = { kind: 'union' as const, all: true, arms: [arm, arm], orderBy: [], limit: null, emit: null, fields: arm.fields };
    expect(spine(planQuery({ ...union, arms: [union, arm] }).plan!.root).slice(0, 2)).toEqual(['union', 'union']);
  });

  test('two streams without any bound keep everything, and say so', () => {
    const join: BoundFrom = {
      kind: 'join',
      join: 'cross',
      mode: 'stream-stream',
      left: from(),
      right: from({ name: 'others' }),
      keys: [],
      residual: null,
      bounds: null,
      asOf: null,
      graceMs: 0,
      window: null,
      fields: [...from().fields, ...from().fields],
      span: SPAN,
    };
    const { plan, problems } = planQuery(select({ from: join, items: [column(0)] }));
    expect(problems.map((p) => p.code)).toEqual(['VS3005']);
    expect(find(plan!.root, 'join')).toMatchObject({ join: 'inner', match: { kind: 'unbounded' } });
  });

  test('a temporal join without a time looks back from the event time', () => {
    const join: BoundFrom = {
      kind: 'join',
      join: 'inner',
      mode: 'temporal',
      left: from(),
      right: from({ name: 'versions' }),
      keys: [{ left: column(0), right: column(0) }],
      residual: null,
      bounds: null,
      asOf: null,
      graceMs: 0,
      window: null,
      fields: [...from().fields, ...from().fields],
      span: SPAN,
    };
    expect(find(planQuery(select({ from: join, items: [column(0)] })).plan!.root, 'temporal-join').asOf).toMatchObject({
      kind: 'system',
      name: '_EVENT_TIME',
    });
  });

  test('a window of a time inside a sub-query look-up stays above it', () => {
    const time = { kind: 'coalesce' as const, args: [column(3), column(3)], type: column(3).type };
    const { plan, problems } = planQuery(
      select({ group: group({ window: tumbling(1000, time), aggregates: [count()] }), items: [column(2, [])] }),
    );
    expect(problems[0]?.message).toContain('"a computed time"');
    expect(find(plan!.root, 'watermark').time).toMatchObject({ kind: 'coalesce' });
  });

  test('a source on which nothing is declared takes the delay of its statement', () => {
    const time = { ...TIME, watermarkDelayMs: 7000 };
    const q = select({
      time,
      from: from({ origin: 'statement', eventTime: null }),
      group: group({ window: tumbling(1000), aggregates: [count()] }),
      items: [column(2, [])],
    });
    expect(find(planQuery(q).plan!.root, 'watermark')).toMatchObject({ time: null, delayMs: 7000 });
  });

  test('a table with an event time brings its versions in order', () => {
    const table = relation({ kind: 'table' });
    expect(spine(planQuery(select({ from: { ...from(), relation: table }, items: [column(0)] })).plan!.root)).toEqual([
      'project',
      'watermark',
      'scan',
    ]);
  });

  test('a key that is computed has a name of its own', () => {
    const keys = [
      { kind: 'arithmetic' as const, op: '+' as const, left: column(1), right: literal(1), divisionByZero: 'null' as const, type: INTEGER },
    ];
    expect(
      find(planQuery(select({ group: group({ keys, aggregates: [sum(column(1))] }), items: [column(1, [])] })).plan!.root, 'aggregate')
        .fields[0]?.name,
    ).toBe('key_1');
  });

  test('a derived query of a derived query is one projection', () => {
    const inner = select({ items: [column(0), column(1)] });
    const middle = select({ from: derived(inner), items: [column(1, inner.fields)] });
    expect(spine(planQuery(select({ from: derived(middle), items: [column(0, middle.fields)] })).plan!.root)).toEqual([
      'project',
      'watermark',
      'scan',
    ]);
  });
});

describe('computed times and how far they lie apart', () => {
  const delayOf = (sql: string): number => find(planOf(sql).root, 'watermark').delayMs;
  const windowed = (inner: string, time: string): string => `SELECT COUNT(*) AS n FROM (${inner}) x WINDOW TUMBLING(x.${time}, 1m)`;

  test('bounds of windows come in order; other times lie within their window', () => {
    expect(delayOf(windowed('SELECT COUNT(*) AS n, _window_end AS e FROM trades WINDOW TUMBLING(10s)', 'e'))).toBe(0);
    expect(delayOf(windowed('SELECT MAX(ts) AS m FROM trades WINDOW TUMBLING(10s)', 'm'))).toBe(10_000);
    expect(delayOf(windowed('SELECT MAX(ts) AS m FROM trades WINDOW SESSION(20s)', 'm'))).toBe(20_000);
    expect(delayOf(windowed('SELECT symbol, MAX(ts) AS m FROM trades GROUP BY symbol EMIT FINAL', 'm'))).toBe(0);
  });

  test('a pair comes with its second row', () => {
    expect(delayOf('SELECT COUNT(*) AS n FROM trades t JOIN quotes q ON t.symbol = q.symbol WITHIN 5s WINDOW TUMBLING(t.ts, 1m)')).toBe(
      5000,
    );
    const inWindow = 'SELECT t.ts AS a FROM trades t JOIN quotes q ON t.symbol = q.symbol WINDOW TUMBLING(10s)';
    expect(delayOf(windowed(inWindow, 'a'))).toBe(10_000);
  });
});

describe('explain', () => {
  test.each([
    [0, '0s'],
    [1, '1ms'],
    [1500, '1500ms'],
    [90_000, '90s'],
    [120_000, '2m'],
    [7_200_000, '2h'],
    [172_800_000, '2d'],
    [-5000, '-5s'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
  ])('%i ms is %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });

  test('every kind of node has its words', () => {
    const text = [
      'SELECT DISTINCT COUNT(*) AS n FROM trades GROUP BY symbol WINDOW SLIDING(1m, 10s) LIMIT 2',
      'SELECT symbol FROM trades LIMIT 2 OFFSET 1',
      'SELECT price FROM trades WINDOW SESSION(ts, 1m, symbol)',
      "SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol WINDOW TUMBLING(1m) WITH ('allowed.lateness' = '5s', 'late.data.strategy' = 'dead_letter', 'watermark.idle_timeout' = '1m', 'max.groups' = '9')",
      'SELECT SUM(qty) AS s FROM trades GROUP BY symbol WINDOW TUMBLING(1m) ORDER BY s LIMIT 1 EMIT CHANGES',
      'SELECT t.qty FROM trades t JOIN quotes q ON t.symbol = q.symbol WITHIN 5s GRACE PERIOD 2s',
      'SELECT qty, ts AS _EVENT_TIME FROM trades',
    ]
      .map((sql) => lines(sql).join('\n'))
      .join('\n');
    for (const part of [
      'Distinct  max-rows=100000 per=window',
      'Limit  limit=2 per=window',
      'Limit  limit=2 offset=1',
      'WindowRows  session=1m',
      'lateness=5s late=dead-letter max-groups=9',
      'idle=1m',
      'TopN  by=[s] limit=1 per=window',
      'grace=2s',
      'event-time=ts',
      'sliding=1m advance=10s',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('an unbounded join is within ever; a table is a table; a scan tells its filter', () => {
    const unbounded = lines(
      'SELECT t.qty FROM trades t JOIN (SELECT symbol, MAX(rate) AS m FROM rates GROUP BY symbol) r ON t.symbol = r.symbol',
    ).join('\n');
    expect(unbounded).toContain('within=ever');
    expect(unbounded).toContain('Table  relation=rates');
    expect(explainPlan(planOf('SELECT page FROM clicks WHERE ms > 1', { consumed: false }))).toContain('filter=ms > 1');
  });

  test('values and unions', () => {
    const values: PlanNode = { kind: 'values', rows: [[1]], fields: [field('a', FLOAT)], changes: 'append' };
    expect(explainNode({ kind: 'union', inputs: [values, values], fields: values.fields, changes: 'append' })).toBe(
      'Union\n  Values  rows=1\n  Values  rows=1',
    );
  });

  test('JSON names the visible part of a key', () => {
    expect(planToJson(planOf('SELECT symbol, SUM(qty) AS s FROM trades GROUP BY symbol')).key).toEqual(['symbol']);
    expect(planToJson(planOf('SELECT SUM(qty) AS s FROM trades GROUP BY symbol')).key).toEqual([]);
  });
});
