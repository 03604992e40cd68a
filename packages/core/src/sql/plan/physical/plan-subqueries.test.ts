import { describe, expect, test } from 'vitest';
import { BOOLEAN, INTEGER } from '../../../values/types.ts';
import type { BoundQuery } from '../../bind/bound.ts';
import type { Expr, SubqueryExpr } from '../../bind/expression.ts';
import { column, compare, group, literal, select, sum } from '../bound.fixture.ts';
import { planQuery } from '../plan-query.ts';
import { bound, planOf } from '../sql.fixture.ts';

const inList = (query: BoundQuery, over: Partial<SubqueryExpr> = {}): Expr => ({
  kind: 'subquery',
  form: 'in',
  table: 'rates',
  tableWidth: 1,
  outer: [],
  where: null,
  select: { kind: 'column', index: 0, name: 's', type: INTEGER },
  aggregates: [],
  arg: column(1),
  op: '=',
  negated: false,
  type: BOOLEAN,
  query,
  ...over,
});
const sums = select({ group: group({ keys: [column(0)], aggregates: [sum(column(1))] }), items: [column(1, [])] });
const using = (where: Expr): BoundQuery => select({ items: [column(0)], where });

describe('sub-queries as tables', () => {
  test('the result becomes a table with all its columns, hidden keys included', () => {
    const { plan } = planQuery(using(inList(sums)));
    const [table] = plan!.derived;
    expect(table).toMatchObject({ plan: { visible: 2, key: [1] } });
    expect(plan!.tables).toEqual([table!.name]);
    expect(table!.name).toMatch(/^subquery_[0-9a-f]{16}$/);
  });

  test('equal sub-queries share a table; others have their own', () => {
    const other = select({ group: group({ keys: [column(0)], aggregates: [sum(column(2))] }), items: [column(1, [])] });
    const where = { kind: 'and' as const, args: [inList(sums), inList(sums), inList(other)], type: BOOLEAN };
    expect(planQuery(using(where)).plan!.derived).toHaveLength(2);
  });

  test('a sub-query within a look-up is planned too', () => {
    const { query: _, ...read } = inList(sums) as SubqueryExpr;
    const nested: Expr = {
      ...read,
      where: compare(column(0), '=', literal(1)),
      aggregates: [{ ...sum(inList(sums)), filter: literal(true) }],
    };
    expect(planQuery(using(nested)).plan!.derived).toHaveLength(1);
  });

  test('a sub-query without a plan is no plan', () => {
    const broken = select({ items: [column(0)], distinct: true, orderBy: [{ expr: column(1), descending: false, nullsFirst: true }] });
    expect(planQuery(using(inList(broken)))).toMatchObject({ plan: null, problems: [{ code: 'VS3003' }] });
  });

  test('look-ups of tables name their tables', () => {
    const plan = planOf('SELECT symbol FROM trades WHERE qty > (SELECT MAX(rate) FROM rates WHERE symbol IN (SELECT symbol FROM names))');
    expect(plan.tables.toSorted()).toEqual(['names', 'rates']);
    expect(bound('SELECT 1').kind).toBe('select');
  });
});
