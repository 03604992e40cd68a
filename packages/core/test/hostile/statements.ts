/** Statements that no person should get through, and that must do no harm: every one is refused with a code and a place. */
const deep = (open: string, close: string, n: number, inner = '1'): string => open.repeat(n) + inner + close.repeat(n);
const many = (n: number, each: (i: number) => string, separator = ', '): string => Array.from({ length: n }, (_, i) => each(i)).join(separator);

const CUT = [
  'SELECT', 'SELECT a', 'SELECT a FROM', 'SELECT a FROM t WHERE', 'SELECT a FROM t GROUP', 'SELECT a FROM t GROUP BY', 'SELECT a FROM t WINDOW', 'SELECT a FROM t WINDOW TUMBLING', 'SELECT a FROM t WINDOW TUMBLING(',
  'SELECT a FROM t WINDOW TUMBLING()', 'SELECT a FROM t WINDOW TUMBLING(,)', 'SELECT a FROM t WINDOW SLIDING(1m)', 'SELECT a FROM t WINDOW SESSION(word)', 'SELECT a FROM t HAVING', 'SELECT a FROM t ORDER', 'SELECT a FROM t ORDER BY',
  'SELECT a FROM t LIMIT', 'SELECT a FROM t LIMIT x', 'SELECT a FROM t LIMIT -1', 'SELECT a FROM t LIMIT 1.5', 'SELECT a FROM t EMIT', 'SELECT a FROM t EMIT SOMETIMES', 'SELECT a FROM t INTO', 'SELECT a FROM t WITH', 'SELECT a FROM t WITH (',
  "SELECT a FROM t WITH ('k')", "SELECT a FROM t WITH ('k' =)", 'SELECT a FROM t WITH (...)', 'SELECT a, FROM t', 'SELECT , a FROM t', 'SELECT FROM t', 'SELECT * ', 'SELECT a FROM t JOIN', 'SELECT a FROM t JOIN u', 'SELECT a FROM t JOIN u ON',
  'SELECT a FROM t JOIN u ON t.a = u.a WITHIN', 'SELECT a FROM t LEFT', 'SELECT a FROM t UNION', 'SELECT a FROM t UNION ALL', 'SELECT CASE END', 'SELECT CASE WHEN 1 END', 'SELECT CASE WHEN 1 THEN 2', 'SELECT CASE WHEN THEN 2 END',
  'SELECT CAST(1)', 'SELECT CAST(1 AS)', 'SELECT CAST(1 AS NOSUCHTYPE)', "SELECT CAST(1, 'INTEGER')", 'SELECT (1', 'SELECT 1)', 'SELECT f(', 'SELECT f(1,', 'SELECT f(,1)', 'SELECT 1 +', 'SELECT * 1', 'SELECT 1 BETWEEN 2', 'SELECT 1 BETWEEN 2 AND',
  'SELECT 1 IN', 'SELECT 1 IN ()', 'SELECT 1 IN (FROM t)', 'SELECT 1 NOT 2', 'SELECT 1 IS', 'SELECT 1 IS 2', 'SELECT a LIKE', "SELECT 'abc", 'SELECT "abc', 'SELECT `abc', 'SELECT /* abc', 'SELECT a ! b', 'SELECT a | b', 'SELECT 8way FROM t',
  'CREATE', 'CREATE STREAM', 'CREATE STREAM s', 'CREATE STREAM s AS', 'CREATE STREAM s AS SELECT', 'CREATE NOTHING s AS SELECT 1', 'CREATE TABLE t (a', 'CREATE TABLE t (a NOSUCHTYPE) WITH ()', 'CREATE TABLE t (PRIMARY KEY a) WITH ()', 'DROP', 'DROP STREAM',
  'START', 'START JOB', 'START JOB j', 'START JOB j AS', 'START j AS SELECT 1', 'STOP', 'STOP j', 'DEPLOY JOB j AS SELECT 1', 'DEPLOY JOB j VERSION AS SELECT 1', "DEPLOY JOB j VERSION '1' AS SELECT 1 STRATEGY SIDEWAYS", 'ROLLBACK', 'SHOW', 'SHOW NOTHING',
  'INSERT', 'INSERT INTO', 'INSERT INTO t', 'INSERT INTO t VALUES', 'INSERT INTO t VALUES (', 'INSERT INTO t VALUES ()', 'UPDATE', 'UPDATE t', 'UPDATE t SET', 'UPDATE t SET a', 'DELETE', 'DELETE t', 'EXPLAIN', 'DESCRIBE',
  'SELECT LAG(a) OVER FROM t', 'SELECT LAG(a) OVER (ROWS BUFFER 9 ROWS) FROM t', 'SELECT LAG(a) OVER (ROWS WINDOW BUFFER 9) FROM t', 'SELECT LAG(a) OVER (ROWS WINDOW TUMBLING(1m)) FROM t', 'SELECT a FROM t WINDOW ROWS 9', 'SELECT a FROM t WINDOW BUFFER 9 ROWS',
  'SELECT a FROM t GROUP BY a WHERE a > 1', 'SELECT a FROM t HAVING a > 1 WHERE a > 1', 'SELECT a FROM t ORDER BY a WHERE a > 1', 'SELECT a FROM t LIMIT 1 WHERE a > 1', 'SELECT a FROM t ORDER BY a GROUP BY a', 'SELECT a FROM t WHERE a WHERE b',
  'SELECT a FROM t GROUP BY a GROUP BY b', 'SELECT a FROM t LIMIT 1 LIMIT 2', 'SELECT a FROM t EMIT FINAL EMIT FINAL', 'SELECT a PRIMARY FROM t', 'SELECT a FROM t blah blah', 'SELECT 1; SELECT', 'SELECT 1 2', 'WITH x SELECT 1', 'WITH x AS SELECT 1', 'WITH x AS (SELECT 1',
  'SELECT INTERVAL', "SELECT INTERVAL 'x' MINUTE", "SELECT INTERVAL '5' FORTNIGHT", "SELECT TIMESTAMP 'yesterday'", "SELECT DATE '2025-13-40'", 'SELECT a[ FROM t', 'SELECT a[] FROM t', 'SELECT t. FROM t', 'SELECT .a FROM t', 'SELECT a..b FROM t', 'SELECT a:: FROM t',
  'SELECT [1, FROM t', 'SELECT a -> FROM t', 'SELECT EXTRACT(FROM a) FROM t', 'SELECT EXTRACT(CENTURIES FROM ts) FROM t', 'SELECT COUNT(DISTINCT) FROM t', 'SELECT a FROM (SELECT 1', 'SELECT a FROM (SELECT) x', 'SELECT a FROM ()', 'SELECT a FROM my-topic', 'SELECT a FROM t AS', 'FROM t SELECT a',
];

const ODD = [
  'SELECT \u0000 FROM t', 'SELECT \u0007', 'SELECT 🙂 FROM t', 'SELECT \ud800 FROM t', 'SELECT a FROM t \udfff', '\u2028SELECT ¤ 1', 'SELECT a ← b', 'SELECT $0', 'SELECT ?', 'SELECT @x', 'SELECT #x', 'SELECT {a}', 'SELECT [optional]]', 'SELECT ... FROM t', '...', '{placeholder}', '🙂', '\u0000', '((((', '))))', ',,,,', '====', 'AND', 'NOT', 'OVER', ')(', '"', "'", '`',
  'SELECT a FROM t WHERE a = \\', 'SELECT a ~~ b FROM t', 'SELECT a <=> b FROM t', 'SELECT a := 1', 'SELECT 1e FROM t x y', 'SELECT 0x1F FROM t', 'SELECT 1__2', "SELECT 'a' 'b'", 'sElEcT fRoM', 'SELECT a FROM t;;;SELECT', 'SELECT a b c FROM t', 'SELECT a AS FROM t', 'SELECT a AS 1 FROM t', 'SELECT * * FROM t', 'SELECT t.*.a FROM t',
];

const HUGE = [
  `SELECT ${deep('(', ')', 5000)}`, `SELECT ${deep('((((((((((', '', 2000)}`, `SELECT ${deep('NOT ', '', 20_000, 'TRUE AND')}`, `SELECT ${deep('CASE WHEN TRUE THEN ', ' END', 3000)}`, `SELECT ${deep('ABS(', ')', 3000)}`, `SELECT ${deep('(SELECT ', ')', 2000)}`, `SELECT a FROM ${deep('(SELECT a FROM ', ') x', 2000, 't')}`,
  `SELECT ${'-'.repeat(3)} ${'- '.repeat(20_000)}1`, `SELECT ${'('.repeat(100_000)}`, `SELECT ${')'.repeat(100_000)}`, `SELECT ${'['.repeat(50_000)}`, `SELECT a${'['.repeat(10_000)}`, `SELECT ${many(20_000, () => '1', ' + ')} +`, `SELECT ${many(50_000, (i) => `c${i}`)},`, `SELECT ${"'".repeat(99_999)}`, `SELECT '${'x'.repeat(900_000)}`, `SELECT ${'a'.repeat(200_000)} b c`,
  `SELECT 1 ${'UNION ALL SELECT 1 '.repeat(20_000)} UNION`, `${'SELECT ;'.repeat(20_000)}`, `${'('.repeat(20_000)}${';'.repeat(20_000)}`, `SELECT ${many(10_000, (i) => `CASE WHEN ${i}`, ' ')}`, `SELECT a FROM t WHERE a IN (${many(100_000, (i) => String(i))}`, `/*${'*'.repeat(500_000)}`, `--${'x'.repeat(500_000)}\nSELECT`, `SELECT ${'\u0000'.repeat(10_000)}`, `SELECT ${'🙂'.repeat(10_000)}`,
  `SELECT ${'a.'.repeat(50_000)}`, `SELECT x${'::INTEGER'.repeat(20_000)}::`, `SELECT ${'a || '.repeat(50_000)}`, `CREATE TABLE t (${many(20_000, (i) => `c${i} INTEGER`)}`, `SELECT ${deep('ARRAY[', ']', 3000)}`, `CREATE TABLE t (a ${deep('ARRAY<', '>', 3000, 'INTEGER')}) WITH ()`, 'x'.repeat(2_000_000), `SELECT ${'1,'.repeat(700_000)}`, ' '.repeat(1_500_000), `SELECT ${'TUMBLING('.repeat(5000)}`, `${'WITH a AS ('.repeat(3000)}`, `EXPLAIN ${'EXPLAIN '.repeat(20_000)}`,
];

export const HOSTILE_STATEMENTS: readonly string[] = [...CUT, ...ODD, ...HUGE];
