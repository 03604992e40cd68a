import { describe, expect, test } from 'vitest';
import type { Expression, Select } from '../ast/index.ts';
import { withoutSpans } from './ast.fixture.ts';
import { parse, parseExpression, printExpression } from './index.ts';

/** The tree with every operator in brackets. */
function show(e: Expression): string {
  switch (e.kind) {
    case 'binary':
      return `(${show(e.left)} ${e.operator} ${show(e.right)})`;
    case 'unary':
      return `(${e.operator} ${show(e.operand)})`;
    case 'is':
      return `(${show(e.operand)} IS${e.negated ? ' NOT' : ''} ${e.test})`;
    case 'between':
      return `(${show(e.operand)} ${e.negated ? 'NOT ' : ''}BETWEEN ${show(e.low)} ${show(e.high)})`;
    case 'like':
      return `(${show(e.operand)} ${e.negated ? 'NOT ' : ''}${e.operator} ${show(e.pattern)}${e.escape ? ` ESCAPE ${show(e.escape)}` : ''})`;
    case 'in':
      return `(${show(e.operand)} ${e.negated ? 'NOT ' : ''}IN [${e.list.map(show).join(' ')}])`;
    case 'cast':
      return `(${show(e.operand)} AS ${e.type.name})`;
    case 'index':
      return `(${show(e.operand)} AT ${show(e.index)})`;
    case 'field':
      return `(${show(e.operand)} DOT ${e.name.text})`;
    case 'json-access':
      return `(${show(e.operand)} ${e.asText ? '->>' : '->'} ${show(e.key)})`;
    default:
      return printExpression(e);
  }
}
const shape = (sql: string): string => show(parseExpression(sql).expression);

describe('precedence', () => {
  test.each([
    ['a OR b AND c', '(a OR (b AND c))'],
    ['a AND b OR c AND d', '((a AND b) OR (c AND d))'],
    ['NOT a = 1 AND b', '((NOT (a = 1)) AND b)'],
    ['NOT a AND NOT b', '((NOT a) AND (NOT b))'],
    ['NOT NOT a', '(NOT (NOT a))'],
    ['a = NOT b', '(a = (NOT b))'],
    ['a + b * c - d', '((a + (b * c)) - d)'],
    ['a - b - c', '((a - b) - c)'],
    ['a / b * c % d', '(((a / b) * c) % d)'],
    ['a || b + c', '(a || (b + c))'],
    ['a = b || c', '(a = (b || c))'],
    ['a || b = c || d', '((a || b) = (c || d))'],
    ['-a * b', '((- a) * b)'],
    ['a * -b', '(a * (- b))'],
    ['- - a', '(- (- a))'],
    ['-a::INT', '(- (a AS INT))'],
    ['-a[1]', '(- (a AT 1))'],
    ['a < b AND c >= d', '((a < b) AND (c >= d))'],
    ['a <> b', '(a != b)'],
    ['a BETWEEN 1 AND 2 AND b', '((a BETWEEN 1 2) AND b)'],
    ['a BETWEEN b + 1 AND c || d OR e', '((a BETWEEN (b + 1) (c || d)) OR e)'],
    ['a NOT BETWEEN 1 AND 2', '(a NOT BETWEEN 1 2)'],
    ['a IN (1, 2) = b', '((a IN [1 2]) = b)'],
    ['a + 1 NOT IN (1)', '((a + 1) NOT IN [1])'],
    ['a IS NULL OR b IS NOT TRUE', '((a IS NULL) OR (b IS NOT TRUE))'],
    ['a = b IS NULL', '((a = b) IS NULL)'],
    ["a LIKE 'x' || 'y' ESCAPE '!' AND b", "((a LIKE ('x' || 'y') ESCAPE '!') AND b)"],
    ["a ~ 'x' AND b !~ 'y'", "((a REGEXP 'x') AND (b NOT REGEXP 'y'))"],
    ["a RLIKE 'x'", "(a REGEXP 'x')"],
    ["j -> 'a' -> 1 ->> 'b' = 'c'", "((((j -> 'a') -> 1) ->> 'b') = 'c')"],
    ['f(a).b.c', '((f(a) DOT b) DOT c)'],
    ['(a).b', '(a DOT b)'],
    ['a.b.c[1]', '(a.b.c AT 1)'],
    ['(a OR b) AND c', '((a OR b) AND c)'],
    ['a = b = c', '((a = b) = c)'],
    ['CURRENT_TIMESTAMP - 5', '(CURRENT_TIMESTAMP - 5)'],
  ])('%s is %s', (sql, expected) => {
    expect(shape(sql)).toBe(expected);
  });

  test('chained comparisons are read from the left, with a warning', () => {
    expect(parseExpression('a < b < c').diagnostics).toMatchObject([{ code: 'VS1029', severity: 'warning', start: 6, end: 7 }]);
    expect(parseExpression('(a < b) < c').diagnostics).toEqual([]);
    expect(parseExpression('a < b AND b < c').diagnostics).toEqual([]);
  });
});

describe('literals', () => {
  test.each([
    ['9223372036854775807', { kind: 'integer', value: '9223372036854775807n' }],
    ['-9223372036854775808', { kind: 'integer', value: '-9223372036854775808n' }],
    ['9223372036854775808', { kind: 'float', value: 2 ** 63, text: '9223372036854775808' }],
    ['12.50', { kind: 'decimal', text: '12.50' }],
    ['.5', { kind: 'decimal', text: '0.5' }],
    ['3.', { kind: 'decimal', text: '3' }],
    ['1.5E-3', { kind: 'float', value: 0.0015, text: '1.5E-3' }],
    ["'it''s'", { kind: 'string', value: "it's" }],
    ['"x"', { kind: 'string', value: 'x' }],
    ['true', { kind: 'boolean', value: true }],
    ['null', { kind: 'null' }],
    ["INTERVAL '5' MINUTES", { kind: 'interval', value: 5, unit: 'MINUTE' }],
    ['INTERVAL 5 hour', { kind: 'interval', value: 5, unit: 'HOUR' }],
    ["INTERVAL '30s'", { kind: 'interval', value: 30, unit: 'SECOND' }],
    ["INTERVAL '-1' DAY", { kind: 'interval', value: -1, unit: 'DAY' }],
    ["INTERVAL - '1' DAY", { kind: 'interval', value: -1, unit: 'DAY' }],
    ["DATE '2025-03-04'", { kind: 'typed-string', type: 'DATE', value: '2025-03-04' }],
  ])('%s', (sql, expected) => {
    expect(withoutSpans(parseExpression(sql).expression)).toEqual(expected);
  });
});

function select(sql: string): Select {
  const [statement] = parse(sql).statements;
  if (statement?.kind !== 'query' || statement.query.kind !== 'select') throw new Error('no select');
  return statement.query;
}

describe('rewriting', () => {
  test.each([
    ['SUBSTRING(s FROM 2 FOR 3)', 'SUBSTRING(s, 2, 3)'],
    ["POSITION('x' IN s)", "POSITION('x', s)"],
    ['EXTRACT(hour FROM t)', "EXTRACT('HOUR', t)"],
    ['CURRENT_DATE()', 'CURRENT_DATE'],
    ['[1, 2]', 'ARRAY[1, 2]'],
  ])('%s becomes %s', (sql, expected) => {
    expect(printExpression(parseExpression(sql).expression)).toBe(expected);
  });

  test.each([
    ['TUMBLING(5)', { kind: 'tumbling', size: [5, 'SECOND', '5'] }],
    ['TUMBLING(5m)', { kind: 'tumbling', size: [5, 'MINUTE', '5m'] }],
    ["TUMBLING('5m')", { kind: 'tumbling', size: [5, 'MINUTE', undefined] }],
    ['TUMBLING(5 MINUTES)', { kind: 'tumbling', size: [5, 'MINUTE', undefined] }],
    ['TUMBLING(1h, ts)', { kind: 'tumbling', size: [1, 'HOUR', '1h'], time: 'ts' }],
    ['HOP(10m, 5m)', { kind: 'sliding', size: [10, 'MINUTE', '10m'], advance: [5, 'MINUTE', '5m'] }],
    ['HOP(ts, 10m, 5m)', { kind: 'sliding', size: [10, 'MINUTE', '10m'], advance: [5, 'MINUTE', '5m'], time: 'ts' }],
    [
      'SLIDING(ADVANCE BY 1 MINUTE, SIZE 5 MINUTES)',
      { kind: 'sliding', size: [5, 'MINUTE', undefined], advance: [1, 'MINUTE', undefined] },
    ],
    ['SESSION(ts, 30m, u)', { kind: 'session', gap: [30, 'MINUTE', '30m'], time: 'ts', key: 'u' }],
    ['SESSION(30m, u)', { kind: 'session', gap: [30, 'MINUTE', '30m'], key: 'u' }],
  ])('WINDOW %s', (text, expected) => {
    const { window } = select(`SELECT a FROM t WINDOW ${text}`);
    const brief = Object.entries(window ?? {}).flatMap(([key, value]) => {
      if (key === 'span') return [];
      if (typeof value !== 'object') return [[key, value]];
      const e = value as Expression;
      return [[key, e.kind === 'interval' ? [e.value, e.unit, e.text] : printExpression(e)]];
    });
    expect(Object.fromEntries(brief)).toEqual(expected);
  });

  test('a window called in GROUP BY or in the list becomes the WINDOW clause', () => {
    const grouped = select("SELECT k FROM t GROUP BY k, TUMBLE(ts, INTERVAL '5' MINUTE)");
    expect(grouped.window?.kind).toBe('tumbling');
    expect(grouped.groupBy.map((e) => printExpression(e))).toEqual(['k']);
    const listed = select('SELECT TUMBLING(ts, 5m) AS w, k FROM t GROUP BY k');
    expect(listed.window?.kind).toBe('tumbling');
    expect(listed.items[0]).toMatchObject({ alias: { text: 'w' }, expression: { kind: 'column', path: [{ text: '_WINDOW_START' }] } });
  });

  test('HOP called in GROUP BY has its slide first, as that form has elsewhere', () => {
    expect(select('SELECT k FROM t GROUP BY k, HOP(ts, 5m, 10m)').window).toMatchObject({ size: { value: 10 }, advance: { value: 5 } });
    expect(select('SELECT k FROM t GROUP BY k, HOPPING(ts, 10m, 5m)').window).toMatchObject({ size: { value: 10 }, advance: { value: 5 } });
  });

  test('clauses after the last arm of a UNION belong to the whole, those in parentheses to their arm', () => {
    const whole = parse('SELECT a FROM t LIMIT 1 UNION SELECT b FROM u LIMIT 5').statements[0];
    expect(whole).toMatchObject({
      query: { kind: 'union', limit: { count: 5 }, left: { limit: { count: 1 } }, right: { kind: 'select' } },
    });
    const arm = parse('SELECT a FROM t UNION (SELECT b FROM u LIMIT 5) ORDER BY a').statements[0];
    expect(arm).toMatchObject({ query: { kind: 'union', orderBy: [{}], right: { limit: { count: 5 } } } });
    expect(parse('(SELECT a FROM t) UNION (SELECT b FROM u) WHERE c').diagnostics[0]?.code).toBe('VS1039');
  });

  test('the trailing WITH of a job belongs to the job, that of a relation to the relation', () => {
    const [job] = parse("START JOB j AS SELECT a FROM t WITH ('x' = 'y') WHERE b WITH ('mode' = 'simple')").statements;
    expect(job).toMatchObject({ properties: [{ key: 'mode' }], body: { query: { properties: [], from: { properties: [{ key: 'x' }] } } } });
  });

  test('warns of properties given twice and of names that need quotes', () => {
    expect(parse("SELECT a FROM t WHERE b WITH ('x' = 1, 'x' = 2)").diagnostics).toMatchObject([{ code: 'VS1037', severity: 'warning' }]);
    const [warning] = parse('SELECT a FROM my-topic').diagnostics;
    expect(warning).toMatchObject({ code: 'VS1027', severity: 'warning' });
    expect(select('SELECT a FROM my-topic').from).toMatchObject({ relation: { name: { text: 'my-topic', quoted: true } } });
  });

  test('warns of clauses in an unusual order', () => {
    expect(parse('SELECT a FROM t WINDOW TUMBLING(1m) GROUP BY a').diagnostics).toMatchObject([
      { reason: 'clause-order', severity: 'warning' },
    ]);
    expect(parse('SELECT a FROM t WINDOW TUMBLING(1m) GROUP BY a', { mode: 'strict' }).diagnostics).toMatchObject([
      { code: 'VS1008', severity: 'error' },
    ]);
  });
});
