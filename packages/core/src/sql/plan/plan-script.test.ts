import { describe, expect, test } from 'vitest';
import { bindScript } from '../bind/bind-script.ts';
import { parse } from '../syntax/index.ts';
import { find, spine } from './bound.fixture.ts';
import type { QueryPlan } from './plan.ts';
import { planScript, type ScriptQuery } from './plan-script.ts';
import { CATALOG } from './sql.fixture.ts';

function plansOf(sql: string): QueryPlan[] {
  const script = bindScript(parse(sql).statements, { sql, catalog: CATALOG });
  const queries = script.order.flatMap((index): ScriptQuery[] => {
    const statement = script.bound[index];
    if (!statement || !('query' in statement)) return [];
    return [
      {
        query: statement.query,
        name: statement.kind === 'create' ? statement.name : null,
        isTable: statement.kind === 'create' && statement.object === 'table',
      },
    ];
  });
  return planScript(queries).map(({ plan }) => plan as QueryPlan);
}

describe('planScript', () => {
  test('a query that nobody reads filters in its source; one that is read keeps its watermark row by row', () => {
    const [alone] = plansOf('SELECT symbol FROM trades WHERE qty > 5');
    expect(find(alone!.root, 'scan').filter).not.toBeNull();
    const [read] = plansOf('CREATE STREAM big AS SELECT symbol FROM trades WHERE qty > 5; SELECT symbol FROM big');
    expect(find(read!.root, 'scan').filter).toBeNull();
    expect(find(read!.root, 'watermark').perRow).toBe(true);
  });

  test('what a reader wants beside the columns travels from the source, through any number of queries', () => {
    const plans = plansOf(
      "CREATE STREAM a AS SELECT page FROM clicks; CREATE STREAM b AS SELECT page FROM a; SELECT HEADER('h') AS h FROM b",
    );
    for (const plan of plans) expect(find(plan.root, 'scan').system).toContain('_headers');
    const [alone] = plansOf('SELECT page FROM clicks');
    expect(find(alone!.root, 'scan').system).toEqual([]);
  });

  test('a table that changes is read by its changes, a stream by its rows', () => {
    const sums = 'SELECT symbol, SUM(qty) AS s FROM trades GROUP BY symbol';
    const [table, counted] = plansOf(`CREATE TABLE totals AS ${sums}; SELECT COUNT(*) AS n FROM totals`);
    expect(table!.root.changes).toBe('retract');
    expect(find(counted!.root, 'aggregate').inputChanges).toBe('retract');
    const [stream, plain] = plansOf(`CREATE STREAM totals AS ${sums}; SELECT COUNT(*) AS n FROM totals`);
    expect(stream!.root.changes).toBe('upsert');
    expect(find(plain!.root, 'aggregate').inputChanges).toBe('append');
  });

  test('the key of a table is known to its readers when they can see it', () => {
    const [, keyed] = plansOf('CREATE TABLE totals AS SELECT symbol, SUM(qty) AS s FROM trades GROUP BY symbol; SELECT s FROM totals');
    expect(keyed).toMatchObject({ key: [1], root: { changes: 'retract' } });
    const [, blind] = plansOf('CREATE TABLE totals AS SELECT SUM(qty) AS s FROM trades GROUP BY symbol; SELECT s FROM totals');
    expect(blind).toMatchObject({ key: [0], root: { changes: 'retract' } });
  });

  test('AS _EVENT_TIME makes a watermark of its own', () => {
    const [made] = plansOf('CREATE STREAM s AS SELECT page, at AS _EVENT_TIME FROM clicks; SELECT page FROM s WINDOW TUMBLING(1m)');
    expect(spine(made!.root)).toEqual(['watermark', 'project', 'scan']);
    expect(made!.root).toMatchObject({ time: null, replaces: true, perRow: true, delayMs: 0 });
    const [late] = plansOf('CREATE STREAM s AS SELECT symbol, ts AS _EVENT_TIME FROM trades; SELECT symbol FROM s WINDOW TUMBLING(1m)');
    expect(spine(late!.root)).toEqual(['watermark', 'project', 'watermark', 'scan']);
  });
});
