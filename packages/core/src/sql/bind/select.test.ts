import { describe, expect, test } from 'vitest';
import { bindText, fieldsOf, queryOf, selectOf, shapeOf } from './bind.fixture.ts';

describe('output columns', () => {
  test.each([
    ['SELECT * FROM trades', 'symbol STRING!, price DECIMAL(10, 2), qty INTEGER, fee FLOAT, side STRING, live BOOLEAN, ts TIMESTAMP!'],
    ['SELECT * EXCEPT (price, fee, side, live) FROM trades', 'symbol STRING!, qty INTEGER, ts TIMESTAMP!'],
    ['SELECT t.symbol, t.qty AS n FROM trades t', 'symbol STRING!, n INTEGER'],
    ['SELECT trades.symbol FROM trades t', 'symbol STRING!'],
    ['SELECT COUNT(*), COUNT( DISTINCT  symbol ) FROM trades', 'count(*) INTEGER!, count( distinct symbol ) INTEGER!'],
    ['SELECT CASE WHEN live THEN 1 END, qty + 1, ABS(qty) FROM trades', 'case_expr INTEGER, expr_2 INTEGER, abs(qty) INTEGER'],
    ["SELECT 1, 'x' AS y", 'expr_1 INTEGER!, y STRING!'],
    ['SELECT who.name, doc.a.b FROM nested', 'name STRING, b ANY'],
    ['SELECT _Event_time AS at, _offset FROM trades', 'at INTEGER!, _offset INTEGER'],
    [
      'SELECT *, qty * 2 AS qty FROM orders o JOIN trades t ON o.symbol = t.symbol WITHIN 5m',
      'id INTEGER!, symbol STRING, amount DECIMAL(12, 4), placed INTEGER, note STRING, t_symbol STRING!, price DECIMAL(10, 2), qty INTEGER, fee FLOAT, side STRING, live BOOLEAN, ts TIMESTAMP!',
    ],
    ['SELECT u.* FROM orders o LEFT JOIN users u ON o.id = u.id', 'id INTEGER, name STRING, tier STRING, since TIMESTAMP'],
    ['SELECT symbol AS a, qty AS a FROM trades', 'a INTEGER'],
    ['SELECT `symbol` FROM trades', 'symbol STRING!'],
    [
      'SELECT COALESCE(qty, 0) AS n, qty IS NULL AS e, qty + 1 AS p, live AND TRUE AS l FROM trades',
      'n INTEGER!, e BOOLEAN!, p INTEGER, l BOOLEAN',
    ],
    [
      'SELECT symbol = symbol AS a, symbol || symbol AS b, symbol LIKE symbol AS c, NOT (symbol = symbol) AS d FROM trades',
      'a BOOLEAN!, b STRING!, c BOOLEAN!, d BOOLEAN!',
    ],
    [
      'SELECT CAST(symbol AS INTEGER) AS a, TRY_CAST(symbol AS INTEGER) AS b, CASE WHEN live THEN 1 ELSE 2 END AS c FROM trades',
      'a INTEGER!, b INTEGER, c INTEGER!',
    ],
    ['SELECT EXISTS (SELECT 1 FROM users) AS e, (SELECT MAX(id) FROM users) AS m FROM trades', 'e BOOLEAN!, m INTEGER'],
  ])('%s', (sql, fields) => {
    expect(fieldsOf(sql)).toBe(fields);
  });

  test('a column named __proto__ is data', () => {
    expect(fieldsOf('SELECT qty AS __proto__ FROM trades')).toBe('__proto__ INTEGER');
  });
});

describe('alias reuse', () => {
  test('an item sees the aliases to its left before columns', () => {
    expect(shapeOf('SELECT qty * 2 AS qty, qty + 1 AS more FROM trades')).toEqual(['items qty=qty * 2, more=qty * 2 + 1']);
  });

  test('aliases of aggregates are reused without computing twice', () => {
    expect(shapeOf('SELECT side, SUM(qty) AS s, s / 2 AS half, SUM(qty) AS again FROM trades GROUP BY side')).toEqual([
      'items side=side, s=sum(qty), half=CAST(sum(qty) AS FLOAT) / 2, again=sum(qty)',
      'group side | sum(qty)',
      'key side=side',
    ]);
  });

  test('HAVING and ORDER BY see aliases', () => {
    expect(shapeOf('SELECT side AS k, SUM(qty) AS s FROM trades GROUP BY side HAVING s > 5 ORDER BY s DESC, k LIMIT 3')).toEqual([
      'items k=side, s=sum(qty)',
      'group side | sum(qty)',
      'having sum(qty) > 5',
      'order sum(qty) DESC, side',
      'key k=side',
    ]);
  });

  test('GROUP BY takes a column before an alias', () => {
    expect(shapeOf('SELECT UPPER(side) AS side, COUNT(*) AS n FROM trades GROUP BY side')[1]).toBe('group side | count(*)');
    expect(shapeOf('SELECT UPPER(side) AS s, COUNT(*) AS n FROM trades GROUP BY s')).toEqual([
      'items s=key_1, n=count(*)',
      'group upper(side) | count(*)',
      'key s=key_1',
    ]);
  });
});

describe('grouping', () => {
  test('an expression is found again by its structure, whatever the qualifier', () => {
    expect(shapeOf('SELECT t.qty % 10 AS k, MAX(fee) AS m FROM trades t GROUP BY qty % 10')).toEqual([
      'items k=key_1, m=max(fee)',
      'group qty % 10 | max(fee)',
      'key k=key_1',
    ]);
  });

  test('positions name items of GROUP BY and ORDER BY', () => {
    expect(shapeOf('SELECT side, COUNT(*) AS n FROM trades GROUP BY 1 ORDER BY 2 DESC LIMIT 1')).toEqual([
      'items side=side, n=count(*)',
      'group side | count(*)',
      'order count(*) DESC',
      'key side=side',
    ]);
  });

  test('a column that is neither grouped nor aggregated is the first of its group', () => {
    const sql = 'SELECT side, fee * 2 AS f, COUNT(*) AS n FROM trades GROUP BY side';
    expect(shapeOf(sql)[0]).toMatch(/^items side=side, f=first_arrived\(fee\) \* 2, n=count\(\*\)$/);
    expect(bindText(sql).problems.map((p) => p.code)).toContain('VS2061');
  });

  test('a star in a grouped query means the group columns', () => {
    expect(fieldsOf('SELECT *, COUNT(*) AS n FROM trades GROUP BY side, symbol')).toBe('side STRING, symbol STRING!, n INTEGER!');
  });

  test('aggregates in HAVING and ORDER BY need not be selected', () => {
    expect(shapeOf('SELECT side FROM trades GROUP BY side HAVING COUNT(*) > 1 AND MAX(qty) < 9 ORDER BY MIN(fee) LIMIT 2')).toEqual([
      'items side=side',
      'group side | count(*), max(qty), min(fee)',
      'having count(*) > 1 AND max(qty) < 9',
      'order min(fee)',
      'key side=side',
    ]);
  });

  test('aggregates take DISTINCT, FILTER and WITHIN GROUP', () => {
    expect(
      shapeOf(
        'SELECT COUNT(DISTINCT side) AS a, SUM(qty) FILTER (WHERE live) AS b, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY fee DESC) AS c, STRING_AGG(side, $) AS d FROM trades GROUP BY symbol'.replace(
          '$',
          "';'",
        ),
      )[1],
    ).toMatch(
      /^group symbol \| count\(distinct side\), sum\(qty\) filter \(where live\), percentile_cont\(fee, 0.5\), (string_agg|listagg)\(side, ';'\)$/,
    );
    const [, , percentile] = selectOf(
      'SELECT COUNT(*) AS a, MAX(fee) AS b, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY fee DESC) AS c FROM trades',
    ).group!.aggregates;
    expect(percentile?.descending).toBe(true);
  });

  test('DECIMAL sums stay exact and averages are FLOAT', () => {
    expect(fieldsOf('SELECT SUM(price) AS s, AVG(price) AS a, MIN(ts) AS t, SUM(qty) AS q FROM trades')).toMatch(
      /^s DECIMAL\(\d+, 2\), a FLOAT, t TIMESTAMP, q INTEGER$/,
    );
  });

  test('a constant query has one row and no input', () => {
    const q = selectOf('SELECT 1 + 1 AS two');
    expect([q.from, q.group]).toEqual([null, null]);
  });
});

describe('windows', () => {
  const window = (clause: string) => selectOf(`SELECT side, COUNT(*) AS n FROM trades GROUP BY side WINDOW ${clause}`).group?.window;

  test.each([
    ['TUMBLING(5m)', { kind: 'tumbling', sizeMs: 300_000, time: null }],
    ['TUMBLING(5)', { kind: 'tumbling', sizeMs: 5_000, time: null }],
    ["TUMBLING(INTERVAL '2' HOUR)", { kind: 'tumbling', sizeMs: 7_200_000, time: null }],
    ['SLIDING(10m, 5m)', { kind: 'sliding', sizeMs: 600_000, advanceMs: 300_000 }],
    ['HOPPING(SIZE 10 MINUTES, ADVANCE BY 1 MINUTE)', { kind: 'sliding', sizeMs: 600_000, advanceMs: 60_000 }],
    ['SESSION(30s)', { kind: 'session', gapMs: 30_000 }],
  ])('%s', (clause, expected) => {
    expect(window(clause)).toMatchObject(expected);
  });

  test('the time column stays an expression; text is read as ISO', () => {
    expect(window('TUMBLING(qty, 5s)')?.time).toMatchObject({ kind: 'column', name: 'qty' });
    expect(window('TUMBLING(_timestamp, 5s)')?.time).toMatchObject({ kind: 'system', name: '_TIMESTAMP' });
    expect(window('TUMBLING(side, 5s)')?.time).toMatchObject({ kind: 'cast', type: { kind: 'timestamp' } });
    expect(window('TUMBLING(trades.ts, 5s)')?.time).toMatchObject({ kind: 'column', name: 'ts' });
  });

  test('window bounds are columns behind the keys', () => {
    const sql =
      'SELECT side, window_start AS s, _WINDOW_END AS e, TUMBLE_START() AS t, SESSION_DURATION() AS d, COUNT(*) AS n FROM trades GROUP BY side, _window_start WINDOW TUMBLING(5s)';
    expect(shapeOf(sql)).toEqual([
      'items side=side, s=_window_start, e=_window_end, t=_window_start, d=_window_end - _window_start, n=count(*)',
      'group side | count(*)',
      'key side=side',
    ]);
    expect(selectOf(sql).items.map((i) => ('index' in i.expr ? i.expr.index : null))).toEqual([0, 1, 2, 1, null, 3]);
  });

  test('a window without keys and aggregates passes rows with the bounds behind them', () => {
    const q = selectOf('SELECT symbol, _window_end AS e FROM trades WINDOW TUMBLING(5s)');
    expect(q.group).toMatchObject({ rows: true, keys: [], aggregates: [] });
    expect(q.items.map((i) => ('index' in i.expr ? i.expr.index : null))).toEqual([0, 8]);
    expect(q.fields.map((f) => f.nullable)).toEqual([false, false]);
  });

  test('the key column of a session is one more key', () => {
    expect(shapeOf('SELECT side, COUNT(*) AS n FROM trades GROUP BY side WINDOW SESSION(ts, 5s, symbol)')[1]).toBe(
      'group side, symbol | count(*)',
    );
    expect(selectOf('SELECT side FROM trades WINDOW SESSION(ts, 5s, symbol)').group).toMatchObject({
      rows: true,
      keys: [{ name: 'symbol' }],
    });
  });

  test('time settings come from WITH', () => {
    const time = (properties: string, compat?: 'velostream') =>
      selectOf(
        `SELECT side, COUNT(*) AS n FROM trades GROUP BY side WINDOW TUMBLING(10s) WITH (${properties})`,
        compat === undefined ? {} : { compat },
      ).time;
    expect(time("'a' = 'b'")).toEqual({ watermarkDelayMs: null, allowedLatenessMs: 0, late: 'drop', idleTimeoutMs: null, maxGroups: null });
    expect(
      time(
        "'trades.watermark.max_out_of_orderness' = '5s', 'allowed.lateness' = '1 m', 'late.data.strategy' = 'dead_letter', 'max.groups' = 10, 'watermark.idle_timeout' = '30s'",
      ),
    ).toEqual({ watermarkDelayMs: 5_000, allowedLatenessMs: 60_000, late: 'dead-letter', idleTimeoutMs: 30_000, maxGroups: 10 });
    expect(time("'watermark.strategy' = 'ascending', 'allowed_lateness_ms' = '250'")).toMatchObject({
      watermarkDelayMs: 0,
      allowedLatenessMs: 250,
    });
    expect(time("'a' = 'b'", 'velostream').allowedLatenessMs).toBe(5_000);
  });

  test('event.time.field sets the event time of the input', () => {
    const { from } = selectOf("SELECT id FROM orders WITH ('event.time.field' = 'placed')");
    expect(from).toMatchObject({
      kind: 'relation',
      relation: { eventTime: 'placed' },
      properties: new Map([['event.time.field', 'placed']]),
    });
  });
});

describe('OVER', () => {
  test('each call is a column behind the input row, equal calls share it', () => {
    const sql =
      'SELECT symbol, qty - LAG(qty) OVER (PARTITION BY symbol ORDER BY ts) AS d, LAG(qty) OVER (PARTITION BY symbol ORDER BY ts) AS p, AVG(fee) OVER (PARTITION BY symbol ORDER BY ts ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS a FROM trades';
    const q = selectOf(sql);
    expect(q.over).toHaveLength(2);
    expect(shapeOf(sql)[1]).toBe(
      'over lag(qty) OVER (PARTITION BY symbol ORDER BY ts), avg(fee) OVER (PARTITION BY symbol ORDER BY ts ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)',
    );
    expect(q.items[3]!.expr).toMatchObject({ kind: 'column', index: 8 });
  });

  test.each([
    [
      'LAG(qty) OVER (ORDER BY ts)',
      { bufferRows: 1_000, frame: { unit: 'rows', start: Number.NEGATIVE_INFINITY, end: 0 }, emit: 'every-record', expireAfterMs: null },
    ],
    ['LAG(qty, 1500) OVER (ORDER BY ts)', { bufferRows: 1_501 }],
    ['SUM(qty) OVER (ROWS 2000 PRECEDING)', { bufferRows: 2_001, frame: { unit: 'rows', start: -2_000, end: 0 } }],
    ['SUM(qty) OVER (ROWS BETWEEN 3 PRECEDING AND 1 FOLLOWING)', { frame: { unit: 'rows', start: -3, end: 1 } }],
    [
      'SUM(qty) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)',
      { frame: { unit: 'rows', start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY } },
    ],
    [
      "SUM(qty) OVER (ORDER BY ts RANGE BETWEEN INTERVAL '5' SECOND PRECEDING AND CURRENT ROW)",
      { frame: { unit: 'range', start: -5_000, end: 0 } },
    ],
    ['SUM(qty) OVER (ORDER BY fee RANGE BETWEEN 5 PRECEDING AND 2 FOLLOWING)', { frame: { unit: 'range', start: -5, end: 2 } }],
    ['ROW_NUMBER() OVER (ROWS WINDOW BUFFER 7 ROWS PARTITION BY symbol)', { bufferRows: 7 }],
    ['MAX(qty) OVER (ROWS WINDOW BUFFER 7 ROWS EMIT ON BUFFER FULL)', { emit: 'on-buffer-full' }],
    ["MAX(qty) OVER (PARTITION BY symbol EXPIRE AFTER INTERVAL '5' MINUTE INACTIVITY)", { expireAfterMs: 300_000 }],
    ['MAX(qty) OVER (PARTITION BY symbol EXPIRE AFTER NEVER)', { expireAfterMs: null }],
    ['COUNT(DISTINCT side) OVER (PARTITION BY symbol)', { distinct: true }],
    ['SUM(qty) FILTER (WHERE live) OVER (PARTITION BY symbol)', { filter: { kind: 'column', name: 'live' } }],
  ])('%s', (call, expected) => {
    expect(selectOf(`SELECT ${call} AS x FROM trades`).over[0]).toMatchObject(expected);
  });

  test('buffers expire after a minute under compat velostream', () => {
    expect(selectOf('SELECT LAG(qty) OVER (ORDER BY ts) AS x FROM trades', { compat: 'velostream' }).over[0]?.expireAfterMs).toBe(60_000);
  });

  test('in a grouped query it is the value of the latest row, without a warning', () => {
    const sql = 'SELECT side, COUNT(*) AS n, RANK() OVER (ORDER BY ts) AS r FROM trades GROUP BY side WINDOW TUMBLING(5s)';
    expect(shapeOf(sql)).toEqual([
      'items side=side, n=count(*), r=last_value(rank() OVER (ORDER BY ts))',
      'over rank() OVER (ORDER BY ts)',
      'group side | count(*), last_value(rank() OVER (ORDER BY ts))',
      'key side=side',
    ]);
    expect(bindText(sql).problems).toEqual([]);
  });

  test('an alias of OVER may be filtered with HAVING', () => {
    expect(shapeOf('SELECT qty, LAG(qty) OVER (ORDER BY ts) AS p FROM trades HAVING p > 1')).toContain(
      'having lag(qty) OVER (ORDER BY ts) > 1',
    );
  });
});

describe('keys, event time and clauses at the end', () => {
  test('PRIMARY KEY items make the message key in list order', () => {
    expect(
      shapeOf('SELECT qty, side PRIMARY KEY, symbol AS s PRIMARY KEY, COUNT(*) AS n FROM trades GROUP BY side, symbol, qty').at(-1),
    ).toBe('key side=side, s=symbol');
  });

  test('without them GROUP BY keys do, by the name of their item or column', () => {
    expect(shapeOf('SELECT COUNT(*) AS n, side AS s FROM trades GROUP BY side, symbol, qty % 2').at(-1)).toBe(
      'key s=side, symbol=symbol, key_3=key_3',
    );
  });

  test('AS _EVENT_TIME sets the event time and is no column', () => {
    expect(fieldsOf('SELECT symbol, ts AS _event_time FROM trades')).toBe('symbol STRING!');
    expect(shapeOf('SELECT symbol, ts AS _EVENT_TIME FROM trades')).toContain('event time ts');
    expect(shapeOf('SELECT symbol, _EVENT_TIME FROM trades')).toContain('event time _EVENT_TIME');
  });

  test('ORDER BY keeps direction and place of NULLs', () => {
    expect(shapeOf('SELECT qty FROM trades ORDER BY qty DESC NULLS FIRST, fee, side NULLS LAST LIMIT 5')[1]).toBe(
      'order qty DESC NULLS FIRST, fee, side NULLS LAST',
    );
    expect(selectOf('SELECT qty FROM trades LIMIT 5 OFFSET 2').limit).toEqual({ count: 5, offset: 2 });
  });

  test('EMIT is kept as written', () => {
    expect(selectOf('SELECT side, COUNT(*) AS n FROM trades GROUP BY side EMIT CHANGES').emit).toBe('changes');
    expect(selectOf('SELECT side, COUNT(*) AS n FROM trades GROUP BY side WINDOW TUMBLING(5s) EMIT FINAL').emit).toBe('final');
    expect(selectOf('SELECT side FROM trades').emit).toBeNull();
    expect(selectOf('SELECT DISTINCT side FROM trades').distinct).toBe(true);
  });
});

describe('FROM', () => {
  test('a derived table and a common table are bound in place', () => {
    expect(fieldsOf('SELECT d.n, x FROM (SELECT qty AS n, fee AS x FROM trades) d WHERE n > 1')).toBe('n INTEGER, x FLOAT');
    expect(
      fieldsOf(
        'WITH a AS (SELECT qty AS n FROM trades), b AS (SELECT n + 1 AS m FROM a) SELECT b.m, a.n FROM a JOIN b ON a.n = b.m WITHIN 1m',
      ),
    ).toBe('m INTEGER, n INTEGER');
  });

  test('a common table hides a stream of its name, but not in itself', () => {
    expect(fieldsOf('WITH trades AS (SELECT qty AS n FROM trades) SELECT * FROM trades')).toBe('n INTEGER');
  });

  test('a URI is named by its last part and has any columns', () => {
    const q = selectOf("SELECT rides.fare, dist FROM 'file:///data/rides.csv' WHERE fare > 1");
    expect(q.from).toMatchObject({
      kind: 'relation',
      alias: 'rides',
      uri: 'file:///data/rides.csv',
      fields: [{ name: 'fare' }, { name: 'dist' }],
    });
  });

  test('a source function is a URI', () => {
    expect(selectOf("SELECT a FROM kafka_topic('rides') r").from).toMatchObject({ alias: 'r', uri: 'kafka://localhost:9092/rides' });
    expect(selectOf("SELECT a FROM file('/data/x.csv')").from).toMatchObject({ uri: 'file:///data/x.csv' });
  });

  test('a name that WITH configures need not be in the catalog', () => {
    const q = selectOf("SELECT a, b.c FROM rides b WITH ('type' = 'file_source', 'path' = 'x')");
    expect(q.from).toMatchObject({
      relation: { name: 'rides', open: true, origin: 'assumed' },
      properties: new Map([
        ['type', 'file_source'],
        ['path', 'x'],
      ]),
    });
  });

  test('without a catalog every name is taken as it is', () => {
    const options = { catalog: null };
    expect(fieldsOf('SELECT a, b + 1 AS c FROM anything WHERE d > 1', options)).toBe('a ANY, c ANY');
    expect(fieldsOf('SELECT x.a, y.b FROM x JOIN y ON x.k = y.k WITHIN 5m', options)).toBe('a ANY, b ANY');
    expect(fieldsOf('SELECT a, n FROM (SELECT *, b AS n FROM x WHERE c) d', options)).toBe('a ANY, n ANY');
    expect(fieldsOf('SELECT payload.user.name AS u FROM x', options)).toBe('u ANY');
    expect(selectOf('SELECT a FROM (SELECT * FROM x) d WHERE b > 1', options).from).toMatchObject({
      query: { fields: [{ name: 'b' }, { name: 'a' }] },
    });
  });
});

describe('UNION', () => {
  test('columns get one type, names come from the first arm', () => {
    expect(fieldsOf('SELECT symbol, qty AS v FROM trades UNION ALL SELECT note, amount FROM orders')).toBe(
      'symbol STRING, v DECIMAL(23, 4)',
    );
    const q = queryOf('SELECT qty AS v FROM trades UNION ALL SELECT fee FROM trades');
    expect(q).toMatchObject({
      kind: 'union',
      all: true,
      arms: [{ items: [{ expr: { kind: 'cast' } }] }, { items: [{ expr: { kind: 'column' } }] }],
    });
  });

  test('a chain of one kind is one node; UNION and UNION ALL do not mix', () => {
    expect(queryOf('SELECT 1 AS a UNION ALL SELECT 2 UNION ALL SELECT 3')).toMatchObject({ arms: [{}, {}, {}] });
    expect(queryOf('SELECT 1 AS a UNION SELECT 2 UNION ALL SELECT 3')).toMatchObject({
      all: true,
      arms: [{ kind: 'union', all: false }, { kind: 'select' }],
    });
  });

  test('ORDER BY and LIMIT belong to the whole and see its columns', () => {
    expect(queryOf('SELECT qty AS v FROM trades UNION SELECT id FROM orders ORDER BY v DESC, 1 LIMIT 3 EMIT FINAL')).toMatchObject({
      orderBy: [
        { descending: true, expr: { index: 0 } },
        { descending: false, expr: { index: 0 } },
      ],
      limit: { count: 3, offset: 0 },
      emit: 'final',
    });
  });

  test('a union can be read from', () => {
    expect(fieldsOf('SELECT MAX(v) AS m FROM (SELECT qty AS v FROM trades UNION ALL SELECT fee FROM trades) u')).toBe('m FLOAT');
  });
});
