import { describe, expect, test } from 'vitest';
import { find } from './bound.fixture.ts';
import { codes, lines, planOf } from './sql.fixture.ts';

const TRADES = '    Watermark  column=ts delay=0s';

describe('joins of two streams', () => {
  test('an inner join within a time needs the watermark, but not row by row', () => {
    expect(lines('SELECT t.symbol, q.bid FROM trades t JOIN quotes q ON t.symbol = q.symbol WITHIN 5s')).toEqual([
      'Project  items=[symbol, bid]',
      '  Join  type=inner on=[symbol = symbol] within=[-5s, 5s]',
      TRADES,
      '      Source  relation=trades columns=[symbol, ts]',
      '    Watermark  column=qts delay=0s',
      '      Source  relation=quotes columns=[symbol, bid, qts]',
    ]);
  });

  test('an outer join emits unmatched rows between two others, so it needs the watermark of each row', () => {
    for (const kind of ['LEFT', 'RIGHT', 'FULL OUTER']) {
      const plan = planOf(`SELECT t.symbol FROM trades t ${kind} JOIN quotes q ON t.symbol = q.symbol WITHIN 5s`);
      expect(find(plan.root, 'watermark').perRow).toBe(true);
    }
  });

  test('times that a condition compares become the event time of sources that have none', () => {
    const sql = "SELECT c.page FROM clicks c JOIN views v ON c.page = v.page AND v.at BETWEEN c.at - INTERVAL '1' MINUTE AND c.at";
    expect(lines(sql).filter((line) => line.includes('Watermark'))).toEqual([
      '    Watermark  column=at delay=0s',
      '    Watermark  column=at delay=0s',
    ]);
    expect(lines(sql)[1]).toContain('within=[-1m, 0s] left-time=at right-time=at');
  });

  test('a declared event time stays, and the join goes by its own times', () => {
    const sql = 'SELECT t.symbol FROM trades t JOIN clicks c ON t.symbol = c.page AND t.qty BETWEEN c.ms - 5 AND c.ms';
    expect(codes(sql)).not.toContain('VS3001');
  });

  test('a window over a join asks both rows to be in one window', () => {
    const sql = 'SELECT t.symbol, COUNT(*) AS n FROM trades t JOIN quotes q ON t.symbol = q.symbol GROUP BY t.symbol WINDOW TUMBLING(1m)';
    expect(lines(sql).slice(0, 3)).toEqual([
      'Project  items=[symbol, n=count(*), window_start, window_end]',
      '  WindowAggregate  tumbling=1m keys=[symbol] aggregates=[count(*)] emit=final',
      '    Join  type=inner on=[symbol = symbol] tumbling=1m',
    ]);
  });

  test('a window column of one side goes for its namesake of the other where none is declared', () => {
    const sql = 'SELECT c.page FROM clicks c JOIN views v ON c.page = v.page WINDOW TUMBLING(c.at, 1m)';
    expect(lines(sql).filter((line) => line.includes('Watermark  column=at'))).toHaveLength(2);
    const right = 'SELECT c.page FROM clicks c JOIN views v ON c.page = v.page WINDOW TUMBLING(v.at, 1m)';
    expect(lines(right).filter((line) => line.includes('Watermark  column=at'))).toHaveLength(2);
  });

  test('a pair in SLIDING windows counts in those that hold both of its rows', () => {
    const sql =
      'SELECT t.symbol, COUNT(*) AS n FROM trades t JOIN quotes q ON t.symbol = q.symbol GROUP BY t.symbol WINDOW SLIDING(25s, 10s)';
    const text = lines(sql).join('\n');
    expect(text).toContain('Filter  on=(row_time IS NULL OR window_start <= row_time) AND (row_time IS NULL OR window_start <= row_time)');
    expect(text).toContain('event-time=window_start + 20000');
    expect(text).toContain('WindowAggregate  tumbling=10s');
    expect(text).toContain('window_start=window_start - 20000, window_end=window_start + 5000');
  });

  test('raw rows of SLIDING windows are whole pairs too', () => {
    const text = lines(
      'SELECT t.symbol, q.bid, _window_end AS e FROM trades t JOIN quotes q ON t.symbol = q.symbol WINDOW SLIDING(20s, 10s)',
    ).join('\n');
    expect(text).toContain('Filter  on=');
    expect(text).toContain('WindowRows  sliding=20s advance=10s emit=final');
  });

  test('conditions of WHERE over both sides of an inner join become its keys', () => {
    expect(lines('SELECT t.qty FROM trades t JOIN quotes q ON t.price > q.bid WITHIN 5s WHERE t.symbol = q.symbol')[1]).toContain(
      'on=[symbol = symbol] where=price > bid',
    );
  });
});

describe('joins with tables', () => {
  test('rows of the stream look the table up, on whichever side it stands', () => {
    for (const from of ['trades t JOIN rates r', 'rates r JOIN trades t']) {
      expect(lines(`SELECT t.qty, r.rate FROM ${from} ON t.symbol = r.symbol`)[1]).toBe(
        '  TableJoin  type=inner table=rates columns=[symbol, rate] on=[symbol = symbol]',
      );
    }
  });

  test('a cross join looks up every row', () => {
    expect(planOf('SELECT t.qty, r.rate FROM trades t CROSS JOIN rates r').root).toMatchObject({
      input: { kind: 'table-join', keys: [], join: 'inner' },
    });
  });

  test('a sub-query that only picks and filters is looked up in its table', () => {
    const sql = 'SELECT t.qty, r.x FROM trades t LEFT JOIN (SELECT rate AS x, symbol AS s FROM rates WHERE rate > 1) r ON t.symbol = r.s';
    expect(lines(sql)[1]).toBe('  TableJoin  type=left table=rates columns=[symbol, rate] on=[symbol = symbol] where=rate > 1');
    expect(planOf(sql)).toMatchObject({ tables: ['rates'], root: { items: [{ name: 'qty' }, { index: 4 }] } });
  });

  test('a sub-query that groups is joined by its rows', () => {
    const plan = planOf(
      'SELECT t.qty, r.m FROM trades t JOIN (SELECT symbol, MAX(rate) AS m FROM rates GROUP BY symbol) r ON t.symbol = r.symbol',
    );
    expect(find(plan.root, 'join')).toMatchObject({ match: { kind: 'unbounded' }, changes: 'retract' });
    expect(plan.key).toEqual([0, 1]);
    expect(plan.root.changes).toBe('retract');
  });

  test('two tables: rows of the left one look the right one up, unless right rows are kept', () => {
    const pair = (kind: string): string => `SELECT r.rate, n.name FROM rates r ${kind} JOIN names n ON r.symbol = n.symbol`;
    expect(find(planOf(pair('LEFT')).root, 'table-join')).toMatchObject({ table: 'names', join: 'left', input: { relationKind: 'table' } });
    expect(find(planOf(pair('FULL')).root, 'join')).toMatchObject({ join: 'full', match: { kind: 'unbounded' } });
  });

  test("what happens without the table is told by its 'missing' property", () => {
    const sql = (policy: string): string =>
      `SELECT t.qty FROM trades t JOIN rates r ON t.symbol = r.symbol WITH ('rates.missing' = '${policy}')`;
    for (const policy of ['nulls', 'skip', 'fail']) expect(find(planOf(sql(policy)).root, 'table-join').missing).toBe(policy);
  });

  test('a temporal join looks back from a time of the left row', () => {
    const sql = 'SELECT t.qty, q.bid FROM trades t LEFT JOIN quotes q FOR SYSTEM_TIME AS OF t.ts ON t.symbol = q.symbol';
    expect(lines(sql)[1]).toBe('  TemporalJoin  type=left on=[symbol = symbol] as-of=ts');
  });
});

describe('joins of changing rows', () => {
  const sums = '(SELECT symbol, SUM(qty) AS s FROM trades GROUP BY symbol)';

  test('two groupings are known by both of their keys', () => {
    const plan = planOf(`SELECT a.s, b.s AS s2 FROM ${sums} a JOIN ${sums} b ON a.symbol = b.symbol WITHIN 5s`);
    expect(plan.root.changes).toBe('retract');
    expect(plan.key).toEqual([2, 3]);
    expect(find(plan.root, 'join').changes).toBe('retract');
  });

  test('a table join of a grouping is known by whole rows', () => {
    const plan = planOf(`SELECT a.s, r.rate FROM ${sums} a JOIN rates r ON a.symbol = r.symbol`);
    expect(plan).toMatchObject({ key: [0, 1], root: { changes: 'retract' } });
  });
});
