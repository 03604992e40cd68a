import { describe, expect, test } from 'vitest';
import { parse } from '../syntax/index.ts';
import { bindText, CATALOG, fieldsOf, problemsOf, queryOf, statementOf } from './bind.fixture.ts';
import { bindStatement } from './bind-statement.ts';
import { showExpr } from './show-expression.ts';

describe('CREATE', () => {
  test('a query under a name', () => {
    expect(
      statementOf("CREATE TABLE latest AS SELECT symbol PRIMARY KEY, price FROM trades INTO out WITH ('out.type' = 'stdout_sink')"),
    ).toMatchObject({
      kind: 'create',
      object: 'table',
      name: 'latest',
      output: { targets: ['out'], properties: new Map([['out.type', 'stdout_sink']]) },
      query: { key: [{ name: 'symbol' }] },
    });
  });

  test('FROM-level properties win and are kept under the name of their input', () => {
    const { output } = statementOf(
      "CREATE STREAM s AS SELECT symbol FROM trades WITH ('topic' = 'a', 'trades.group.id' = 'g') EMIT CHANGES WITH ('trades.topic' = 'b', x = 1)",
    ) as { output: { properties: unknown } };
    expect(output.properties).toEqual(
      new Map<string, unknown>([
        ['trades.topic', 'a'],
        ['x', 1],
        ['trades.group.id', 'g'],
      ]),
    );
  });

  test('a column list names and types the output', () => {
    expect(fieldsOf('CREATE STREAM s (a STRING, b DECIMAL(12, 3)) AS SELECT symbol, qty FROM trades')).toBe('a STRING!, b DECIMAL(12, 3)');
    expect(statementOf('CREATE TABLE s (a STRING PRIMARY KEY, b FLOAT) AS SELECT symbol, price FROM trades')).toMatchObject({
      query: { key: [{ name: 'a' }] },
    });
    expect(problemsOf('CREATE STREAM s (a STRING) AS SELECT symbol, qty FROM trades')).toEqual(['error VS2031 [s]']);
    expect(problemsOf('CREATE STREAM s (a ARRAY<STRING>) AS SELECT symbol FROM trades')).toEqual(['error VS2030 [symbol]']);
  });

  test('a declaration carries schema, key, event time and delay', () => {
    expect(
      statementOf(
        "CREATE STREAM taps (card STRING NOT NULL, amount DECIMAL(12,2), at TIMESTAMP, PRIMARY KEY (card), WATERMARK FOR at AS at - INTERVAL '5' SECOND) WITH ('type' = 'kafka_source')",
      ),
    ).toMatchObject({
      kind: 'declare',
      object: 'stream',
      name: 'taps',
      relation: {
        fields: [
          { name: 'card', nullable: false },
          { name: 'amount', type: { kind: 'decimal', precision: 12, scale: 2 } },
          { name: 'at', nullable: true },
        ],
        eventTime: 'at',
        watermarkDelayMs: 5_000,
        key: ['card'],
        open: false,
      },
      properties: new Map([['type', 'kafka_source']]),
    });
  });

  test('a declaration without columns has any, and WITH sets its event time', () => {
    expect(statementOf("CREATE TABLE riders WITH ('event.time.field' = 'at', 'path' = 'x')")).toMatchObject({
      relation: { open: true, kind: 'table', eventTime: 'at' },
    });
  });
});

describe('INSERT, UPDATE, DELETE', () => {
  test('literal rows are values', () => {
    expect(queryOf("INSERT INTO users (id, name) VALUES (1, 'a'), (2, NULL)")).toEqual({
      kind: 'values',
      rows: [
        [1, 'a'],
        [2, null],
      ],
      fields: [
        { name: 'id', type: { kind: 'integer' }, nullable: false },
        { name: 'name', type: { kind: 'string' }, nullable: true },
      ],
    });
  });

  test('numbers take the type of their column, or a common one where no column is known', () => {
    expect(queryOf('INSERT INTO rates VALUES ($a$, 1)'.replaceAll('$', "'"))).toMatchObject({
      kind: 'values',
      rows: [['a', 1]],
      fields: [{}, { type: { kind: 'float' } }],
    });
    expect(queryOf('INSERT INTO somewhere VALUES (1), (2.5)')).toMatchObject({
      kind: 'values',
      rows: [[10], [25]],
      fields: [{ name: 'col0', type: { kind: 'decimal', scale: 1 } }],
    });
  });

  test('other constants are rows of queries without FROM', () => {
    expect(queryOf("INSERT INTO users (id, name) VALUES (1 + 1, UPPER('a'))")).toMatchObject({
      kind: 'select',
      from: null,
      items: [{ name: 'id' }, { name: 'name' }],
    });
    expect(queryOf('INSERT INTO users (id) VALUES (1 + 1), (3)')).toMatchObject({ kind: 'union', all: true, arms: [{}, {}] });
  });

  test('a query is fitted to the target', () => {
    expect(statementOf('INSERT INTO rates (symbol, rate) SELECT symbol, price FROM trades')).toMatchObject({
      kind: 'insert',
      target: 'rates',
      columns: ['symbol', 'rate'],
      query: { fields: [{ name: 'symbol' }, { name: 'rate', type: { kind: 'float' } }] },
    });
    expect(statementOf('INSERT INTO rates SELECT symbol, price FROM trades UNION ALL SELECT symbol, bid FROM quotes')).toMatchObject({
      query: { fields: [{ name: 'symbol' }, { name: 'rate', type: { kind: 'float' } }] },
    });
    expect(statementOf('INSERT INTO unknown_sink SELECT symbol FROM trades')).toMatchObject({
      target: 'unknown_sink',
      columns: null,
      output: { targets: ['unknown_sink'] },
    });
  });

  test.each([
    ['i', '1.5', '1'],
    ['i', 'NULL', 'NULL'],
    ['d', "'2025-01-01'", "DATE '2025-01-01'"],
    ['c', "'10:00:00'", "TIME '10:00:00'"],
    ['t', '1000', "TIMESTAMP '1970-01-01 00:00:01'"],
    ['t', "DATE '2025-01-01'", "TIMESTAMP '2025-01-01 00:00:00'"],
    ['t', 'id', "TIMESTAMP '1970-01-01 00:00:00' + INTERVAL '1' MILLISECOND * id"],
    ['i', 'since', 'CAST(since AS INTEGER)'],
    ['j', "'{}'", null],
    ['a', 'ARRAY[1]', 'CAST(array(1) AS ARRAY<FLOAT>)'],
  ])('column %s = %s', (column, value, bound) => {
    const sql = `CREATE TABLE w (id INT, since TIMESTAMP, name STRING, i INT, d DATE, c TIME, t TIMESTAMP, j JSON, a ARRAY<FLOAT>) WITH (k = 1); UPDATE w SET ${column} = ${value}`;
    const update = statementOf(sql);
    if (update.kind !== 'update') throw new Error('no UPDATE');
    if (bound !== null) expect(showExpr(update.assignments[0]!.value)).toBe(bound);
    else expect(update.assignments[0]!.value.type.kind).toBe('json');
  });

  test('UPDATE and DELETE act on a table', () => {
    const update = statementOf("UPDATE users SET name = UPPER(name), tier = 'x' WHERE id = 5");
    expect(update).toMatchObject({ kind: 'update', target: 'users', assignments: [{ column: 1 }, { column: 2 }] });
    expect(update.kind === 'update' && update.where !== null && showExpr(update.where)).toBe('id = 5');
    expect(statementOf('DELETE FROM users')).toMatchObject({ kind: 'delete', target: 'users', where: null });
  });

  test.each([
    ['INSERT INTO users (id, nmae) VALUES (1, 2)', 'error VS2004 [nmae]'],
    ['INSERT INTO users (id, name) VALUES (1)', 'error VS2031 [1]'],
    ["INSERT INTO users (id) VALUES ('a')", "error VS2030 ['a']"],
    ['INSERT INTO users (id) VALUES (qty)', 'error VS2005 [qty]'],
    ['INSERT INTO rates SELECT symbol FROM trades', 'error VS2031 [SELECT symbol FROM trades]'],
    ['UPDATE users SET nmae = 1', 'error VS2004 [nmae]'],
    ['UPDATE users SET id = name', 'error VS2030 [name]'],
    ['DELETE FROM trades WHERE qty = 1', 'error VS2090 [trades]'],
    ['DELETE FROM usres', 'error VS2001 [usres]'],
  ])('%s', (sql, problem) => {
    expect(problemsOf(sql)).toEqual([problem]);
  });
});

describe('commands', () => {
  test.each([
    'SHOW STREAMS',
    'DROP STREAM a',
    'STOP JOB a',
    'EXPLAIN SELECT symbol FROM trades',
    'START JOB j AS SELECT symbol FROM trades',
    'DESCRIBE trades',
  ])('%s', (sql) => {
    expect(statementOf(sql)).toMatchObject({ kind: 'command' });
  });

  test('the query of a job or EXPLAIN is checked', () => {
    expect(problemsOf('START JOB j AS SELECT symbl FROM trades')).toEqual(['error VS2004 [symbl]']);
    expect(problemsOf('EXPLAIN SELECT symbl FROM trades')).toEqual(['error VS2004 [symbl]']);
  });
});

describe('scripts', () => {
  test('statements see what others make, wherever they stand', () => {
    const { bound, order, dependencies } = bindText(
      'CREATE STREAM b AS SELECT n + 1 AS m FROM a; CREATE STREAM a AS SELECT qty AS n FROM trades; SELECT m FROM b',
    );
    expect(bound.map((b) => b?.kind)).toEqual(['create', 'create', 'query']);
    expect(order).toEqual([1, 0, 2]);
    expect(dependencies).toEqual([
      { reads: ['a'], makes: 'b', writes: [] },
      { reads: ['trades'], makes: 'a', writes: [] },
      { reads: ['b'], makes: null, writes: [] },
    ]);
  });

  test('the resulting catalog holds their outputs', () => {
    const { catalog } = bindText('CREATE TABLE a AS SELECT symbol PRIMARY KEY, qty AS n FROM trades');
    expect(catalog.find('a')).toMatchObject({
      kind: 'table',
      key: ['symbol'],
      origin: 'statement',
      fields: [{ name: 'symbol' }, { name: 'n' }],
    });
    expect(catalog.names()).toContain('trades');
    expect(catalog.find('nothing')).toBeUndefined();
  });

  test('a sub-query may read a table of the script', () => {
    expect(
      problemsOf('CREATE TABLE top AS SELECT symbol FROM trades; SELECT qty FROM trades WHERE symbol IN (SELECT symbol FROM top)'),
    ).toEqual([]);
  });

  test('INTO and INSERT make a name that others may read', () => {
    expect(problemsOf('SELECT symbol AS s FROM trades INTO big; SELECT s FROM big')).toEqual([]);
    expect(problemsOf('INSERT INTO big SELECT symbol AS s FROM trades; SELECT t FROM big')).toEqual(['error VS2004 [t]']);
  });

  test('a declaration takes the columns that the catalog describes', () => {
    expect(fieldsOf("CREATE STREAM trades WITH ('type' = 'kafka_source'); SELECT qty FROM trades")).toBe('qty INTEGER');
    expect(fieldsOf('CREATE STREAM taps (n INT) WITH (a = 1); SELECT n FROM taps')).toBe('n INTEGER');
    expect(problemsOf('CREATE STREAM taps (n INT) WITH (a = 1); SELECT m FROM taps')).toEqual(['error VS2004 [m]']);
  });

  test('one mistake is not reported at every reader', () => {
    expect(problemsOf('CREATE STREAM a AS SELECT qyt AS n FROM trades; SELECT n, m FROM a')).toEqual(['error VS2004 [qyt]']);
  });

  test('columns are asked of an earlier statement that passes on unknown ones', () => {
    const { bound } = bindText(
      "CREATE STREAM a AS SELECT * FROM rides WITH ('type' = 'file_source'); CREATE STREAM b AS SELECT * FROM a; SELECT fare FROM b",
    );
    expect(bound.map((b) => b !== null && 'query' in b && b.query.fields.map((f) => f.name))).toEqual([['fare'], ['fare'], ['fare']]);
  });

  test.each([
    ['CREATE STREAM a AS SELECT n FROM a', 'error VS2008 [a]'],
    ['CREATE STREAM a AS SELECT 1 AS n FROM b; CREATE STREAM b AS SELECT n FROM a', 'error VS2008 [a]'],
    ['CREATE STREAM a AS SELECT qty FROM trades; CREATE STREAM a AS SELECT qty FROM trades', 'error VS2007 [a]'],
    ['START JOB j AS SELECT qty FROM trades; START JOB j AS SELECT fee FROM trades', 'error VS2007 [j]'],
    ['CREATE STREAM trades AS SELECT symbol FROM quotes', 'info VS2013 [trades]'],
    ['CREATE STREAM `a.b` AS SELECT symbol FROM quotes', 'warning VS2012 [`a.b`]'],
    ['CREATE STREAM `9a` AS SELECT symbol FROM quotes', 'warning VS2012 [`9a`]'],
    ['CREATE STREAM `a b` AS SELECT symbol FROM quotes', 'warning VS2012 [`a b`]'],
    ['CREATE STREAM s (a INT, a INT) WITH (x = 1)', 'error VS2007 [a]'],
    ['CREATE STREAM s (a INT, PRIMARY KEY (b)) WITH (x = 1)', 'error VS2004 [b]'],
    ["CREATE STREAM s (a INT, WATERMARK FOR b AS a - INTERVAL '5' SECOND) WITH (x = 1)", 'error VS2004 [b]'],
    ['CREATE STREAM s (a INT, b INT, WATERMARK FOR a AS a * b) WITH (x = 1)', 'error VS2103 [a * b]'],
    ['WITH a AS (SELECT 1 AS x), a AS (SELECT 2 AS x) SELECT x FROM a', 'error VS2007 [a]'],
  ])('%s', (sql, problem) => {
    expect(problemsOf(sql)).toContain(problem);
  });

  test('a quoted name with a hyphen is as good as any', () => {
    expect(problemsOf('CREATE STREAM `a-b` AS SELECT symbol FROM quotes; SELECT symbol FROM `a-b`')).toEqual([]);
  });

  test('OR REPLACE and IF NOT EXISTS may repeat a name', () => {
    expect(problemsOf('CREATE STREAM a AS SELECT qty FROM trades; CREATE OR REPLACE STREAM a AS SELECT fee FROM trades')).toEqual([]);
  });
});

describe('bindStatement', () => {
  test('binds one statement against a catalog and collects all its errors', () => {
    const sql = 'SELECT a, b FROM trades WHERE c > 1';
    const { bound, problems } = bindStatement(parse(sql).statements[0]!, { sql, catalog: CATALOG });
    expect(bound).toBeNull();
    expect(problems.map((p) => `${p.code} ${p.message}`)).toEqual([
      'VS2004 column "c" does not exist',
      'VS2004 column "a" does not exist',
      'VS2004 column "b" does not exist',
    ]);
  });

  test('what is no statement binds to nothing', () => {
    const sql = 'ALTER STREAM a';
    expect(bindStatement(parse(sql).statements[0]!, { sql, catalog: CATALOG })).toEqual({ bound: null, problems: [], open: false });
  });

  test("missingFields: 'error' refuses undeclared columns of a described input", () => {
    const relation = { ...CATALOG.find('trades')!, open: true };
    const catalog = { find: (name: string) => (name === 'trades' ? relation : undefined), names: () => ['trades'] };
    expect(problemsOf('SELECT nope, trades.no, a.b FROM trades', { catalog, missingFields: 'error' })).toEqual([
      'error VS2004 [nope]',
      'error VS2004 [no]',
      'error VS2002 [a]',
    ]);
    expect(problemsOf('SELECT nope FROM trades', { catalog })).toEqual([]);
  });
});
