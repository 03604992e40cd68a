import { describe, expect, test } from 'vitest';
import { createCatalog } from '../catalog/create-catalog.ts';
import { complete, format, hover, signature } from './index.ts';

const catalog = createCatalog({
  trades: {
    columns: [
      { name: 'symbol', type: 'STRING', description: 'Ticker', tags: ['public'] },
      { name: 'price', type: 'DECIMAL(18,4)' },
      { name: 'ts', type: 'TIMESTAMP' },
      { name: 'odd name', type: 'STRING' },
    ],
    eventTime: 'ts',
    description: 'All trades',
  },
  quotes: {
    kind: 'table',
    columns: [
      { name: 'symbol', type: 'STRING' },
      { name: 'bid', type: 'FLOAT' },
    ],
  },
});

/** `|` marks the cursor. */
function at(marked: string): { sql: string; offset: number } {
  const offset = marked.indexOf('|');
  return { sql: marked.replace('|', ''), offset };
}
const labels = (marked: string, kind?: string): string[] => {
  const { sql, offset } = at(marked);
  return complete(sql, offset, { catalog })
    .filter((c) => kind === undefined || c.kind === kind)
    .map((c) => c.label);
};

describe('completion', () => {
  test.each([
    ['|', 'SELECT'],
    ['CREATE |', 'STREAM'],
    ['CREATE STREAM x |', 'AS'],
    ['CREATE STREAM x AS |', 'SELECT'],
    ['CREATE STREAM x (a |', 'STRING'],
    ['CREATE STREAM x (a STRING |', 'NOT NULL'],
    ['SELECT * FROM |', 'trades'],
    ['SELECT * FROM tr|', 'trades'],
    ['SELECT * FROM trades t JOIN |', 'quotes'],
    ['SELECT a FROM trades INTO |', 'quotes'],
    ['SELECT | FROM trades', 'price'],
    ['SELECT pr| FROM trades', 'price'],
    ['SELECT price, | FROM trades', 'symbol'],
    ['SELECT SUM(| FROM trades', 'price'],
    ['SELECT t.| FROM trades t', 'price'],
    ['SELECT t.pr| FROM trades t', 'price'],
    ['SELECT a FROM trades WHERE |', 'price'],
    ['SELECT a FROM trades WHERE price > 1 AND |', 'price'],
    ['SELECT a FROM trades GROUP BY |', 'symbol'],
    ['SELECT price AS p, | FROM trades', 'p'],
    ['SELECT price AS p FROM trades ORDER BY |', 'p'],
    ['SELECT a FROM trades t JOIN quotes q ON |', 't.symbol'],
    ['SELECT a FROM trades t JOIN quotes q ON t.symbol = q.|', 'bid'],
    ['SELECT a FROM (SELECT price AS cost FROM trades) x WHERE |', 'cost'],
    ['SELECT a FROM trades WHERE price IN (SELECT | FROM quotes)', 'bid'],
    ['SELECT a FROM trades WHERE price IN (SELECT | FROM quotes)', 'trades.price'],
    ['WITH c AS (SELECT price AS cost FROM trades) SELECT * FROM |', 'c'],
    ['WITH c AS (SELECT price AS cost FROM trades) SELECT | FROM c', 'cost'],
    ['CREATE STREAM big AS SELECT symbol, price AS cost FROM trades; SELECT * FROM |', 'big'],
    ['CREATE STREAM big AS SELECT symbol, price AS cost FROM trades; SELECT | FROM big', 'cost'],
    ['SELECT RO|', 'ROUND'],
    ['SELECT a FROM trades WHERE price |', 'BETWEEN'],
    ['SELECT a FROM trades |', 'WHERE'],
    ['SELECT a FROM trades WHERE price > 1 |', 'GROUP BY'],
    ['SELECT a FROM trades GROUP |', 'BY'],
    ['SELECT a FROM trades LEFT |', 'JOIN'],
    ['SELECT a FROM trades WINDOW |', 'TUMBLING(size)'],
    ['SELECT a FROM trades WINDOW TUMBLING(|', 'ts'],
    ['SELECT a FROM trades WINDOW TUMBLING(ts, |', '5m'],
    ["SELECT a - INTERVAL '5' |", 'MINUTE'],
    ['SELECT a FROM trades EMIT |', 'CHANGES'],
    ['SELECT CAST(a AS |', 'DECIMAL'],
    ['SELECT a::|', 'INTEGER'],
    ['SELECT a FROM trades WHERE x WITH (|', 'bootstrap.servers'],
    ["SELECT a FROM trades WHERE x WITH ('trades.ty|", 'trades.type'],
    ["SELECT a FROM trades WHERE x WITH ('trades.type' = '|'", 'kafka_source'],
    ['SELECT a FROM trades ORDER BY price |', 'DESC'],
    ['SELECT a FROM trades LIMIT 5 |', 'OFFSET'],
    ['SELECT SUM(a) OVER (|', 'PARTITION BY'],
    ['SELECT a IS |', 'NOT NULL'],
    ['SHOW |', 'STREAMS'],
    ['START |', 'JOB'],
    ['DEPLOY JOB j |', 'VERSION'],
    ['-- @me|\nSELECT 1', '@metric'],
    ['DESCRIBE |', 'trades'],
    ['EXPLAIN |', 'SELECT'],
    ['START JOB j |', 'AS'],
    ['START JOB j AS |', 'CREATE'],
    ["DEPLOY JOB j VERSION '1' |", 'AS'],
    ['UPDATE |', 'trades'],
    ['UPDATE trades |', 'SET'],
    ['UPDATE trades SET |', 'COALESCE'],
    ['SHOW STREAMS |', 'LIKE'],
    ['SHOW SCHEMA |', 'quotes'],
    ['WITH c AS (SELECT price FROM trades) |', 'SELECT'],
    ['SELECT a FROM trades INTO quotes, |', 'trades'],
    ['CREATE STREAM x (|', 'WATERMARK FOR'],
    ['SELECT * |', 'FROM'],
    ['SELECT price * | FROM trades', 'price'],
    ['SELECT AVG(price) OVER (ROWS WINDOW BUFFER 5 ROWS EMIT |', 'EVERY RECORD'],
    ['SELECT CASE WHEN | FROM trades', 'price'],
    ['SELECT a FROM trades t LEFT JOIN quotes q ON t.symbol = q.symbol |', 'WITHIN'],
    ['SELECT a FROM trades HAVING COUNT(*) > 1 AND |', 'SUM'],
    ['SELECT symbol FROM trades UNION |', 'SELECT'],
    ['SELECT symbol FROM trades UNION SELECT | FROM quotes', 'bid'],
  ])('at %s offers %s', (marked, label) => {
    expect(labels(marked)).toContain(label);
  });

  test.each([
    ['SELECT * FROM |', 'function'],
    ['SELECT t.| FROM trades t', 'function'],
    ['SELECT a AS |', 'column'],
    ['SELECT t.price.| FROM trades t', 'column'],
    ["SELECT a FROM trades WHERE b WITH ('type' |", 'keyword'],
    ['CREATE STREAM |', 'keyword'],
    ["SELECT 'te|xt' FROM trades", 'column'],
    ['-- just te|xt', 'keyword'],
    ['SELECT a FROM trades WHERE price |', 'column'],
  ])('at %s offers no %s', (marked, kind) => {
    expect(labels(marked, kind)).toEqual([]);
  });

  test('quotes names that need it and says types', () => {
    const { sql, offset } = at('SELECT odd| FROM trades');
    expect(complete(sql, offset, { catalog })[0]).toMatchObject({
      label: 'odd name',
      insertText: '`odd name`',
      detail: 'STRING of trades',
      replace: { start: 7, end: 10 },
    });
  });

  test('replaces the whole word under the cursor, and only inside of quotes', () => {
    const inner = at('SELECT sy|mb FROM trades');
    expect(complete(inner.sql, inner.offset, { catalog })[0]?.replace).toEqual({ start: 7, end: 11 });
    const quoted = at("SELECT a FROM trades WHERE x WITH ('ty|')");
    const [first] = complete(quoted.sql, quoted.offset, { catalog });
    expect(first).toMatchObject({ insertText: first?.label, replace: { start: 36, end: 38 } });
  });

  test('puts columns before functions and keywords', () => {
    const kinds = [...new Set(labels('SELECT | FROM trades'))].slice(0, 4);
    expect(kinds).toEqual(['odd name', 'price', 'symbol', 'ts']);
  });

  test('works without a catalog and outside the text', () => {
    expect(complete('SELECT ', 7).length).toBeGreaterThan(50);
    expect(complete('', -5).map(({ label }) => label)).toContain('SELECT');
    expect(complete('SELECT', 900)).toEqual(complete('SELECT', 6));
  });
});

describe('hover', () => {
  const text = (marked: string): string | undefined => {
    const { sql, offset } = at(marked);
    return hover(sql, offset, { catalog })?.contents;
  };
  test('explains functions with an example', () => {
    expect(text('SELECT RO|UND(price) FROM trades')).toMatch(/^`ROUND\([^`]*`\n\n.*\n\n- `/s);
  });
  test('explains columns, also through aliases, WITH tables and earlier statements', () => {
    expect(text('SELECT sym|bol FROM trades')).toBe('`symbol` STRING of **trades**\n\nTicker\n\nTags: public');
    expect(text('SELECT q.sym|bol FROM trades t JOIN quotes q ON t.symbol = q.symbol')).toBe('`symbol` STRING of **q**');
    expect(text('WITH c AS (SELECT price AS cost FROM trades) SELECT co|st FROM c')).toContain('DECIMAL(18, 4)');
    expect(text('CREATE STREAM b AS SELECT price AS cost FROM trades; SELECT co|st FROM b')).toContain('DECIMAL(18, 4)');
    expect(text('SELECT _event|_time FROM trades')).toContain('INTEGER');
  });
  test('explains relations and qualifiers', () => {
    expect(text('SELECT * FROM tra|des')).toBe(
      '**trades** (stream)\n\nAll trades\n\n- `symbol` STRING\n- `price` DECIMAL(18, 4)\n- `ts` TIMESTAMP\n- `odd name` STRING',
    );
    expect(text('SELECT t|.price FROM trades t')).toContain('**trades**');
  });
  test('explains keywords', () => {
    expect(text('SELECT a FROM t WINDOW TUMB|LING(1m)')).toContain('one after the other');
  });
  test('says nothing about the rest', () => {
    expect(text('SELECT | FROM trades')).toBeUndefined();
    expect(text("SELECT 'te|xt'")).toBeUndefined();
    expect(text('SELECT 1 -- com|ment')).toBeUndefined();
    expect(text('SELECT un|known FROM nowhere')).toBeUndefined();
  });
  test('says where the word stands', () => {
    expect(hover('SELECT symbol FROM trades', 8, { catalog })?.span).toEqual({ start: 7, end: 13 });
  });
});

describe('signature', () => {
  const of = (marked: string): unknown => {
    const { sql, offset } = at(marked);
    const found = signature(sql, offset, { catalog });
    return found && [found.label.split('(')[0], found.activeParameter];
  };
  test.each([
    ['SELECT ROUND(|', ['ROUND', 0]],
    ['SELECT ROUND(price, |', ['ROUND', 1]],
    ['SELECT ROUND(SUM(price), | FROM t', ['ROUND', 1]],
    ['SELECT ROUND(SUM(pri|ce), 2) FROM t', ['SUM', 0]],
    ['SELECT ROUND((a + |b), 2)', ['ROUND', 0]],
    ['SELECT COALESCE(a, b, c, |', ['COALESCE', 0]],
    ['SELECT a FROM t WINDOW SLIDING(ts, 10m, |', ['SLIDING', 2]],
    ['SELECT CAST(|', ['CAST', 0]],
    ['SELECT ROUND(price)|', null],
    ['SELECT unknown(|', null],
    ['SELECT a IN (|', null],
    ['SELECT ROUND((SELECT |', null],
    ['SELECT 1 -- ROUND(|', null],
  ])('at %s is %j', (marked, expected) => {
    expect(of(marked)).toEqual(expected);
  });
});

describe('format', () => {
  test('lays out one clause a line and keeps comments where they stood', () => {
    const sql = `-- top
select a, -- the a
 b from trades t -- source
 where a>1 /* why */ and b<2 emit changes window tumbling(1m) group by a;
-- next
select 1`;
    expect(format(sql)).toBe(format(format(sql)));
    expect(format("-- top\nselect a,b from t where a>1 group by a window tumbling( 1m ) emit changes with (x=1, 'y'='z')")).toBe(`-- top
SELECT a, b
FROM t
WHERE a > 1
GROUP BY a
WINDOW TUMBLING(1m)
EMIT CHANGES
WITH (
  'x' = 1,
  'y' = 'z'
);
`);
  });

  test('loses no comment', () => {
    const sql = `/* one\n two */ SELECT a, -- three\n b /* four */ FROM t -- five\n; -- six`;
    const text = format(sql);
    for (const word of ['one', 'two', 'three', 'four', 'five', 'six']) expect(text).toContain(`-- ${word}`);
    expect(format(text)).toBe(text);
  });

  test('leaves statements with errors as they are', () => {
    expect(format('select  a from;\nselect b   from t')).toBe('select  a from;\n\nSELECT b\nFROM t;\n');
    expect(format("select 'open")).toBe("select 'open\n");
  });

  test('breaks long lists and conditions', () => {
    const names = Array.from({ length: 8 }, (_, i) => `column_number_${i}`);
    const text = format(`SELECT ${names.join(', ')} FROM t WHERE ${names.map((n) => `${n} > 10`).join(' AND ')}`);
    expect(text.split('\n').every((line) => line.length <= 100)).toBe(true);
    expect(text).toContain('\n  AND column_number_7 > 10');
  });

  test('writes for the reference parser on demand', () => {
    expect(format("SELECT a FROM t WINDOW TUMBLING(INTERVAL '5' MINUTE)", { target: 'velostream' })).toBe(
      'SELECT a\nFROM t\nWINDOW TUMBLING(5m);\n',
    );
  });

  test('gives nothing for nothing', () => {
    expect(format('')).toBe('');
    expect(format(' ; ;')).toBe('');
    expect(format('-- only a comment')).toBe('-- only a comment\n');
  });
});
