import { describe, expect, test } from 'vitest';
import { referenceForms } from './accept-cases.fixture.ts';
import { parse, printStatement } from './index.ts';

function velostream(sql: string): string {
  const [statement] = parse(sql).statements;
  if (!statement) throw new Error('no statement');
  return printStatement(statement, 'velostream');
}

const strictErrors = (sql: string): string[] =>
  parse(sql, { mode: 'strict' })
    .diagnostics.filter((d) => d.severity === 'error')
    .map((d) => d.message);

describe('printing for the reference parser', () => {
  test.each(Object.values(referenceForms).flat())('stays within its forms for %s', (sql) => {
    expect(strictErrors(velostream(sql))).toEqual([]);
  });

  test.each([
    ["SELECT a FROM t WINDOW TUMBLING(INTERVAL '5' MINUTE)", 'SELECT a FROM t WINDOW TUMBLING(5m)'],
    ['SELECT a FROM t WINDOW SLIDING(SIZE 10 MINUTES, ADVANCE BY 5 MINUTES)', 'SELECT a FROM t WINDOW SLIDING(10m, 5m)'],
    ['SELECT a FROM t WINDOW SESSION(30m, user_id)', 'SELECT a FROM t WINDOW SESSION(_EVENT_TIME, 30m, user_id)'],
    ["SELECT a FROM t WINDOW TUMBLING(INTERVAL '1' MONTH)", 'SELECT a FROM t WINDOW TUMBLING(30d)'],
    ["SELECT k FROM t GROUP BY k, TUMBLE(ts, INTERVAL '5' MINUTE)", 'SELECT k FROM t GROUP BY k WINDOW TUMBLING(ts, 5m)'],
    ['SELECT a FROM t WINDOW TUMBLING(1m) GROUP BY a', 'SELECT a FROM t GROUP BY a WINDOW TUMBLING(1m)'],
    ['SELECT a b FROM t AS x', 'SELECT a AS b FROM t x'],
    ['SELECT id PRIMARY KEY AS k FROM t', 'SELECT id AS k PRIMARY KEY FROM t'],
    ['SELECT -a, -5.0, a % 2 FROM t', 'SELECT 0 - a, 0 - 5.0, MOD(a, 2) FROM t'],
    ["SELECT a FROM t WHERE a ~ 'x' AND b !~ 'y'", "SELECT a FROM t WHERE REGEXP(a, 'x') AND NOT REGEXP(b, 'y')"],
    ["SELECT a FROM t WHERE a ILIKE 'X%'", "SELECT a FROM t WHERE LOWER(a) LIKE LOWER('X%')"],
    ['SELECT a FROM t WHERE NOT a = 1', 'SELECT a FROM t WHERE NOT (a = 1)'],
    ["SELECT a FROM t WHERE a = b || 'x'", "SELECT a FROM t WHERE a = (b || 'x')"],
    ["SELECT CASE a WHEN 1 THEN 'x' END FROM t", "SELECT CASE WHEN a = 1 THEN 'x' END FROM t"],
    ['SELECT COUNT(DISTINCT a) FROM t', 'SELECT COUNT_DISTINCT(a) FROM t'],
    ['SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY a) FROM t', 'SELECT PERCENTILE_CONT(a, 0.5) FROM t'],
    ['SELECT SUM(a) OVER (PARTITION BY b) FROM t', 'SELECT SUM(a) OVER (ROWS WINDOW BUFFER 1000 ROWS PARTITION BY b) FROM t'],
    ["SELECT j -> 'a' ->> 'b' FROM t", "SELECT JSON_VALUE(j, '$.a.b') FROM t"],
    ["SELECT TIMESTAMP '2025-03-04' FROM t", "SELECT CAST('2025-03-04' AS TIMESTAMP) FROM t"],
    ["SELECT 'it''s' FROM t", 'SELECT "it\'s" FROM t'],
    ['SELECT a FROM my-topic', 'SELECT a FROM "my-topic"'],
    ['SELECT a FROM kafka://h:1/t', "SELECT a FROM 'kafka://h:1/t'"],
    ['SELECT a FROM t FULL JOIN u ON t.k = u.k', 'SELECT a FROM t FULL OUTER JOIN u ON t.k = u.k'],
    ["SELECT a FROM t JOIN u ON t.k = u.k WITHIN INTERVAL '1' DAY", 'SELECT a FROM t JOIN u ON t.k = u.k WITHIN 1d'],
    ['SELECT a FROM t WHERE b WITH (retries = 5, on = TRUE)', "SELECT a FROM t WHERE b WITH (   'retries' = '5',   'on' = 'true' )"],
    ['SELECT a::BIGINT FROM t', 'SELECT CAST(a AS INTEGER) FROM t'],
    ['SELECT SUBSTRING(a FROM 2 FOR 3), [1, 2] FROM t', 'SELECT SUBSTRING(a, 2, 3), ARRAY(1, 2) FROM t'],
    ["SELECT a - INTERVAL '2' WEEK, INTERVAL '1' YEAR FROM t", "SELECT a - INTERVAL '14' DAY, INTERVAL '365' DAY FROM t"],
    ['SELECT a FROM t WHERE a IS NOT TRUE', 'SELECT a FROM t WHERE NOT (COALESCE(a, FALSE) = TRUE)'],
    ['SELECT .5, +a FROM t', 'SELECT 0.5, a FROM t'],
  ])('rewrites %s', (sql, expected) => {
    expect(velostream(sql).replaceAll('\n', ' ')).toBe(expected);
    expect(strictErrors(expected)).toEqual([]);
  });
});
