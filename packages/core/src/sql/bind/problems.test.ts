import { describe, expect, test } from 'vitest';
import { parse } from '../syntax/index.ts';
import { bindText, CATALOG, problemsOf } from './bind.fixture.ts';
import { bindStatement } from './bind-statement.ts';

type Case = readonly [sql: string, ...problems: string[]];

const check = (cases: readonly Case[]): void => {
  test.each(cases.map(([sql, ...problems]) => ({ sql, problems })))('$sql', ({ sql, problems }) => {
    expect(problemsOf(sql)).toEqual(problems);
  });
};

const hintOf = (sql: string): string | undefined => bindText(sql).problems[0]?.hint;
const messageOf = (sql: string): string | undefined => bindText(sql).problems[0]?.message;

describe('names', () => {
  check([
    ['SELECT a FROM trdaes', 'error VS2001 [trdaes]'],
    ['SELECT symbol FROM trades JOIN nothing n ON n.a = trades.symbol WITHIN 1s', 'error VS2001 [nothing]'],
    ['SELECT x.price FROM trades t', 'error VS2002 [x]'],
    ['SELECT x.* FROM trades t', 'error VS2002 [x]'],
    ['SELECT symbol FROM trades t JOIN quotes q ON t.symbol = q.symbol WITHIN 1s', 'error VS2003 [symbol]'],
    ['SELECT pirce FROM trades', 'error VS2004 [pirce]'],
    ['SELECT t.pirce FROM trades t', 'error VS2004 [pirce]'],
    ['SELECT Price FROM trades', 'error VS2004 [Price]'],
    ['SELECT trades.qty FROM trades a JOIN trades b ON a.qty = b.qty WITHIN 1s', 'error VS2002 [trades]'],
    ['SELECT 1 AS x WINDOW TUMBLING(5s)', 'error VS2005 [WINDOW TUMBLING(5s)]'],
    ['SELECT WINDOW_START() AS x', 'error VS2005 [WINDOW_START()]'],
    ['SELECT * EXCEPT (pirce) FROM trades', 'error VS2004 [pirce]'],
    ['SELECT d.fee FROM (SELECT symbol FROM trades) d', 'error VS2004 [fee]'],
    ['SELECT qty * 2 AS d FROM trades WHERE d > 1', 'error VS2009 [d]'],
    ['SELECT b + 1 AS a, qty AS b FROM trades', 'error VS2010 [b]'],
    ['SELECT qty AS n, fee AS n FROM trades', 'warning VS2011 [n]'],
    ['SELECT t.symbol, q.symbol FROM trades t JOIN quotes q ON t.symbol = q.symbol WITHIN 1s', 'warning VS2011 [q.symbol]'],
    ['SELECT symbol FROM trades ORDER BY 2 LIMIT 1', 'error VS2015 [2]'],
    ['SELECT symbol FROM trades GROUP BY 3', 'error VS2015 [3]', 'info VS2064 [3]', 'warning VS2061 [symbol]'],
    ['SELECT qty + 1 PRIMARY KEY FROM trades', 'error VS2016 [qty + 1 PRIMARY KEY]'],
    ['SELECT qty + 1 AS k PRIMARY KEY, symbol PRIMARY KEY FROM trades'],
  ]);

  test('hints name what was probably meant, else what there is', () => {
    expect(hintOf('SELECT pirce FROM trades')).toBe('Did you mean "price"?');
    expect(hintOf('SELECT Price FROM trades')).toBe('Did you mean "price"?');
    expect(hintOf('SELECT t.sdie FROM trades t')).toBe('Did you mean "side"?');
    expect(hintOf('SELECT zzzzzz FROM quotes')).toBe('Columns in scope: symbol, bid, ask, at.');
    expect(hintOf('SELECT a FROM trdaes')).toBe('Did you mean "trades"?');
    expect(hintOf('SELECT a FROM zzzzzz')).toBe('Known streams and tables: trades, quotes, orders, nested, users, rates.');
    expect(hintOf('SELECT tt.qty FROM trades t')).toBe('Did you mean "t"?');
    expect(hintOf('SELECT symbol FROM trades t JOIN quotes q ON t.symbol = q.symbol WITHIN 1s')).toBe('Write one of t.symbol, q.symbol.');
    expect(hintOf('SELECT zzzzzz FROM trades t JOIN quotes q ON t.symbol = q.symbol WITHIN 1s')).toBe(
      'Columns in scope: t.symbol, t.price, t.qty, t.fee, t.side, t.live, t.ts, q.symbol, q.bid, q.ask, q.at.',
    );
  });

  test('an undeclared alias over an input with unknown columns is read as nested data, with a warning', () => {
    const relation = { ...CATALOG.find('trades')!, open: true };
    const catalog = { find: () => relation, names: () => ['trades'] };
    expect(problemsOf('SELECT x.price FROM trades t', { catalog })).toEqual(['warning VS2014 [x]']);
    expect(problemsOf('SELECT x.price FROM trades', { catalog })).toEqual([]);
    expect(problemsOf('SELECT qty * 2 AS d FROM trades WHERE d > 1', { catalog })).toEqual(['warning VS2009 [d]']);
  });
});

describe('types', () => {
  check([
    ['SELECT qty + side AS x FROM trades', 'error VS2021 [qty + side]'],
    ['SELECT live * 2 AS x FROM trades', 'error VS2021 [live * 2]'],
    ['SELECT ts * 2 AS x FROM trades', 'error VS2021 [ts * 2]'],
    ['SELECT ts + ts AS x FROM trades', 'error VS2021 [ts + ts]'],
    ["SELECT INTERVAL '1' DAY - ts AS x FROM trades", "error VS2021 [INTERVAL '1' DAY - ts]"],
    ["SELECT INTERVAL '1' DAY * INTERVAL '1' DAY AS x FROM trades", "error VS2021 [INTERVAL '1' DAY * INTERVAL '1' DAY]"],
    ['SELECT live > 5 AS x FROM trades', 'error VS2021 [live > 5]'],
    ['SELECT side < 5 AS x FROM trades', 'error VS2021 [side < 5]'],
    ['SELECT tags < tags AS x FROM nested', 'error VS2021 [tags < tags]'],
    ["SELECT tags['a'] AS x FROM nested", "error VS2021 [tags['a']]"],
    ['SELECT attrs[1] AS x FROM nested', 'error VS2021 [attrs[1]]'],
    ['SELECT -side AS x FROM trades', 'error VS2022 [-side]'],
    ["SELECT qty LIKE '1%' AS x FROM trades", 'error VS2022 [qty]'],
    ['SELECT side LIKE 5 AS x FROM trades', 'error VS2022 [5]'],
    ['SELECT symbol = 5 AS x FROM trades', 'warning VS2023 [symbol = 5]'],
    ['SELECT live IN (TRUE, 5) AS x FROM trades', 'warning VS2023 [5]'],
    ['SELECT CAST(tags AS INTEGER) AS x FROM nested', 'error VS2024 [CAST(tags AS INTEGER)]'],
    ['SELECT CAST(live AS TIMESTAMP) AS x FROM trades', 'error VS2024 [CAST(live AS TIMESTAMP)]'],
    ['SELECT CASE WHEN live THEN 1 ELSE side END AS x FROM trades', 'error VS2025 [side]'],
    ['SELECT COALESCE(qty, side) AS x FROM trades', 'error VS2025 [side]'],
    ['SELECT qty BETWEEN live AND 2 AS x FROM trades', 'error VS2025 [qty BETWEEN live AND 2]'],
    ['SELECT [1, side] AS x FROM trades', 'error VS2025 [side]'],
    ['SELECT qty FROM trades WHERE ts', 'error VS2026 [ts]'],
    ["SELECT qty FROM trades WHERE NOT INTERVAL '5' SECOND", "error VS2026 [INTERVAL '5' SECOND]"],
    ['SELECT CASE WHEN ts THEN 1 END AS x FROM trades', 'error VS2026 [ts]'],
    ['SELECT qty.a AS x FROM trades', 'error VS2027 [a]'],
    ['SELECT raw[1] AS x FROM nested', 'error VS2027 [raw[1]]'],
    ['SELECT (qty, side) IN ((1, 2, 3)) AS x FROM trades', 'error VS2028 [(1, 2, 3)]'],
    ['SELECT (qty, side) IN (1) AS x FROM trades', 'error VS2028 [1]'],
    ["SELECT DATE '2025-13-01' AS x FROM trades", "error VS2029 [DATE '2025-13-01']"],
    ["SELECT qty FROM trades WHERE ts > 'soon'", "error VS2029 ['soon']"],
    ["SELECT qty FROM trades WHERE qty BETWEEN 'a' AND 'b'", "error VS2029 ['a']", "error VS2029 ['b']"],
    ["SELECT EXTRACT(HOUR FROM 'noon') AS x FROM trades", "error VS2029 ['noon']"],
    ["SELECT CAST('x' AS INTEGER) + 1 AS x FROM trades", "warning VS2029 [CAST('x' AS INTEGER)]"],
    ["SELECT TRY_CAST('x' AS INTEGER) AS x FROM trades"],
    ["SELECT side LIKE 'a' ESCAPE 'xy' AS x FROM trades", "error VS2103 ['xy']"],
  ]);

  test('text and numbers joined with + point to ||', () => {
    expect(hintOf('SELECT qty + side AS x FROM trades')).toBe('Join text with ||.');
    expect(hintOf('SELECT ts * 2 AS x FROM trades')).toBe("Add or subtract an INTERVAL such as INTERVAL '5' MINUTE.");
    expect(hintOf('SELECT qty * side AS x FROM trades')).toBe('Convert one side with CAST.');
  });
});

describe('functions', () => {
  check([
    ['SELECT UPER(side) AS x FROM trades', 'error VS2040 [UPER]'],
    ['SELECT nothing_like_it(pirce) AS x FROM trades', 'error VS2004 [pirce]', 'error VS2040 [nothing_like_it]'],
    ['SELECT ABS() AS x FROM trades', 'error VS2041 [ABS()]'],
    ['SELECT ABS(1, 2) AS x FROM trades', 'error VS2041 [ABS(1, 2)]'],
    ['SELECT ABS(side) AS x FROM trades', 'error VS2042 [side]'],
    ['SELECT UPPER(qty) AS x FROM trades', 'error VS2042 [qty]'],
    ['SELECT LEFT(side, 1.5) AS x FROM trades', 'error VS2042 [1.5]'],
    ['SELECT LEFT(side, live) AS x FROM trades', 'error VS2042 [live]'],
    ['SELECT SUM(side) AS x FROM trades GROUP BY symbol WINDOW TUMBLING(5s)', 'error VS2042 [side]'],
    ['SELECT LEAST(qty, side) AS x FROM trades', 'error VS2025 [side]'],
    ["SELECT EXTRACT('CENTURYY', ts) AS x FROM trades", "error VS2043 [EXTRACT('CENTURYY', ts)]"],
    ['SELECT UPPER(side) OVER (ORDER BY ts) AS x FROM trades', 'error VS2044 [UPPER]'],
    ['SELECT LAG(qty) AS x FROM trades', 'error VS2045 [LAG]'],
    ['SELECT ROW_NUMBER() AS x FROM trades', 'error VS2045 [ROW_NUMBER]'],
    ['SELECT qty FROM trades WHERE LAG(qty) OVER (ORDER BY ts) > 1', 'error VS2046 [LAG]'],
    [
      'SELECT qty FROM trades HAVING LAG(qty) OVER (ORDER BY ts) > 1',
      'error VS2046 [LAG]',
      'warning VS2062 [LAG(qty) OVER (ORDER BY ts) > 1]',
    ],
    [
      'SELECT COUNT(*) AS n FROM trades GROUP BY LAG(qty) OVER (ORDER BY ts)',
      'error VS2046 [LAG]',
      'info VS2064 [LAG(qty) OVER (ORDER BY ts)]',
    ],
    ['SELECT LAG(qty) OVER (ORDER BY ts) AS p, COUNT(*) AS n FROM trades GROUP BY p', 'error VS2046 [p]', 'info VS2064 [p]'],
    ['SELECT SUM(LAG(qty) OVER (ORDER BY ts)) OVER (ORDER BY ts) AS x FROM trades', 'error VS2046 [LAG]'],
    ['SELECT LAG(qty) OVER (ORDER BY ts) AS p, LAG(p) OVER (ORDER BY ts) AS pp FROM trades', 'error VS2103 [LAG(qty) OVER (ORDER BY ts)]'],
    ['SELECT qty FROM trades WHERE SUM(qty) > 1', 'error VS2047 [SUM]'],
    ['SELECT COUNT(*) AS n FROM trades GROUP BY SUM(qty)', 'error VS2047 [SUM]', 'info VS2064 [SUM(qty)]'],
    ['SELECT SUM(qty) AS s, COUNT(*) AS n FROM trades GROUP BY s', 'error VS2047 [s]', 'info VS2064 [s]'],
    ['SELECT t.qty FROM trades t JOIN orders o ON SUM(t.qty) = o.id WITHIN 1s', 'error VS2047 [SUM]', 'warning VS2080 [SUM(t.qty) = o.id]'],
    ['SELECT SUM(MAX(qty)) AS x FROM trades GROUP BY side WINDOW TUMBLING(5s)', 'error VS2048 [MAX]'],
    ['SELECT MAX(qty) AS m, SUM(m) AS x FROM trades GROUP BY side WINDOW TUMBLING(5s)', 'error VS2048 [MAX(qty)]'],
    ['SELECT SUM(qty) FILTER (WHERE MAX(fee) > 1) AS x FROM trades GROUP BY side WINDOW TUMBLING(5s)', 'error VS2048 [MAX]'],
    ['SELECT SUM(_window_end) AS x FROM trades GROUP BY side WINDOW TUMBLING(5s)', 'error VS2103 [_window_end]'],
    ['SELECT ABS(DISTINCT qty) AS x FROM trades', 'error VS2052 [ABS]'],
    ['SELECT RANK() FILTER (WHERE live) OVER (ORDER BY ts) AS x FROM trades', 'error VS2052 [RANK]'],
    ['SELECT SUM(*) AS x FROM trades GROUP BY side WINDOW TUMBLING(5s)', 'error VS2053 [SUM]'],
    ['SELECT ABS(*) AS x FROM trades', 'error VS2053 [ABS]'],
    ["SELECT qty FROM trades WHERE SET_HEADER('a', 'b') = 'b'", "warning VS2054 [SET_HEADER('a', 'b')]"],
    ['SELECT PERCENTILE_CONT(0.5) AS x FROM trades GROUP BY side WINDOW TUMBLING(5s)', 'error VS2055 [PERCENTILE_CONT(0.5)]'],
    ["SELECT STRING_AGG(side, ',') WITHIN GROUP (ORDER BY ts) AS x FROM trades GROUP BY symbol WINDOW TUMBLING(5s)", 'error VS2103 [ts]'],
    [
      'SELECT SUM(qty) OVER (RANGE BETWEEN 5 PRECEDING AND CURRENT ROW) AS x FROM trades',
      'error VS2103 [RANGE BETWEEN 5 PRECEDING AND CURRENT ROW]',
    ],
    [
      "SELECT SUM(qty) OVER (ORDER BY ts ROWS BETWEEN INTERVAL '5' SECOND PRECEDING AND CURRENT ROW) AS x FROM trades",
      "error VS2051 [INTERVAL '5' SECOND]",
    ],
    [
      'SELECT SUM(qty) OVER (ORDER BY ts ROWS BETWEEN 1 PRECEDING AND 3 PRECEDING) AS x FROM trades',
      'error VS2049 [ROWS BETWEEN 1 PRECEDING AND 3 PRECEDING]',
    ],
  ]);

  test('messages say what a function takes', () => {
    expect(messageOf('SELECT SUM(qty) OVER (ROWS BETWEEN CURRENT ROW AND 5 PRECEDING) AS x FROM trades')).toBe(
      'the frame starts at CURRENT ROW, after its end at 5 PRECEDING',
    );
    expect(messageOf('SELECT ABS() AS x FROM trades')).toBe('function "abs" takes 1 argument, not 0');
    expect(messageOf('SELECT ROUND(1, 2, 3) AS x FROM trades')).toBe('function "round" takes 1 to 2 arguments, not 3');
    expect(messageOf('SELECT COALESCE() AS x FROM trades')).toBe('function "coalesce" takes 1 or more arguments, not 0');
    expect(hintOf('SELECT UPER(side) AS x FROM trades')).toMatch(/^Did you mean .*UPPER/);
    expect(hintOf('SELECT LAG(qty) AS x FROM trades')).toBe('Write LAG(…) OVER (PARTITION BY … ORDER BY …).');
    expect(hintOf('SELECT qty FROM trades WHERE SUM(qty) > 1')).toBe('Use HAVING to filter on aggregates.');
  });
});

describe('shape of the result', () => {
  check([
    ['SELECT COUNT(*) AS n, MAX(qty) AS m FROM trades', 'warning VS2060 [COUNT(*)]'],
    ['SELECT COUNT(*) AS n FROM users'],
    ['SELECT side, fee, COUNT(*) AS n FROM trades GROUP BY side WINDOW TUMBLING(5s)', 'warning VS2061 [fee]'],
    [
      'SELECT side, fee, fee + 1 AS g, COUNT(*) AS n FROM trades GROUP BY side WINDOW TUMBLING(5s)',
      'warning VS2061 [fee]',
      'warning VS2061 [fee]',
    ],
    ['SELECT side, _offset AS o, COUNT(*) AS n FROM trades GROUP BY side WINDOW TUMBLING(5s)', 'warning VS2061 [_offset]'],
    ['SELECT qty FROM trades HAVING qty > 1', 'warning VS2062 [qty > 1]'],
    ['SELECT side, COUNT(*) AS n FROM trades GROUP BY side EMIT FINAL', 'warning VS2063 [EMIT FINAL]', 'info VS2064 [side]'],
    ['SELECT side, COUNT(*) AS n FROM trades GROUP BY side', 'info VS2064 [side]'],
    ["SELECT side, COUNT(*) AS n FROM trades GROUP BY side WITH ('max.groups' = 10)"],
    [
      'SELECT side, COUNT(*) AS n FROM users u JOIN rates r ON u.tier = r.symbol CROSS JOIN (SELECT $a$ AS side) s GROUP BY side'.replaceAll(
        '$',
        "'",
      ),
    ],
    ['SELECT qty FROM trades ORDER BY qty, fee', 'warning VS2065 [qty, fee]'],
    ['SELECT qty FROM trades ORDER BY qty LIMIT 5'],
    ['SELECT qty FROM trades EMIT FINAL', 'warning VS2069 [EMIT FINAL]'],
    ['SELECT qty FROM trades EMIT CHANGES'],
    ['SELECT qty FROM trades UNION ALL SELECT qty, fee FROM trades', 'error VS2066 [SELECT qty, fee FROM trades]'],
    ['SELECT qty FROM trades UNION ALL SELECT side FROM trades', 'warning VS2067 [SELECT side FROM trades]'],
    ['SELECT symbol, side AS _EVENT_TIME FROM trades', 'warning VS2068 [side AS _EVENT_TIME]'],
    ['SELECT qty FROM trades WHERE _window_start > 1 WINDOW TUMBLING(5s)', 'error VS2103 [_window_start]'],
  ]);

  test('strict mode makes errors of what is only tolerated', () => {
    const strict = { mode: 'strict' } as const;
    expect(problemsOf('SELECT COUNT(*) AS n FROM trades', strict)).toEqual(['error VS2060 [COUNT(*)]']);
    expect(problemsOf('SELECT side, COUNT(*) AS n FROM trades GROUP BY side EMIT FINAL', strict)).toContain('error VS2063 [EMIT FINAL]');
    expect(problemsOf('SELECT COUNT(*) AS n FROM trades WINDOW SLIDING(5s, 10s)', strict)).toEqual([
      'error VS2071 [WINDOW SLIDING(5s, 10s)]',
    ]);
  });
});

describe('windows', () => {
  check([
    ['SELECT COUNT(*) AS n FROM trades WINDOW SLIDING(5s, 10s)', 'warning VS2071 [WINDOW SLIDING(5s, 10s)]'],
    ['SELECT COUNT(*) AS n FROM trades WINDOW TUMBLING(live, 5s)', 'error VS2072 [live]'],
    ['SELECT COUNT(*) AS n FROM trades WINDOW TUMBLING(_offset, 5s)', 'error VS2072 [_offset]'],
    ['SELECT COUNT(*) AS n FROM trades WINDOW TUMBLING(at, 5s)', 'error VS2004 [at]'],
    ['SELECT COUNT(*) AS n FROM orders WINDOW TUMBLING(5s)', 'info VS2073 [WINDOW TUMBLING(5s)]'],
    ['SELECT COUNT(*) AS n FROM orders WINDOW TUMBLING(placed, 5s)'],
    ["SELECT COUNT(*) AS n FROM orders WINDOW TUMBLING(5s) WITH ('watermark.max_out_of_orderness' = '5s')"],
  ]);
});

describe('trees that no text gives', () => {
  const text = 'SELECT COUNT(*) AS n FROM trades WINDOW SLIDING(ts, 10s, 5s)';
  const bindWith = (window: object): string[] => {
    const [statement] = parse(text).statements;
    if (statement?.kind !== 'query' || statement.query.kind !== 'select') throw new Error('no SELECT');
    const changed = { ...statement, query: { ...statement.query, window: { ...statement.query.window, ...window } } } as typeof statement;
    return bindStatement(changed, { sql: text, catalog: CATALOG }).problems.map((p) => p.code);
  };
  const span = { start: 0, end: 1 };

  test('sizes are positive constants', () => {
    expect(bindWith({ size: { kind: 'integer', value: 0n, span } })).toEqual(['VS2070']);
    expect(bindWith({ advance: { kind: 'interval', value: -5, unit: 'SECOND', span } })).toEqual(['VS2070']);
    expect(bindWith({ size: { kind: 'column', path: [{ text: 'qty', quoted: false, span }], span } })).toEqual(['VS2074']);
    expect(bindWith({ size: { kind: 'error', span } })).toEqual([]);
    expect(bindWith({ size: { kind: 'integer', value: 20n, span } })).toEqual([]);
  });
});

describe('sub-queries', () => {
  const where = (condition: string): string => `SELECT qty FROM trades t WHERE ${condition}`;
  check([
    [where('qty IN (SELECT id FROM users)')],
    [where('EXISTS (SELECT * FROM users)')],
    [where('qty = (SELECT MAX(id) FROM users)')],
    [where('qty > ANY (SELECT id FROM users)')],
    [where('qty IN (SELECT id FROM orders)'), 'error VS2090 [orders]'],
    [where('qty IN (SELECT id FROM usrs)'), 'error VS2001 [usrs]'],
    [where('qty IN (SELECT id, name FROM users)'), 'error VS2091 [SELECT id, name FROM users]'],
    [where('qty = (SELECT * FROM users)'), 'error VS2091 [*]'],
    [where('side NOT IN (SELECT name FROM users)'), 'warning VS2092 [side NOT IN (SELECT name FROM users)]'],
    [where('side NOT IN (SELECT name FROM users WHERE name IS NOT NULL)')],
    [where('qty NOT IN (SELECT id FROM users)')],
    [
      where('EXISTS (SELECT 1 FROM users u WHERE u.name = t.side)'),
      'warning VS2093 [EXISTS (SELECT 1 FROM users u WHERE u.name = t.side)]',
    ],
    [where("qty IN (SELECT id FROM users WHERE name LIKE '%x')"), "info VS2094 [name LIKE '%x']"],
    [where("qty IN (SELECT id FROM users WHERE name ~ 'x')"), "info VS2094 [name ~ 'x']"],
    [where("qty IN (SELECT id FROM users WHERE UPPER(name) = 'X')"), "info VS2094 [UPPER(name) = 'X']"],
    [where('qty IN (SELECT u.id FROM users u JOIN rates r ON u.tier = r.symbol)')],
    [where('qty IN (SELECT MAX(id) FROM users WHERE name = t.side GROUP BY tier)'), 'error VS2096 [t.side]'],
    [where('qty IN (SELECT id FROM users GROUP BY id)')],
    [where('qty IN (SELECT id FROM users GROUP BY nope)'), 'error VS2004 [nope]', 'warning VS2061 [id]'],
    [where('qty IN (SELECT MAX(id) FROM users GROUP BY tier)')],
    [where('qty = (SELECT id FROM users GROUP BY id)'), 'warning VS2097 [(SELECT id FROM users GROUP BY id)]'],
    [where('qty IN (SELECT id FROM users UNION SELECT id FROM users)')],
    [where('qty = (SELECT MAX(id) FROM users UNION SELECT 1)'), 'warning VS2097 [(SELECT MAX(id) FROM users UNION SELECT 1)]'],
    [where('qty IN (SELECT id FROM (SELECT id FROM users) u)')],
    [where('qty IN (SELECT id FROM users HAVING id > 1)'), 'warning VS2062 [id > 1]'],
    [where('qty = (SELECT id FROM users ORDER BY id LIMIT 1)')],
    [where('qty IN (SELECT id FROM users LIMIT 3)')],
    [where('side = (SELECT name FROM users)'), 'warning VS2097 [(SELECT name FROM users)]'],
    [where('side = (SELECT name FROM users WHERE id = 5)')],
    [where('side = (SELECT name FROM users LIMIT 1)')],
    [where('side = (SELECT name FROM users WHERE id = t.qty)'), 'warning VS2093 [(SELECT name FROM users WHERE id = t.qty)]'],
    [where('live IN (SELECT name FROM users)'), 'error VS2025 [live IN (SELECT name FROM users)]'],
  ]);

  test('aggregates of the inner table stand alone', () => {
    expect(problemsOf(where('qty = (SELECT MAX(id) + id FROM users)'))).toEqual(['error VS2103 [id]']);
    expect(problemsOf(where('qty = (SELECT MAX(id) + t.qty FROM users)'))).toContain('error VS2103 [t.qty]');
    expect(problemsOf(where('qty = (SELECT MAX(id) + 1 FROM users)'))).toEqual([]);
  });

  test('nesting is slow beyond three levels and refused beyond ten', () => {
    const nested = (depth: number): string => (depth === 0 ? '(5)' : `(SELECT id FROM users WHERE id IN ${nested(depth - 1)})`);
    expect(problemsOf(where(`qty IN ${nested(3)}`))).toEqual([]);
    expect(bindText(where(`qty IN ${nested(4)}`)).problems.map((p) => p.code)).toEqual(['VS2093']);
    expect(bindText(where(`qty IN ${nested(11)}`)).problems.map((p) => p.code)).toContain('VS2095');
  });
});

describe('advice', () => {
  check([
    ['SELECT qty / 0 AS x FROM trades', 'warning VS2100 [qty / 0]'],
    ['SELECT qty % 0.0 AS x FROM trades', 'warning VS2100 [qty % 0.0]'],
    ['SELECT qty = NULL AS x FROM trades', 'warning VS2101 [qty = NULL]'],
    ['SELECT qty FROM trades WHERE NULL != qty', 'warning VS2101 [NULL != qty]'],
    ['SELECT qty IN (1, NULL) AS x FROM trades'],
  ]);

  test('NULL = NULL is meant under compat velostream', () => {
    expect(problemsOf('SELECT qty = NULL AS x FROM trades', { compat: 'velostream' })).toEqual([]);
  });
});
