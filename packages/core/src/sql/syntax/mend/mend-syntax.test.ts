import { describe, expect, test } from 'vitest';
import { parse } from '../parse.ts';
import { mendSyntax } from './mend-syntax.ts';

const first = (sql: string): string | undefined => mendSyntax(sql)[0]?.sql;
const wanted = (sql: string): string[] => mendSyntax(sql).map((m) => m.sql);

describe('mending a text that does not parse', () => {
  test.each([
    ['SELEC a FROM t', 'SELECT a FROM t'],
    ['SELECT a FORM t', 'SELECT a FROM t'],
    ['SELECT a, b FORM t WHERE a > 1', 'SELECT a, b FROM t WHERE a > 1'],
    ['SELECT a FROM t WEHRE a > 1', 'SELECT a FROM t WHERE a > 1'],
    ['SELECT a, COUNT(*) FROM t GRUOP BY a', 'SELECT a, COUNT(*) FROM t GROUP BY a'],
    ['SELECT a, COUNT(*) FROM t GROUP a', 'SELECT a, COUNT(*) FROM t GROUP BY a'],
    ['SELECT a, COUNT(*) FROM t GROUPBY a', 'SELECT a, COUNT(*) FROM t GROUP BY a'],
    ['SELECT a FROM t ODER BY a', 'SELECT a FROM t ORDER BY a'],
    ['SELECT a FROM t EMIT FINLA', 'SELECT a FROM t EMIT FINAL'],
    ['SELECT a FROM t EMTI FINAL', 'SELECT a FROM t EMIT FINAL'],
    ['SELECT a FROM t GROUP BY a WINDOW TUMBLNG(1m)', 'SELECT a FROM t GROUP BY a WINDOW TUMBLING(1m)'],
    ["SELECT a FROM t WHERE a LIEK 'x%'", "SELECT a FROM t WHERE a LIKE 'x%'"],
    ['SELECT a, FROM t', 'SELECT a FROM t'],
    ['SELECT a, b, c d, e f g FROM t', 'SELECT a, b, c d, e f, g FROM t'],
    ['SELECT a FROM t WHERE a == 1', 'SELECT a FROM t WHERE a = 1'],
    ['SELECT a FROM t WHERE a => 1', 'SELECT a FROM t WHERE a >= 1'],
    ['SELECT a FROM t WHERE a > 1 && b > 2', 'SELECT a FROM t WHERE a > 1  AND  b > 2'],
    ['SELECT a FROM t WHERE a = ‘x’', "SELECT a FROM t WHERE a = 'x'"],
    ["SELECT a FROM t WHERE a = 'x GROUP BY a", "SELECT a FROM t WHERE a = 'x' GROUP BY a"],
    ['SELECT SUM(a)) FROM t', 'SELECT SUM(a) FROM t'],
    ['SELECT a FROM FROM t', 'SELECT a FROM t'],
    ['SELECT a FROM t GROUP BY a WHERE a > 1', 'SELECT a FROM t WHERE a > 1 GROUP BY a'],
    ['SELECT a FROM t LIMIT 3 ORDER BY a', 'SELECT a FROM t ORDER BY a LIMIT 3'],
    ['SELECT a FROM t JOIN u t.id = u.id', 'SELECT a FROM t JOIN u ON t.id = u.id'],
    ['SELECT CASE WHEN a > 1 1 ELSE 0 END FROM t', 'SELECT CASE WHEN a > 1 THEN 1 ELSE 0 END FROM t'],
    ['SELECT SUM(CASE WHEN a > 1 THEN 1 ELSE 0) FROM t', 'SELECT SUM(CASE WHEN a > 1 THEN 1 ELSE 0 END) FROM t'],
    ["SELECT a FROM t WHERE a IS 'x'", "SELECT a FROM t WHERE a = 'x'"],
    ["SELECT a FROM t WHERE a IN 'x', 'y'", "SELECT a FROM t WHERE a IN ('x', 'y')"],
    ['SELECT a FROM t WHERE a BETWEEN 1, 5', 'SELECT a FROM t WHERE a BETWEEN 1 AND 5'],
    ['SELECT a FROM t WHERE a > 1, b > 2', 'SELECT a FROM t WHERE a > 1 AND b > 2'],
    ['SELECT a FROM t GROUP BY a WINDOW TUMBLING 5m', 'SELECT a FROM t GROUP BY a WINDOW TUMBLING (5m)'],
    ['SELECT a FROM t WHERE a NOT NULL', 'SELECT a FROM t WHERE a IS NOT NULL'],
    ['SELECT a FROM t; WHERE a > 1', 'SELECT a FROM t WHERE a > 1'],
    ['SELECT TOP 10 a FROM t ORDER BY a EMIT FINAL', 'SELECT a FROM t ORDER BY a LIMIT 10 EMIT FINAL'],
    ['SELECT a FROM t WHERE a ! = 1', 'SELECT a FROM t WHERE a != 1'],
    ['SELECT a FROM t WHERE a NOT = 1', 'SELECT a FROM t WHERE a != 1'],
    ['SELECT a ÷ 2 AS b FROM t', 'SELECT a / 2 AS b FROM t'],
    ['SELECT a AS order FROM t', 'SELECT a AS `order` FROM t'],
    ['SELECT CASE IF a > 1 THEN 1 ELSE 0 END FROM t', 'SELECT CASE WHEN a > 1 THEN 1 ELSE 0 END FROM t'],
    ['SELECT a, /* the b\n b FROM t', 'SELECT a, /* the b */ b FROM t'],
  ])('%s', (wrong, right) => {
    expect(first(wrong)?.replace(/\s+/g, ' ')).toBe(right.replace(/\s+/g, ' '));
  });

  test('joins the two words of a name', () => {
    expect(wanted('SELECT a AS the total FROM t')).toContain('SELECT a AS the_total FROM t');
  });

  test('finds all places where a parenthesis may close', () => {
    const sql = 'SELECT STDDEV(price / AVG(price) AS v FROM t';
    expect(wanted(sql)).toEqual(
      expect.arrayContaining(['SELECT STDDEV(price) / AVG(price) AS v FROM t', 'SELECT STDDEV(price / AVG(price)) AS v FROM t']),
    );
  });

  test('mends several mistakes of one text, and says each', () => {
    expect(mendSyntax('SELEC a FORM t GRUOP BY a')[0]).toEqual({
      sql: 'SELECT a FROM t GROUP BY a',
      changes: ['write SELECT instead of SELEC', 'write FROM instead of FORM', 'write GROUP instead of GRUOP'],
    });
  });

  test('gives only texts that parse, and none for one that does', () => {
    for (const sql of ['SELECT (a FROM', 'nonsense of no kind', 'SELECT', '((('])
      for (const mend of mendSyntax(sql)) expect(parse(mend.sql).diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
    expect(mendSyntax('SELECT a FROM t')).toEqual([]);
  });
});
