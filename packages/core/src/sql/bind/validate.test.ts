import { describe, expect, test } from 'vitest';
import { CATALOG } from './bind.fixture.ts';
import { type ValidateOptions, validate } from './validate.ts';

const found = (sql: string, options: ValidateOptions = { catalog: CATALOG }): string[] =>
  validate(sql, options).map((d) => `${d.severity} ${d.code} ${d.line}:${d.column} [${sql.slice(d.start, d.end)}]`);
const deploy = (sql: string): string[] => found(sql, { catalog: CATALOG, purpose: 'deploy' });

/** §14 of the dialect. */
const WORKED = `CREATE STREAM dock_load AS
SELECT dock PRIMARY KEY, COUNT(*) AS count, SUM(weight_kg) AS total, total / count AS mean_kg, _window_end AS closed_at
FROM parcels p
WHERE weight_kg BETWEEN 0.5 AND 30 AND NOT (status IN ('LOST', 'VOID'))
GROUP BY dock
WINDOW TUMBLING(at, INTERVAL '2' MINUTE)
HAVING COUNT(*) > 1
EMIT FINAL
WITH ('parcels.type' = 'file_source', /* sample */ 'parcels.path' = './parcels.csv', 'parcels.format' = 'csv',
      'dock_load.type' = 'file_sink', 'dock_load.path' = './out.jsonl', 'dock_load.format' = 'jsonlines');`;

describe('validate', () => {
  test('has nothing to say about a sound statement', () => {
    expect(found(WORKED, {})).toEqual([]);
    expect(found('SELECT symbol, qty FROM trades WHERE qty > 5')).toEqual([]);
    expect(found('')).toEqual([]);
  });

  test('reports syntax and meaning of all statements by position', () => {
    const sql = 'SELECT pirce FROM trades;\nSELEC 1;\nSELECT qty FROM trades WHERE side =;\nSELECT zz\nFROM trades';
    expect(found(sql).map((d) => d.replace(/ VS1\d+.*/, ' syntax'))).toEqual([
      'error VS2004 1:8 [pirce]',
      'error syntax',
      'error syntax',
      'error VS2004 4:8 [zz]',
    ]);
    expect(validate(sql, { catalog: CATALOG }).map((d) => d.statement)).toEqual([0, 1, 2, 3]);
  });

  test('says nothing of the meaning of a statement that it cannot read', () => {
    expect(found('SELECT pirce, FROM FROM trades').filter((d) => d.includes('VS2'))).toEqual([]);
  });

  test('checks no names without a catalog', () => {
    expect(found('SELECT a.b, c FROM whatever a WHERE d IN (SELECT e FROM f)', {})).toEqual([]);
    expect(found('CREATE STREAM s AS SELECT a AS n FROM t; SELECT m FROM s', {})).toEqual(['error VS2004 1:49 [m]']);
  });

  test('a diagnostic carries place, slug and hint', () => {
    expect(validate('SELECT pirce FROM trades', { catalog: CATALOG })[0]).toEqual({
      code: 'VS2004',
      reason: 'unknown-column',
      severity: 'error',
      message: 'column "pirce" does not exist',
      hint: 'Did you mean "price"?',
      start: 7,
      end: 12,
      line: 1,
      column: 8,
      statement: 0,
    });
  });

  test('strict mode and compat reach the binder', () => {
    expect(found('SELECT COUNT(*) AS n FROM trades', { catalog: CATALOG, mode: 'strict' })).toEqual(['error VS2060 1:8 [COUNT(*)]']);
    expect(found('SELECT qty = NULL AS x FROM trades', { catalog: CATALOG, compat: 'velostream' })).toEqual([]);
  });

  test('a mistake that the parser reports is not reported twice', () => {
    const codes = validate('SELECT CAST(qty AS BIGINTT) AS x FROM trades', { catalog: CATALOG }).map((d) => d.reason);
    expect(codes).toEqual(['unknown-type']);
  });

  test('hostile text ends in diagnostics', () => {
    for (const sql of [
      'SELECT __proto__ FROM constructor',
      'SELECT toString(x) FROM trades',
      `SELECT ${'('.repeat(400)}1`,
      `SELECT ${'a+'.repeat(5000)}a FROM t`,
      'SELECT \u0000 FROM \ud800',
    ]) {
      expect(() => validate(sql, { catalog: CATALOG })).not.toThrow();
    }
  });
});

describe('annotations', () => {
  const statement = 'CREATE STREAM v AS SELECT symbol, SUM(qty) AS volume FROM trades GROUP BY symbol WINDOW TUMBLING(ts, 5s)';

  test('are checked against the output of their statement', () => {
    expect(found(`-- @metric: vol\n-- @metric_type: gauge\n-- @metric_labels: symbol\n-- @alert: volume > 100\n${statement}`)).toEqual([]);
    expect(
      found(
        `-- @metric: vol\n-- @metric_labels: symbl\n-- @metric_condition: volume > 5 AND volum < 9\n-- @alert: volum > 100\n${statement}`,
      ),
    ).toEqual(['warning VS2130 1:4 [@metric: vol]', 'error VS2004 3:38 [volum]', 'error VS2004 4:12 [volum]']);
    expect(found(`-- @viz: line\n-- @viz_x_axis: nope\n${statement}`)).toEqual(['warning VS2130 1:4 [@viz: line]']);
  });

  test('are left alone where the statement itself is wrong', () => {
    expect(found(`-- @metric: vol\n-- @metric_labels: symbl\n${statement.replace('qty', 'qyt')}`)).toHaveLength(1);
  });
});

describe('WITH properties', () => {
  test.each([
    ["SELECT qty FROM trades WITH ('trades.tpoic' = 'x')", "warning VS2120 1:31 ['trades.tpoic']"],
    ["SELECT qty FROM trades WITH ('watermark.max_out_of_ordernes' = '5s')", "warning VS2120 1:31 ['watermark.max_out_of_ordernes']"],
    ["SELECT qty FROM trades WITH ('late.data.strategy' = 'dorp')", "error VS2121 1:55 ['dorp']"],
    ["SELECT qty FROM trades WITH ('watermark.max_out_of_orderness' = '5 x')", "error VS2121 1:67 ['5 x']"],
    ["SELECT qty FROM trades WITH ('max.groups' = 0)", 'error VS2121 1:46 [0]'],
    ["SELECT qty FROM trades WITH ('allowed_lateness_ms' = '1s')", "error VS2121 1:55 ['1s']"],
    ["SELECT qty FROM trades WITH ('watermark.strategy' = 'none')", "error VS2121 1:53 ['none']"],
  ])('%s', (sql, problem) => {
    const text = (d: string): string => d.replace(/ \d+:\d+/, '');
    expect(found(sql).map(text)).toEqual([text(problem)]);
  });

  test.each([
    "SELECT qty FROM trades WITH ('my.own.thing' = 'x')",
    "SELECT qty FROM trades WITH ('trades.format' = 'nonsense')",
    "SELECT qty FROM trades WITH ('late.data.strategy' = 'Dead-Letter', 'trades.group.id' = 'g', 'sink.batch.size' = 5, 'a.b.topic.name' = 'x')",
    "SELECT qty FROM trades WITH ('max.groups' = '$" + "{GROUPS:-10}')",
  ])('a query is not told of configuration: %s', (sql) => {
    expect(found(sql)).toEqual([]);
  });
});

describe('purpose: deploy', () => {
  const sink = "'s.type' = 'kafka_sink'";
  const create = (properties: string, select = 'SELECT qty FROM trades'): string => `CREATE STREAM s AS ${select} WITH (${properties})`;

  test.each([
    [WORKED, 'warning VS2126 2:8 [dock PRIMARY KEY]'],
    ['SELECT qty FROM trades', 'warning VS2102 1:1 [SELECT qty FROM trades]'],
    ['CREATE STREAM s AS SELECT qty FROM trades', 'error VS2122 1:15 [s]'],
    [create("'output.type' = 'kafka_sink'"), 'error VS2122 1:15 [s]'],
    [create("'s.type' = 'kafka_source'"), 'error VS2122 1:15 [s]'],
    ['SELECT qty FROM trades INTO out', 'error VS2122 1:1 [SELECT qty FROM trades INTO out]'],
    ['INSERT INTO out SELECT qty FROM trades', 'error VS2122 1:13 [out]'],
    [create("'s.type' = 'kafka_snik'"), "error VS2121 1:61 ['kafka_snik']"],
    [create(`${sink}, 'my.own.thing' = 'x'`), "warning VS2120 1:76 ['my.own.thing']"],
    [create(`${sink}, 's.format' = 'jsn'`), "error VS2121 1:89 ['jsn']"],
    [create(`${sink}, 'failure_strategy' = 'Explode'`), "warning VS2121 1:97 ['Explode']"],
    [create(`${sink}, 'retention' = 'long'`), "error VS2121 1:90 ['long']"],
    [create(`${sink}, 'retention' = '40 days'`), "warning VS2125 1:90 ['40 days']"],
    [create(`${sink}, 'kafka.batch.size' = 'many'`), "error VS2121 1:97 ['many']"],
    [create(`${sink}, 'table_model' = 'huge'`), "error VS2121 1:92 ['huge']"],
    [create(`${sink}, 'compression' = 'rar'`), "error VS2121 1:92 ['rar']"],
    [create(`'s.type' = 'file_sink', 's.path' = 'x'`), "error VS2124 1:61 ['file_sink']"],
    [create(`'s.type' = 'file_sink', 's.format' = 'csv'`), "error VS2124 1:61 ['file_sink']"],
  ])('%s', (sql, problem) => {
    const place = (d: string): string => d.replace(/ \d+:\d+/, '');
    expect(deploy(sql).map(place)).toContain(place(problem));
  });

  test('sources must be configured where no catalog knows them', () => {
    const bare = (sql: string): string[] => found(sql, { purpose: 'deploy' });
    expect(bare(create(sink, 'SELECT qty FROM rides'))).toEqual(['error VS2123 1:15 [s]']);
    expect(bare(create(`${sink}, 'rides.type' = 'kafka_source'`, 'SELECT qty FROM rides'))).toEqual([]);
    expect(bare(create(`${sink}, 'rides.config_file' = 'rides.yaml'`, 'SELECT qty FROM rides'))).toEqual([]);
    expect(bare(create(`${sink}, 'rides.type' = 'file_source', 'rides.path' = 'x'`, 'SELECT qty FROM rides'))).toHaveLength(1);
    expect(bare(create(sink, "SELECT qty FROM 'kafka://h:9092/rides'"))).toEqual([]);
  });

  test.each([
    create(sink),
    create("'s.config_file' = 's.yaml'"),
    "SELECT qty FROM trades INTO out WITH ('out.type' = 'stdout_sink')",
    "SELECT qty FROM trades INTO 'file:///tmp/x.csv'",
    "CREATE STREAM out WITH ('type' = 'kafka_sink'); INSERT INTO out SELECT qty FROM trades",
    `${create(sink)}; CREATE STREAM t AS SELECT qty FROM s WITH ('t.type' = 'kafka_sink')`,
    "CREATE TABLE t AS SELECT a FROM 'file:///data/x.csv'",
    create(`${sink}, 'retention' = '40 days', 'table_model' = 'compact'`),
    "START JOB j AS CREATE STREAM s AS SELECT qty FROM trades WITH ('s.type' = 'kafka_sink')",
  ])('%s', (sql) => {
    expect(deploy(sql)).toEqual([]);
  });

  test('a query is told nothing of sinks', () => {
    expect(found('CREATE STREAM s AS SELECT qty FROM trades')).toEqual([]);
  });
});

describe('WHERE', () => {
  test('leaves an alias alone that is made of a column of its name', () => {
    const relation = { ...CATALOG.find('trades')!, open: true };
    const catalog = { find: () => relation, names: () => ['trades'] };
    expect(found('SELECT qty * 2 AS d FROM trades WHERE d > 1', { catalog })).toEqual(['warning VS2009 1:39 [d]']);
    expect(found('SELECT UPPER(d) AS d FROM trades WHERE d > 1', { catalog })).toEqual([]);
    expect(found('SELECT COALESCE(t.d, 0) AS d FROM trades t WHERE qty = 1 OR d > 1', { catalog })).toEqual([]);
    expect(found('SELECT n, qty * 2 AS d FROM (SELECT ABS(d) AS d, n, qty FROM trades WHERE d > 1) x WHERE n > 1', { catalog })).toEqual(
      [],
    );
    expect(found('SELECT UPPER(e) AS d, e FROM trades WHERE d > 1', { catalog })).toEqual(['warning VS2009 1:43 [d]']);
  });
});
