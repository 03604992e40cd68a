import { describe, expect, test } from 'vitest';
import { bindText, fieldsOf, joinOf, joinText, problemsOf, selectOf } from './bind.fixture.ts';

const join = (rest: string, options = {}): string => joinText(joinOf(`SELECT 1 AS x FROM ${rest}`, options));

describe('two streams', () => {
  test.each([
    ['trades t JOIN quotes q ON t.symbol = q.symbol WITHIN 5s', 'inner stream-stream t+q keys symbol=symbol within [-5000, 5000]'],
    [
      "trades t LEFT JOIN quotes q ON q.symbol = t.symbol WITHIN INTERVAL '2' MINUTE GRACE PERIOD INTERVAL '1' SECOND",
      'left stream-stream t+q keys symbol=symbol within [-120000, 120000] grace 1000',
    ],
    ['trades t RIGHT JOIN quotes q ON t.symbol = q.symbol WITHIN 5s', 'right stream-stream t+q keys symbol=symbol within [-5000, 5000]'],
    [
      'trades t FULL OUTER JOIN quotes q ON t.symbol = q.symbol WITHIN 5s',
      'full stream-stream t+q keys symbol=symbol within [-5000, 5000]',
    ],
    [
      'trades t JOIN quotes q ON t.symbol = q.symbol AND t.fee = q.bid AND t.qty > 5 WITHIN 5s',
      'inner stream-stream t+q keys symbol=symbol, fee=bid within [-5000, 5000] residual qty > 5',
    ],
    ['trades t JOIN orders o ON t.qty + 1 = o.id * 2 WITHIN 5s', 'inner stream-stream t+o keys qty + 1=id * 2 within [-5000, 5000]'],
    ['trades t JOIN orders o ON t.qty = o.amount WITHIN 5s', 'inner stream-stream t+o keys qty=amount within [-5000, 5000]'],
    ['trades t JOIN quotes q ON t.qty = q.bid WITHIN 5s', 'inner stream-stream t+q keys CAST(qty AS FLOAT)=bid within [-5000, 5000]'],
    ['trades t CROSS JOIN quotes q', 'cross stream-stream t+q within [-3600000, 3600000]'],
  ])('%s', (rest, expected) => {
    expect(join(rest)).toBe(expected);
  });

  test.each([
    ["q.at BETWEEN t.ts - INTERVAL '5' MINUTE AND t.ts + INTERVAL '1' MINUTE", 'within [-300000, 60000] of ts/at'],
    ["t.ts BETWEEN q.at - INTERVAL '5' MINUTE AND q.at + INTERVAL '1' MINUTE", 'within [-60000, 300000] of ts/at'],
    ["q.at >= t.ts AND q.at <= t.ts + INTERVAL '10' SECOND", 'within [0, 10000] of ts/at'],
    ["t.ts <= q.at AND t.ts >= q.at - INTERVAL '10' SECOND", 'within [0, 10000] of ts/at'],
    ["q.at - t.ts BETWEEN INTERVAL '0' SECOND AND INTERVAL '10' SECOND", 'within [0, 10000] of ts/at'],
    ["q.at - t.ts <= INTERVAL '10' SECOND AND q.at >= t.ts - INTERVAL '10' SECOND", 'within [-10000, 10000] of ts/at'],
    ['q.at BETWEEN t.ts - 5000 AND t.ts + 5000', 'within [-5000, 5000] of ts/at'],
    [
      "q.at > t.ts AND q.at < t.ts + INTERVAL '1' SECOND",
      "within [0, 1000] of ts/at residual at > CAST(ts AS INTEGER) AND at < CAST(ts + INTERVAL '1000' MILLISECOND AS INTEGER)",
    ],
    ["q._event_time BETWEEN t._event_time - INTERVAL '2' SECOND AND t._event_time", 'within [-2000, 0]'],
    ["q._event_time BETWEEN t.ts AND t.ts + INTERVAL '1' SECOND", 'within [0, 1000] of ts/_EVENT_TIME'],
  ])('ON … %s', (condition, expected) => {
    expect(join(`trades t JOIN quotes q ON t.symbol = q.symbol AND ${condition}`)).toBe(
      `inner stream-stream t+q keys symbol=symbol ${expected}`,
    );
  });

  test('the same forms in WHERE bound the join and stay a filter', () => {
    const q = selectOf(
      "SELECT 1 AS x FROM trades t JOIN quotes q ON t.symbol = q.symbol WHERE q.at BETWEEN t.ts AND t.ts + INTERVAL '1' SECOND",
    );
    expect(q.from?.kind === 'join' && joinText(q.from)).toBe('inner stream-stream t+q keys symbol=symbol within [0, 1000] of ts/at');
    expect(q.where).not.toBeNull();
  });

  test('numbers that are no times give no bounds', () => {
    expect(join('trades t JOIN orders o ON t.qty >= o.id AND t.qty <= o.id + 5 WITHIN 1s')).toBe(
      'inner stream-stream t+o within [-1000, 1000] residual qty >= id AND qty <= id + 5',
    );
    expect(problemsOf('SELECT 1 AS x FROM trades t JOIN orders o ON t.qty >= o.id WITHIN 1s')).toEqual(['warning VS2080 [t.qty >= o.id]']);
  });

  test('WITHIN and a condition on the times meet', () => {
    expect(join('trades t JOIN quotes q ON t.symbol = q.symbol AND q.at >= t.ts WITHIN 5s')).toBe(
      'inner stream-stream t+q keys symbol=symbol within [0, 5000] of ts/at',
    );
  });

  test('the event time of one side can only bound the join; a stream that looks up a table has one', () => {
    expect(problemsOf('SELECT 1 AS x FROM trades t JOIN quotes q ON t.symbol = q.symbol AND t._event_time > 5 WITHIN 1s')).toEqual([
      'error VS2103 [t._event_time]',
    ]);
    expect(join('trades t JOIN users u ON t.qty = u.id AND t._event_time > 5')).toBe(
      'inner stream-table t+u keys qty=id residual _EVENT_TIME > 5',
    );
  });

  test('without any bound an hour is taken and said', () => {
    const sql = 'SELECT 1 AS x FROM trades t JOIN quotes q ON t.symbol = q.symbol';
    expect(joinText(joinOf(sql))).toBe('inner stream-stream t+q keys symbol=symbol within [-3600000, 3600000]');
    expect(problemsOf(sql)).toEqual(['warning VS2081 [JOIN quotes q ON t.symbol = q.symbol]']);
    expect(problemsOf(`${sql} AND q.at >= t.ts`)).toEqual(['warning VS2081 [JOIN quotes q ON t.symbol = q.symbol AND q.at >= t.ts]']);
    expect(problemsOf(`${sql} AND q.at <= t.ts`)).toEqual(['warning VS2081 [JOIN quotes q ON t.symbol = q.symbol AND q.at <= t.ts]']);
  });

  test('WITH sets the bounds', () => {
    const sql =
      "SELECT 1 AS x FROM trades t JOIN quotes q ON t.symbol = q.symbol WITH ('join.lower_bound' = '-5m', 'join.upper_bound' = '10s')";
    expect(joinText(joinOf(sql))).toBe('inner stream-stream t+q keys symbol=symbol within [-300000, 10000]');
  });

  test('a WINDOW makes it a windowed join', () => {
    const q = selectOf(
      'SELECT t.symbol, COUNT(*) AS n FROM trades t JOIN quotes q ON t.symbol = q.symbol GROUP BY t.symbol WINDOW TUMBLING(t.ts, 1m)',
    );
    expect(q.from?.kind === 'join' && joinText(q.from)).toBe('inner windowed t+q keys symbol=symbol window tumbling');
    expect(q.from).toMatchObject({ window: { time: { name: 'ts', index: 6 } } });
    const within = selectOf(
      'SELECT t.symbol, COUNT(*) AS n FROM trades t JOIN quotes q ON t.symbol = q.symbol WITHIN 5s GROUP BY t.symbol WINDOW TUMBLING(1m)',
    );
    expect(within.from).toMatchObject({ mode: 'stream-stream', window: null });
  });

  test('outer joins pad with NULL', () => {
    const fields = (kind: string) => fieldsOf(`SELECT t.symbol, o.id FROM trades t ${kind} JOIN orders o ON t.qty = o.id WITHIN 1s`);
    expect(fields('LEFT')).toBe('symbol STRING!, id INTEGER');
    expect(fields('RIGHT')).toBe('symbol STRING, id INTEGER!');
    expect(fields('FULL')).toBe('symbol STRING, id INTEGER');
    expect(fields('INNER')).toBe('symbol STRING!, id INTEGER!');
  });

  test('joins chain from left to right', () => {
    const q = selectOf(
      'SELECT o.id, q.bid, t.qty FROM trades t JOIN quotes q ON t.symbol = q.symbol WITHIN 1s JOIN orders o ON o.symbol = q.symbol AND o.id = t.qty WITHIN 2s',
    );
    expect(q.from?.kind === 'join' && joinText(q.from)).toBe('inner stream-stream (…)+o keys symbol=symbol, qty=id within [-2000, 2000]');
    expect(q.items.map((i) => ('index' in i.expr ? i.expr.index : null))).toEqual([11, 8, 2]);
  });
});

describe('tables', () => {
  test.each([
    ['orders o JOIN users u ON o.id = u.id', 'inner stream-table o+u keys id=id'],
    ["orders o LEFT JOIN users u ON o.id = u.id AND u.tier = 'gold'", "left stream-table o+u keys id=id residual tier = 'gold'"],
    ['users u JOIN orders o ON o.id = u.id', 'inner stream-table o+u keys id=id'],
    ['users u RIGHT JOIN orders o ON o.id = u.id', 'left stream-table o+u keys id=id'],
    ['users u JOIN rates r ON u.tier = r.symbol', 'inner table-table u+r keys tier=symbol'],
    ['orders o CROSS JOIN users u', 'cross stream-table o+u'],
    ['trades s JOIN rates v FOR SYSTEM_TIME AS OF s.ts ON s.symbol = v.symbol', 'inner temporal s+v keys symbol=symbol as of ts'],
    [
      'quotes s LEFT JOIN rates v FOR SYSTEM_TIME AS OF s._event_time ON s.symbol = v.symbol',
      "left temporal s+v keys symbol=symbol as of TIMESTAMP '1970-01-01 00:00:00' + INTERVAL '1' MILLISECOND * _EVENT_TIME",
    ],
  ])('%s', (rest, expected) => {
    expect(join(rest)).toBe(expected);
  });

  test('a table on the left moves to the right of the row, its columns keep their order in *', () => {
    const q = selectOf('SELECT * FROM users u JOIN orders o ON o.id = u.id');
    expect(q.fields.map((f) => f.name)).toEqual(['id', 'name', 'tier', 'since', 'o_id', 'symbol', 'amount', 'placed', 'note']);
    expect(q.items.map((i) => ('index' in i.expr ? i.expr.index : null))).toEqual([5, 6, 7, 8, 0, 1, 2, 3, 4]);
  });

  test('a stream may be configured to be a table', () => {
    expect(join("orders o JOIN quotes q ON o.symbol = q.symbol WITH ('quotes.kind' = 'table')")).toBe(
      'inner stream-table o+q keys symbol=symbol',
    );
  });

  test('a derived table of tables is a table', () => {
    expect(join('orders o JOIN (SELECT id, name FROM users) u ON o.id = u.id')).toBe('inner stream-table o+u keys id=id');
  });

  test.each([
    ['orders o RIGHT JOIN users u ON o.id = u.id', 'error VS2082 [RIGHT JOIN users u ON o.id = u.id]'],
    ['orders o FULL JOIN users u ON o.id = u.id', 'error VS2082 [FULL JOIN users u ON o.id = u.id]'],
    ['users u LEFT JOIN orders o ON o.id = u.id', 'error VS2082 [LEFT JOIN orders o ON o.id = u.id]'],
    ['orders o JOIN users u ON o.id = u.id WITHIN 5s', 'warning VS2083 [5s]'],
    ['orders o JOIN users u ON o.id > u.id', 'warning VS2080 [o.id > u.id]'],
    ['trades s JOIN rates v FOR SYSTEM_TIME AS OF v.rate ON s.symbol = v.symbol', 'error VS2084 [v.rate]'],
    ['trades s JOIN rates v FOR SYSTEM_TIME AS OF s.live ON s.symbol = v.symbol', 'error VS2084 [s.live]'],
    ['trades t JOIN users t ON t.id = t.id', 'error VS2006 [users t]'],
  ])('%s: %s', (rest, problem) => {
    expect(problemsOf(`SELECT 1 AS x FROM ${rest}`)).toContain(problem);
  });
});

describe('inputs of which nothing is known', () => {
  const options = { catalog: null };

  test('WITHIN makes them streams; without it the missing bound is only mentioned', () => {
    expect(join('a JOIN b ON a.k = b.k WITHIN 5s', options)).toBe('inner stream-stream a+b keys k=k within [-5000, 5000]');
    expect(problemsOf('SELECT a.x FROM a JOIN b ON a.k = b.k', options)).toEqual(['info VS2081 [JOIN b ON a.k = b.k]']);
  });

  test('columns of both sides are found by their qualifier', () => {
    expect(bindText('SELECT a.x, b.y, a.z FROM a JOIN b ON a.k = b.k WITHIN 5s', options).problems).toEqual([]);
  });
});
