import { describe, expect, test } from 'vitest';
import { INTEGER, STRING } from '../../../values/types.ts';
import { and, compare, field, literal, or, RANDOM, sum } from '../bound.fixture.ts';
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
  risky,
  scan,
  system,
  TUMBLING,
  tableJoin,
  union,
  watermark,
} from '../node.fixture.ts';
import type { PlanNode } from '../plan.ts';
import { pushFilters } from './push-filters.ts';

const rewritten = (root: PlanNode, above: 'none' | 'watermark' = 'none'): string[] =>
  explainNode(pushFilters.rewrite(root, { above }))
    .split('\n')
    .map((line) => line.trimEnd());
const positive = compare(col(1), '>', literal(0));
const SOURCE = 'Source  relation=trades columns=[symbol, qty, price, ts]';
const RATES = [field('symbol', STRING), field('rate', INTEGER)];

describe('push-filters', () => {
  test('a condition on columns runs in the source', () => {
    expect(rewritten(filter(scan(), positive))).toEqual([`${SOURCE} filter=qty > 0`]);
  });

  test('it passes a watermark that nobody goes by', () => {
    expect(rewritten(filter(watermark(scan()), positive))).toEqual(['Watermark  column=ts delay=0s', `  ${SOURCE} filter=qty > 0`]);
  });

  test.each(['watermark'] as const)('it stays above a watermark that moves windows, since dropped rows move it too', (above) => {
    const root = filter(watermark(scan()), positive);
    expect(pushFilters.rewrite(root, { above })).toBe(root);
    const windowed = aggregate(root, [col(0)], [sum(col(1))], { window: TUMBLING });
    expect(pushFilters.rewrite(windowed, { above: 'none' })).toBe(windowed);
  });

  test('it passes a projection, put in its terms', () => {
    const root = filter(project(scan(), [plus(col(1), literal(1))]), compare(col(0, []), '>', literal(0)));
    expect(rewritten(root)).toEqual(['Project  items=[p0=qty + 1]', `  ${SOURCE} filter=qty + 1 > 0`]);
  });

  test('it does not pass a projection that draws random numbers', () => {
    const random = { kind: 'call' as const, fn: RANDOM, args: [], type: INTEGER };
    const root = filter(project(scan(), [random, col(1)]), compare(col(1), '>', literal(0)));
    expect(pushFilters.rewrite(root, { above: 'none' })).toBe(root);
  });

  test('a condition on the event time stays above a projection that sets it', () => {
    const root = filter(project(scan(), [col(0)], col(3)), compare(system('_EVENT_TIME'), '>', literal(0)));
    expect(pushFilters.rewrite(root, { above: 'none' })).toBe(root);
  });

  test('conditions part: each goes as far as it can', () => {
    const root = filter(watermark(scan()), and(positive, compare(system('_PARTITION'), '=', literal(1))));
    expect(rewritten(root)[0]).toBe('Filter  where=_PARTITION = 1');
    expect(rewritten(root)[2]).toBe(`    ${SOURCE} filter=qty > 0`);
  });

  test('it reaches every arm of a union', () => {
    expect(rewritten(filter(union(scan(), scan()), positive)).filter((line) => line.endsWith('filter=qty > 0'))).toHaveLength(2);
  });

  test('it passes an aggregate when it speaks of keys alone', () => {
    const grouped = aggregate(scan(), [col(0)], [sum(col(1))]);
    const onKey = filter(grouped, compare(col(0), '=', literal('A')), 'having');
    expect(rewritten(onKey)).toEqual(['Aggregate  keys=[symbol] aggregates=[sum(qty)] emit=changes', `  ${SOURCE} filter=symbol = 'A'`]);
    const onSum = filter(grouped, compare(col(1, []), '>', literal(1)), 'having');
    expect(pushFilters.rewrite(onSum, { above: 'none' })).toBe(onSum);
  });

  test('it never passes a global aggregate, a limit or a distinct', () => {
    for (const root of [
      filter(aggregate(scan(), [], [sum(col(1))]), literal(false)),
      filter(limit(scan(), 3), positive),
      filter(distinct(scan()), positive),
    ])
      expect(pushFilters.rewrite(root, { above: 'none' })).toBe(root);
  });
});

describe('push-filters into joins', () => {
  const onLeft = positive;
  const onRight = compare(col(5), '=', literal(7));
  const sides = [scan(), scan(RATES, 'rates')] as const;

  test.each([
    ['inner', true, true],
    ['left', true, false],
    ['right', false, true],
    ['full', false, false],
  ] as const)('a %s join takes conditions on the sides it does not pad', (kind, left, right) => {
    const root = filter(join(...sides, { join: kind }), and(onLeft, onRight));
    const lines = rewritten(root).join('\n');
    expect(lines.includes('filter=qty > 0')).toBe(left);
    expect(lines.includes('filter=c5 = 7')).toBe(right);
    expect(lines.startsWith('Filter')).toBe(!(left && right));
  });

  test('a condition over both sides of an inner join becomes part of it', () => {
    expect(rewritten(filter(join(...sides), compare(col(0), '=', col(4))))[0]).toContain('where=symbol = c4');
    const outer = filter(join(...sides, { join: 'left' }), compare(col(0), '=', col(4)));
    expect(pushFilters.rewrite(outer, { above: 'none' })).toBe(outer);
  });

  test('a condition that may fail is not evaluated for rows that find no partner', () => {
    const root = filter(join(...sides), risky(0));
    expect(pushFilters.rewrite(root, { above: 'none' })).toBe(root);
  });

  test('a table join takes conditions on its stream, and on the table where it pads nothing', () => {
    const both = filter(tableJoin(scan(), RATES), and(onLeft, onRight));
    expect(rewritten(both)).toEqual([
      'TableJoin  type=inner table=rates columns=[symbol, rate] where=c5 = 7',
      `  ${SOURCE} filter=qty > 0`,
    ]);
    const padded = filter(tableJoin(scan(), RATES, { join: 'left' }), or(onLeft, onRight));
    expect(pushFilters.rewrite(padded, { above: 'none' })).toBe(padded);
  });

  test('a temporal join takes conditions on its left side', () => {
    const temporal: PlanNode = {
      kind: 'temporal-join',
      join: 'inner',
      left: scan(),
      right: scan(RATES, 'rates'),
      keys: [],
      residual: null,
      asOf: col(3),
      fields: [...scan().fields, ...RATES],
      changes: 'append',
    };
    expect(rewritten(filter(temporal, onLeft))[1]).toBe(`  ${SOURCE} filter=qty > 0`);
    const right = filter(temporal, onRight);
    expect(pushFilters.rewrite(right, { above: 'none' })).toBe(right);
  });
});
