import { describe, expect, test } from 'vitest';
import { FLOAT, INTEGER, STRING } from '../../../values/types.ts';
import { and, compare, field, literal, RANDOM } from '../bound.fixture.ts';
import { explainNode } from '../explain-plan.ts';
import { col, filter, join, limit, plus, project, risky, scan, sort, tableJoin } from '../node.fixture.ts';
import { optimise } from '../optimise.ts';
import type { PlanNode } from '../plan.ts';
import { deriveJoinKeys } from './derive-join-keys.ts';
import { mergeFilters } from './merge-filters.ts';
import { mergeLimits } from './merge-limits.ts';
import { mergeProjects } from './merge-projects.ts';
import { removeIdentityProjects } from './remove-identity-projects.ts';
import type { Rule } from './rule.ts';

const apply = (rule: Rule, root: PlanNode): PlanNode => rule.rewrite(root, { above: 'none' });
const head = (rule: Rule, root: PlanNode): string => explainNode(apply(rule, root)).split('\n')[0] ?? '';
const a = compare(col(1), '>', literal(0));
const b = compare(col(2), '>', literal(0));
const item = (index: number, type = INTEGER) => ({ kind: 'column' as const, index, name: `p${index}`, type });

describe('merge-filters', () => {
  test('two conditions become one, the inner first', () => {
    expect(head(mergeFilters, filter(filter(scan(), a), b))).toBe('Filter  where=qty > 0 AND price > 0');
  });

  test('a condition that may fail stays behind the one that guards it', () => {
    const root = filter(filter(scan(), a), risky(0));
    expect(apply(mergeFilters, root)).toBe(root);
  });

  test('TRUE goes', () => {
    expect(apply(mergeFilters, filter(scan(), literal(true))).kind).toBe('scan');
  });
});

describe('merge-projects', () => {
  test('the outer is put in terms of the inner', () => {
    const root = project(project(scan(), [plus(col(1), literal(1)), col(0)]), [
      plus(item(0), literal(2)),
      item(1, STRING),
      item(1, STRING),
    ]);
    expect(head(mergeProjects, root)).toBe('Project  items=[p0=qty + 1 + 2, p1=symbol, p1=symbol]');
  });

  test('nothing is computed twice', () => {
    const root = project(project(scan(), [plus(col(1), literal(1))]), [item(0), item(0)]);
    expect(apply(mergeProjects, root)).toBe(root);
  });

  test('random numbers and event times stay where they are', () => {
    const random = { kind: 'call' as const, fn: RANDOM, args: [], type: FLOAT };
    for (const inner of [project(scan(), [random]), project(scan(), [col(0)], col(3))]) {
      const root = project(inner, [item(0)]);
      expect(apply(mergeProjects, root)).toBe(root);
    }
  });

  test('the event time of the outer one is kept', () => {
    expect(head(mergeProjects, project(project(scan(), [col(3)]), [item(0)], item(0)))).toBe('Project  items=[p0=ts] event-time=ts');
  });
});

describe('remove-identity-projects', () => {
  test('all columns in order under their names are no projection', () => {
    expect(apply(removeIdentityProjects, project(scan(), [col(0), col(1), col(2), col(3)])).kind).toBe('scan');
  });

  test('fewer columns, another order, other names or a new event time are one', () => {
    const all = [col(0), col(1), col(2), col(3)];
    const renamed = { ...project(scan(), all), fields: ['x', 'y', 'z', 'w'].map((name) => field(name, INTEGER)) };
    for (const root of [
      project(scan(), [col(0)]),
      project(scan(), [col(1), col(0), col(2), col(3)]),
      renamed,
      project(scan(), all, col(3)),
    ]) {
      expect(apply(removeIdentityProjects, root)).toBe(root);
    }
  });
});

describe('merge-limits', () => {
  test.each([
    [10, 0, 5, 0, 5, 0],
    [5, 0, 10, 0, 5, 0],
    [10, 2, 5, 3, 5, 5],
    [4, 0, 10, 3, 1, 3],
    [4, 0, 10, 9, 0, 9],
  ])('LIMIT %i OFFSET %i, then LIMIT %i OFFSET %i', (innerCount, innerOffset, outerCount, outerOffset, wantedCount, wantedOffset) => {
    const inner = limit(scan(), innerCount, innerOffset);
    expect(apply(mergeLimits, limit(inner, outerCount, outerOffset))).toMatchObject({
      kind: 'limit',
      count: wantedCount,
      offset: wantedOffset,
      input: { kind: 'scan' },
    });
    const sorted = sort(scan(), col(1), { limit: { count: innerCount, offset: innerOffset } });
    expect(apply(mergeLimits, limit(sorted, outerCount, outerOffset))).toMatchObject({
      kind: 'sort',
      limit: { count: wantedCount, offset: wantedOffset },
    });
  });

  test('a sorted result is cut where it is sorted', () => {
    expect(apply(mergeLimits, limit(sort(scan(), col(1)), 3))).toMatchObject({ kind: 'sort', limit: { count: 3, offset: 0 } });
  });

  test('limits of other rows stay', () => {
    for (const root of [limit(filter(limit(scan(), 3), a), 2), limit(sort(scan(), col(1), { scope: 'window', windowEnd: 3 }), 2)]) {
      expect(apply(mergeLimits, root)).toBe(root);
    }
  });
});

describe('derive-join-keys', () => {
  const RATES = [field('symbol', STRING), field('rate', INTEGER)];
  const right = (index: number) => ({
    kind: 'column' as const,
    index: 4 + index,
    name: `r.${RATES[index]?.name}`,
    type: RATES[index]?.type ?? INTEGER,
  });
  const joined = (residual: ReturnType<typeof compare>): PlanNode => join(scan(), scan(RATES, 'rates'), { residual });

  test('an equality between the sides becomes a key, whichever way it is written', () => {
    expect(head(deriveJoinKeys, joined(and(compare(col(0), '=', right(0)), a)))).toBe(
      'Join  type=inner on=[symbol = r.symbol] where=qty > 0 within=[-1s, 1s]',
    );
    expect(apply(deriveJoinKeys, joined(compare(right(1), '=', col(1))))).toMatchObject({
      keys: [{ left: { index: 1 }, right: { index: 1 } }],
      residual: null,
    });
    expect(apply(deriveJoinKeys, tableJoin(scan(), RATES, { residual: compare(col(0), '=', right(0)) }))).toMatchObject({
      keys: [{ right: { index: 0 } }],
      residual: null,
    });
  });

  test('other comparisons, one side alone, other types and two-valued equality are no keys', () => {
    for (const condition of [
      compare(col(0), '<', right(0)),
      compare(col(0), '=', literal('A')),
      compare(col(0), '=', col(0)),
      compare(plus(col(1), right(1)), '=', right(1)),
      compare(col(2), '=', right(1)),
      { ...compare(col(0), '=', right(0)), twoValued: true },
    ]) {
      const root = joined(condition);
      expect(apply(deriveJoinKeys, root)).toBe(root);
    }
  });
});

describe('optimise', () => {
  test('says which rules changed something', () => {
    const root = project(filter(scan(), and(literal(true), a)), [col(0)]);
    expect(optimise(root, 'none').fired).toEqual(['simplify-conditions', 'push-filters', 'narrow-columns']);
  });

  test('ends when a rule never does', () => {
    const restless: Rule = { name: 'restless', rewrite: (node) => ({ ...node }) };
    expect(optimise(scan(), 'none', [restless]).fired).toEqual(['restless']);
  });
});
