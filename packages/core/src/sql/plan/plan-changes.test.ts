import { describe, expect, test } from 'vitest';
import { find, spine } from './bound.fixture.ts';
import { codes, lines, planned, planOf } from './sql.fixture.ts';

const SUMS = 'SELECT symbol, SUM(qty) AS s FROM trades GROUP BY symbol';

describe('keys and change modes', () => {
  test('a message key is the primary key, else the group', () => {
    expect(planOf('SELECT symbol, qty PRIMARY KEY FROM trades').messageKey).toEqual([1]);
    expect(planOf(SUMS).messageKey).toEqual([0]);
    expect(planOf('SELECT SUM(qty) AS s FROM trades GROUP BY symbol')).toMatchObject({ messageKey: [1], visible: 1, key: [1] });
    expect(planOf('SELECT symbol FROM trades').messageKey).toEqual([]);
  });

  test('a projection above a grouping carries its key along, seen or not', () => {
    expect(planOf(`SELECT x.s + 1 AS y FROM (${SUMS}) x`)).toMatchObject({ visible: 1, key: [1], root: { changes: 'upsert' } });
  });

  test('EMIT FINAL above a sub-query that updates its rows gives them once, at the end', () => {
    const unbounded = { isBounded: () => false };
    const changing = [
      `SELECT x.s FROM (${SUMS}) x WHERE x.s > 1`,
      `SELECT x.s, t.qty FROM (${SUMS}) x JOIN trades t ON x.symbol = t.symbol`,
      `SELECT DISTINCT x.s FROM (${SUMS}) x`,
      'SELECT symbol FROM (SELECT symbol, ROW_NUMBER() OVER (PARTITION BY symbol ORDER BY qty DESC) AS place FROM trades) p WHERE place <= 2',
      'SELECT symbol FROM (SELECT symbol, qty FROM trades ORDER BY qty LIMIT 3 EMIT CHANGES) x',
    ];
    for (const sql of changing) {
      expect(planOf(`${sql} EMIT FINAL`), sql).toMatchObject({ key: null, root: { changes: 'append' } });
      expect(find(planOf(`${sql} EMIT FINAL`).root, 'sort'), sql).toMatchObject({ scope: 'end' });
      expect(codes(`${sql} EMIT FINAL`, unbounded), sql).toContain('VS3006');
      expect(codes(`${sql} EMIT FINAL`), sql).not.toContain('VS3006');
      expect(planOf(`${sql} EMIT CHANGES`).key, sql).not.toBeNull();
    }
  });

  test('EMIT FINAL above rows that do not change, or that late rows alone correct, gives them as they come', () => {
    const windows = `${SUMS} WINDOW TUMBLING(1m)`;
    for (const sql of ['SELECT symbol FROM trades', `SELECT x.s FROM (${windows}) x`, `SELECT x.s FROM (${SUMS} EMIT FINAL) x`])
      expect(lines(`${sql} EMIT FINAL`).join(), sql).not.toContain('Sort');
    const corrected = `SELECT x.s FROM (${windows} WITH ('allowed.lateness' = '5s')) x EMIT FINAL`;
    expect(lines(corrected).join()).not.toContain('Sort');
    expect(planOf(corrected).key).not.toBeNull();
  });

  test('DISTINCT of changing rows is known by what is seen', () => {
    const plan = planOf(`SELECT DISTINCT x.s FROM (${SUMS}) x`);
    expect(plan).toMatchObject({ key: [0], visible: 1, root: { kind: 'distinct', changes: 'retract', input: { changes: 'retract' } } });
  });

  test('DISTINCT within a window tells the rows of two windows apart', () => {
    const plan = planOf('SELECT DISTINCT SUM(qty) AS s FROM trades GROUP BY symbol WINDOW TUMBLING(1m)');
    expect(plan).toMatchObject({ visible: 1, window: [1, 2], messageKey: [], root: { kind: 'distinct', windowEnd: 2, changes: 'append' } });
    expect(plan.root.fields).toHaveLength(3);
  });

  test('DISTINCT is not ordered by what it does not show', () => {
    expect(planned('SELECT DISTINCT symbol FROM trades ORDER BY qty').problems).toMatchObject([{ code: 'VS3003', severity: 'error' }]);
    expect(planned('SELECT DISTINCT symbol FROM trades ORDER BY qty + 1').plan).toBeNull();
    expect(codes('SELECT DISTINCT symbol FROM trades ORDER BY symbol')).toEqual([]);
  });

  test('a union of changing arms is known by whole rows', () => {
    const plan = planOf(`${SUMS} UNION ALL SELECT symbol, qty FROM trades`);
    expect(plan).toMatchObject({ key: [0, 1], root: { kind: 'union', changes: 'retract' } });
    expect(planOf(`${SUMS} UNION SELECT symbol, qty FROM trades`)).toMatchObject({
      key: [0, 1],
      root: { kind: 'distinct', changes: 'retract' },
    });
  });

  test('arms of a union take the types of the whole, and EMIT of the whole', () => {
    expect(lines('SELECT qty FROM trades UNION ALL SELECT bid FROM quotes')[1]).toContain('CAST(qty AS FLOAT)');
    const plan = planOf(
      'SELECT symbol, SUM(qty) AS s FROM trades GROUP BY symbol UNION ALL SELECT symbol, SUM(qty) FROM trades GROUP BY symbol EMIT FINAL',
    );
    expect(plan.key).toBeNull();
  });

  test('OVER and raw windows refuse rows that keep changing', () => {
    expect(planned(`SELECT LAG(x.s) OVER (PARTITION BY x.symbol) AS l FROM (${SUMS}) x`).problems).toMatchObject([{ code: 'VS3002' }]);
    expect(planned(`SELECT x.s FROM (${SUMS}) x WINDOW TUMBLING(1m)`).problems).toMatchObject([{ code: 'VS3002' }]);
  });

  test('a window above changing rows knows the watermark of each row: one that is taken back may be behind it', () => {
    const windowed = (from: string) => planOf(`SELECT COUNT(*) AS n FROM ${from} x WINDOW TUMBLING(1m)`);
    expect(find(windowed(`(${SUMS})`).root, 'watermark')).toMatchObject({ perRow: true });
    expect(find(windowed('trades').root, 'watermark')).toMatchObject({ perRow: false });
  });

  test('a FULL JOIN of groups is known by whole rows: a key of NULL is like the padding', () => {
    const joined = (join: string) => planOf(`SELECT x.s, y.s AS other FROM (${SUMS}) x ${join} (${SUMS}) y ON x.symbol = y.symbol`);
    expect(joined('FULL OUTER JOIN')).toMatchObject({ key: [0, 1], visible: 2, root: { changes: 'retract' } });
    expect(joined('LEFT JOIN')).toMatchObject({ key: [2, 3], visible: 2 });
  });

  test('LIMIT counts the rows that its reader sees', () => {
    expect(planOf(`${SUMS} LIMIT 3`).root).toMatchObject({ kind: 'limit', changes: 'upsert', input: { changes: 'upsert' } });
  });

  test('a top list that changes is known by the key of its rows', () => {
    expect(planOf(`${SUMS} ORDER BY s DESC LIMIT 2 EMIT CHANGES`)).toMatchObject({
      key: [0],
      root: { kind: 'top-n', partitionBy: [], changes: 'retract' },
    });
    expect(planOf('SELECT symbol, price FROM trades ORDER BY price LIMIT 2 EMIT CHANGES')).toMatchObject({
      key: [0, 1],
      root: { changes: 'retract' },
    });
  });

  test('late corrections change rows of a window that are out already', () => {
    const windowed = (property: string): string =>
      `SELECT symbol, SUM(qty) AS s FROM trades GROUP BY symbol WINDOW TUMBLING(1m) ORDER BY s LIMIT 1 WITH (${property})`;
    expect(planOf(windowed("'allowed.lateness' = '5s'"))).toMatchObject({ root: { kind: 'sort', changes: 'upsert' }, key: [0, 2, 3] });
    expect(planOf(windowed("'late.data.strategy' = 'update_previous'")).root.changes).toBe('upsert');
    expect(planOf(windowed("'late.data.strategy' = 'drop'")).root.changes).toBe('append');
  });

  test('a reader may ask for the old rows beside the new ones', () => {
    expect(planOf(SUMS, { rootChanges: 'retract' }).root.changes).toBe('retract');
  });

  test('the output of another statement may change, with or without a key', () => {
    const changing = (key: readonly string[] | null) => ({ relationChanges: () => ({ changes: 'retract', key }) as const });
    expect(planOf('SELECT qty FROM trades', changing(['symbol']))).toMatchObject({ key: [1], root: { changes: 'retract' } });
    expect(planOf('SELECT qty FROM trades', changing(null))).toMatchObject({ key: [0], root: { changes: 'retract' } });
    expect(planOf('SELECT qty FROM trades', changing(['nowhere']))).toMatchObject({ root: { changes: 'retract' } });
  });
});

describe('order', () => {
  test('raw rows of a window are sorted window by window', () => {
    expect(planOf('SELECT price FROM trades WINDOW TUMBLING(1m) ORDER BY price').root).toMatchObject({
      kind: 'sort',
      scope: 'window',
      windowEnd: 2,
    });
  });

  test('LIMIT of a window alone is counted per window', () => {
    expect(planOf('SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol WINDOW TUMBLING(1m) LIMIT 2').root).toMatchObject({
      kind: 'limit',
      scope: 'window',
      windowEnd: 3,
    });
  });

  test('ORDER BY of constant rows and of unions sorts at the end', () => {
    expect(spine(planOf('SELECT 1 AS x UNION ALL SELECT 2 ORDER BY x DESC LIMIT 1').root)[0]).toBe('sort');
  });

  test('over an unbounded stream ORDER BY warns, and LIMIT still ends the query', () => {
    const unbounded = { isBounded: () => false };
    expect(codes('SELECT symbol FROM trades ORDER BY qty', unbounded)).toEqual(['VS3004']);
    expect(planOf('SELECT symbol FROM trades ORDER BY qty LIMIT 2', unbounded).root.kind).toBe('limit');
    expect(planOf(`${SUMS} ORDER BY s`, unbounded).root).toMatchObject({ changes: 'upsert' });
    expect(codes('SELECT rate FROM rates ORDER BY rate', unbounded)).toEqual([]);
  });
});

describe('what travels beside the rows', () => {
  test('system columns, headers and event time are asked for', () => {
    expect(planOf('SELECT page, _partition AS p FROM clicks', { consumed: false }).meta).toEqual(['_PARTITION']);
    expect(planOf("SELECT HEADER('k') AS h FROM clicks", { consumed: false }).meta).toEqual(['_headers']);
    expect(planOf('SELECT TIMESTAMP() AS t FROM clicks', { consumed: false }).meta).toEqual(['_TIMESTAMP', '_EVENT_TIME']);
    expect(planOf('SELECT page AS p, _event_time FROM clicks', { consumed: false }).meta).toEqual(['_TIMESTAMP', '_EVENT_TIME']);
    expect(find(planOf(SUMS).root, 'scan').system).toEqual(['_EVENT_TIME']);
  });

  test('a source without event time has a watermark only where one is read', () => {
    expect(spine(planOf('SELECT page FROM clicks', { consumed: false }).root)).toEqual(['scan']);
    expect(spine(planOf('SELECT page FROM clicks', { consumed: true }).root)).toContain('watermark');
    expect(find(planOf('SELECT page FROM clicks', { consumed: true }).root, 'watermark')).toMatchObject({ time: null, perRow: true });
    expect(find(planOf('SELECT page FROM clicks', { maxFutureMs: 1000, consumed: false }).root, 'watermark').maxFutureMs).toBe(1000);
  });

  test('a filter runs in the source when nobody reads the watermark', () => {
    expect(lines('SELECT symbol FROM trades WHERE qty > 5', { consumed: false }).at(-1)).toContain('filter=qty > 5');
    expect(lines('SELECT symbol FROM trades WHERE qty > 5', { consumed: true }).at(-1)).not.toContain('filter');
  });
});

describe('event time through the plan', () => {
  test('it is followed through filters, projections, OVER and table joins to its source', () => {
    const inner = 'SELECT page, at AS t, COUNT(*) OVER (PARTITION BY user) AS n FROM clicks WHERE ms > 1 LIMIT 9';
    const text = lines(`SELECT COUNT(*) AS c FROM (${inner}) x LEFT JOIN names n ON n.symbol = x.page WINDOW TUMBLING(x.t, 1m)`);
    expect(text.at(-2)?.trim()).toBe('Watermark  column=at delay=0s');
  });

  test('it reaches every arm of a union', () => {
    const text = lines(
      'SELECT COUNT(*) AS c FROM (SELECT page, at FROM clicks UNION ALL SELECT page, at FROM views) x WINDOW TUMBLING(at, 1m)',
    );
    expect(text.filter((line) => line.includes('Watermark  column=at'))).toHaveLength(2);
  });

  test('a union with one arm that computes its times gets a watermark above', () => {
    const text = lines(
      'SELECT COUNT(*) AS c FROM (SELECT at FROM clicks UNION ALL SELECT MAX(at) AS at FROM views GROUP BY page) x WINDOW TUMBLING(at, 1m)',
    );
    expect(text.findIndex((line) => line.includes('Watermark  column=at'))).toBeLessThan(text.findIndex((line) => line.includes('Union')));
  });

  test('a projection that sets the event time itself keeps it below', () => {
    const text = lines('SELECT COUNT(*) AS c FROM (SELECT ms, at AS _EVENT_TIME FROM clicks) x WINDOW TUMBLING(ms, 1m)');
    expect(text.findIndex((line) => line.includes('Watermark  column=ms'))).toBeLessThan(
      text.findIndex((line) => line.includes('event-time=at')),
    );
  });

  test('the message time may be the event time; _EVENT_TIME is it already', () => {
    expect(lines('SELECT COUNT(*) AS c FROM clicks WINDOW TUMBLING(_timestamp, 1m)').at(-2)?.trim()).toBe(
      'Watermark  time=_TIMESTAMP delay=0s',
    );
    expect(lines('SELECT COUNT(*) AS c FROM clicks WINDOW TUMBLING(_event_time, 1m)').at(-2)?.trim()).toBe('Watermark  delay=0s');
  });

  test('a conflict with the declared time names both', () => {
    expect(planned('SELECT COUNT(*) AS c FROM trades WINDOW TUMBLING(qty, 1m)').problems[0]?.message).toBe(
      'the window runs on "qty", but the event time of "trades" is declared as "ts"',
    );
    expect(planned('SELECT COUNT(*) AS c FROM trades WINDOW TUMBLING(_timestamp, 1m)').problems[0]?.message).toContain('"_TIMESTAMP"');
    expect(codes('SELECT COUNT(*) AS c FROM trades WINDOW TUMBLING(ts, 1m)')).toEqual([]);
  });

  test('settings of WITH reach the watermark', () => {
    const sql =
      "SELECT COUNT(*) AS c FROM clicks WINDOW TUMBLING(at, 1m) WITH ('watermark.max_out_of_orderness' = '5s', 'watermark.idle_timeout' = '1m')";
    expect(find(planOf(sql).root, 'watermark')).toMatchObject({ delayMs: 5000, idleTimeoutMs: 60_000 });
  });
});

describe('fingerprint', () => {
  const print = (sql: string): string => planOf(sql).fingerprint;

  test('does not depend on layout or names of the result', () => {
    expect(print('SELECT  symbol AS a FROM trades -- why')).toBe(print('SELECT symbol AS b FROM trades'));
  });

  test.each([
    'SELECT symbol FROM trades WHERE qty > 1',
    'SELECT symbol FROM trades WHERE qty > 2',
    "SELECT symbol FROM trades WHERE symbol = '1'",
    'SELECT symbol FROM quotes',
    'SELECT symbol, SUM(qty) FROM trades GROUP BY symbol',
    'SELECT symbol, SUM(qty) FROM trades GROUP BY symbol EMIT FINAL',
    'SELECT symbol, SUM(DISTINCT qty) FROM trades GROUP BY symbol',
    'SELECT symbol, SUM(qty) FROM trades GROUP BY symbol WINDOW TUMBLING(1m)',
    'SELECT symbol, SUM(qty) FROM trades GROUP BY symbol WINDOW SLIDING(1m, 1s)',
    'SELECT symbol, SUM(qty) FROM trades GROUP BY symbol WINDOW SESSION(1m)',
    'SELECT symbol FROM trades WINDOW TUMBLING(1m)',
    'SELECT LAG(qty) OVER (PARTITION BY symbol) FROM trades',
    'SELECT symbol FROM trades LIMIT 1',
    'SELECT symbol FROM trades ORDER BY qty',
    'SELECT symbol FROM trades ORDER BY qty LIMIT 1 EMIT CHANGES',
    'SELECT DISTINCT symbol FROM trades',
    'SELECT symbol FROM trades UNION ALL SELECT symbol FROM quotes',
    'SELECT t.symbol FROM trades t JOIN quotes q ON t.symbol = q.symbol WITHIN 1s',
    'SELECT t.symbol FROM trades t JOIN quotes q ON t.symbol = q.symbol WINDOW TUMBLING(1m)',
    'SELECT t.symbol FROM trades t JOIN rates r ON t.symbol = r.symbol',
    'SELECT t.symbol FROM trades t JOIN quotes q FOR SYSTEM_TIME AS OF t.ts ON t.symbol = q.symbol',
    'SELECT symbol FROM trades WHERE symbol IN (SELECT symbol FROM rates)',
    'SELECT 1',
  ])('tells %s from every other', (sql) => {
    seen.set(print(sql), sql);
    expect(seen.get(print(sql))).toBe(sql);
    expect(seen.size).toBe(++told);
  });
  const seen = new Map<string, string>();
  let told = 0;
});
