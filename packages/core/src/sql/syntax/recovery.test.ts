import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lenientForms, referenceForms } from './accept-cases.fixture.ts';
import { parse, parseExpression } from './index.ts';

const found = (sql: string): string[] => parse(sql).diagnostics.map((d) => `${d.statement}:${d.code}:${sql.slice(d.start, d.end)}`);

describe('recovery', () => {
  test('goes on with the next statement', () => {
    const sql = "SELECT a FRM t;\nSELECT ';' FROM t;\nSELEC 2;\nCREATE STREAM s AS SELECT b FROM u";
    expect(found(sql)).toEqual(['0:VS1004:t', '2:VS1005:SELEC']);
    expect(parse(sql).statements.map((s) => s.kind)).toEqual(['query', 'query', 'error', 'create']);
  });

  test('reports several mistakes of one statement', () => {
    expect(found('SELECT a +, b, (c FROM t WHERE ORDER BY LIMIT x')).toEqual([
      '0:VS1003:,',
      '0:VS1003:FROM',
      '0:VS1003:ORDER',
      '0:VS1004:x',
    ]);
    expect(found('SELECT f(a,), b FROM t JOIN u WHERE c = GROUP BY k EMIT now')).toEqual([
      '0:VS1003:)',
      '0:VS1003:WHERE',
      '0:VS1003:GROUP',
      '0:VS1009:now',
    ]);
  });

  test('keeps what it understood', () => {
    const [statement] = parse('SELECT a, b + FROM t WHERE x > GROUP BY k EMIT CHANGES').statements;
    if (statement?.kind !== 'query' || statement.query.kind !== 'select') throw new Error('no select');
    const { items, from, groupBy, emit } = statement.query;
    expect(items.map((item) => item.kind === 'expression' && item.expression.kind)).toEqual(['column', 'error']);
    expect(from).toMatchObject({ kind: 'relation' });
    expect(groupBy).toHaveLength(1);
    expect(emit?.mode).toBe('CHANGES');
  });

  test('says of unsupported features what they are', () => {
    expect(
      parse('CREATE VIEW v AS SELECT a FROM t; SELECT 1').statements.map((s) => (s.kind === 'unsupported' ? s.feature : s.kind)),
    ).toEqual(['CREATE VIEW', 'query']);
  });

  test('places problems on lines and columns', () => {
    expect(parse('SELECT a\nFROM t\n  WHERE b BETWEEN 1').diagnostics[0]).toMatchObject({
      line: 3,
      column: 20,
      statement: 0,
      reason: 'between-without-and',
    });
  });

  test.each([
    ['SELECT a FROM t WHERE a == 1', 'Write "=" for equality.'],
    ['SELECT a FROM t WHERE a AND b && c', 'Write AND to join two conditions.'],
    ['SELECT a, b, FROM t', 'Remove the comma before it.'],
    ['INSERT INTO t VALUES (1,)', 'Remove the comma before it.'],
    ['SELECT a FROM t LIMIT 5, 10', 'Write LIMIT n OFFSET m to skip rows.'],
    ['SELECT a FROM t, u', 'Relations are joined with JOIN … ON, or with CROSS JOIN.'],
    ['SELECT a FROM t TUMBLING(5m)', 'Write WINDOW before TUMBLING.'],
    ['SELECT select FROM t', '"SELECT" is a reserved word: put it in back-ticks to use it as a name.'],
    ['SELECT a + FROM t', 'Write what stands behind "+".'],
    ['SELECT (a *) FROM t', 'Write what stands behind "*".'],
    ['SELECT a FROM t WHERE a > 1 AND GROUP BY a', 'Write what stands behind "AND".'],
    ["SELECT 'O FROM t", "Close it with '; a ' inside it is written twice."],
    ['CREATE VIEW v AS SELECT a FROM t', 'Use CREATE TABLE … AS SELECT for a materialised view.'],
    ['SELECT CAST(a AS STRNG) FROM t', 'Did you mean "STRING"?'],
  ])('helps with %s', (sql, hint) => {
    expect(parse(sql).diagnostics[0]?.hint).toBe(hint);
  });

  test('limits the problems of one statement', () => {
    expect(parse(`SELECT ${'! a,'.repeat(500)} b FROM t`).diagnostics.length).toBeLessThanOrEqual(20);
  });

  test('does not repeat itself after a place that the lexer left out', () => {
    expect(found('SELECT a ? b FROM t WHERE')).toEqual(['0:VS1001:?']);
  });
});

describe('limits', () => {
  const code = (sql: string): string | undefined => parse(sql).diagnostics.find((d) => d.severity === 'error')?.code;
  const many = 10_000;
  test.each([
    ['brackets', `SELECT ${'('.repeat(many)}a${')'.repeat(many)} FROM t`],
    ['calls', `SELECT ${'f('.repeat(many)}a${')'.repeat(many)} FROM t`],
    ['cases', `SELECT ${'CASE WHEN a THEN '.repeat(many)}1${' END'.repeat(many)} FROM t`],
    ['sub-queries', `SELECT ${'(SELECT '.repeat(many)}1${')'.repeat(many)}`],
    ['derived tables', `SELECT a FROM ${'(SELECT a FROM '.repeat(many)}t${')'.repeat(many)}`],
    ['types', `SELECT CAST(a AS ${'ARRAY<'.repeat(many)}INT${'>'.repeat(many)}) FROM t`],
    ['signs', `SELECT ${'- '.repeat(many)}a FROM t`],
    ['negations', `SELECT ${'NOT '.repeat(many)}a FROM t`],
    ['sums', `SELECT a${'+a'.repeat(many)} FROM t`],
    ['casts', `SELECT a${'::INT'.repeat(many)} FROM t`],
    ['unions', `SELECT 1${' UNION SELECT 1'.repeat(many)}`],
    ['explanations', `${'EXPLAIN '.repeat(many)}SELECT 1`],
    ['insert values', `INSERT INTO t VALUES (1${'+1'.repeat(many)})`],
    ['assignments', `UPDATE t SET a = 1${'+1'.repeat(many)}`],
    ['deletions', `DELETE FROM t WHERE 1${'+1'.repeat(many)} > 0`],
    ['column defaults', `CREATE TABLE t (a INT DEFAULT 1${'+1'.repeat(many)}) WITH ()`],
    ['job bodies', `START JOB j AS SELECT 1${'+1'.repeat(many)}`],
    ['explained statements', `EXPLAIN SELECT 1${'+1'.repeat(many)}`],
  ])('refuse deep %s with a code', (_, sql) => {
    expect(code(sql)).toBe('VS1032');
    expect(parse(sql).statements[0]?.kind).toBe('error');
  });

  test.each([
    ['AND', `SELECT a FROM t WHERE a${' AND a'.repeat(many)}`],
    ['OR', `SELECT a FROM t WHERE a${' OR a'.repeat(many)}`],
    ['||', `SELECT a${' || a'.repeat(many)} FROM t`],
    ['list', `SELECT a FROM t WHERE a IN (1${', 1'.repeat(many)})`],
    ['joins', `SELECT a FROM t${' JOIN u ON a = b'.repeat(1000)}`],
  ])('let long chains of %s pass', (_, sql) => {
    expect(code(sql)).toBeUndefined();
  });

  test('hold for expressions by themselves', () => {
    expect(parseExpression(`a${'+a'.repeat(many)}`).diagnostics[0]?.code).toBe('VS1032');
    expect(parseExpression('('.repeat(many)).diagnostics[0]?.code).toBe('VS1032');
    expect(parseExpression('a b').diagnostics[0]?.code).toBe('VS1004');
    expect(parseExpression('').diagnostics[0]?.code).toBe('VS1003');
  });

  test.each(['ALLOWED LATENESS 30s', "GRACE PERIOD INTERVAL '1' MINUTE"])(
    'say how late rows are waited for where %s was written',
    (clause) => {
      const [problem] = parse(`SELECT COUNT(*) FROM t WINDOW TUMBLING(1m) ${clause}`).diagnostics;
      expect(problem?.hint).toContain("'allowed.lateness'");
    },
  );

  test('allow what people write', () => {
    const nested = `SELECT ${'('.repeat(40)}a${')'.repeat(40)} + ${'f('.repeat(40)}b${')'.repeat(40)}${' + c'.repeat(100)} FROM t`;
    expect(code(nested)).toBeUndefined();
  });

  test('refuse text beyond the size limit', () => {
    expect(parse('SELECT 1', { maxSqlBytes: 7 }).diagnostics[0]).toMatchObject({ code: 'VS1033', statement: -1 });
    expect(parse("SELECT 'ä'", { maxSqlBytes: 10 }).diagnostics[0]?.code).toBe('VS1033');
    expect(parse("SELECT 'ä'", { maxSqlBytes: 11 }).diagnostics).toEqual([]);
    expect(parse(`SELECT '${'x'.repeat(1 << 20)}'`).diagnostics[0]?.code).toBe('VS1033');
  });
});

describe('hostile text', () => {
  const statements = [...Object.values(referenceForms), ...Object.values(lenientForms)].flat();
  const pieces = fc.oneof(
    fc.constantFrom(...statements),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(
      "'",
      '"',
      '`',
      '/*',
      '*/',
      '--',
      ';',
      '(',
      ')',
      '((((',
      'SELECT',
      'FROM',
      'CASE',
      'END',
      'WITH',
      ',',
      '.',
      '::',
      '\u0000',
      '\ud800',
      '@metric:',
      '5m',
      'INTERVAL',
      'OVER (',
    ),
  );

  test('never throws and always places its problems, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), fc.constantFrom('lenient' as const, 'strict' as const), (parts, mode) => {
        const sql = parts.join(' ');
        for (const d of parse(sql, { mode }).diagnostics) {
          expect(d.start).toBeGreaterThanOrEqual(0);
          expect(d.start).toBeLessThanOrEqual(d.end);
          expect(d.end).toBeLessThanOrEqual(sql.length);
        }
      }),
      { numRuns: 1500, seed: 3 },
    );
  }, 60_000);

  test('survives mutations of valid statements', () => {
    fc.assert(
      fc.property(fc.constantFrom(...statements), fc.nat(), fc.nat(6), fc.string({ maxLength: 3 }), (sql, place, length, insert) => {
        const at = place % (sql.length + 1);
        const mutated = sql.slice(0, at) + insert + sql.slice(at + length);
        const { statements: read, diagnostics } = parse(mutated);
        // nothing is dropped without a word: text without problems is text that was read
        if (diagnostics.length === 0 && mutated.trim() !== '' && !/^[\s;]*$/.test(mutated))
          expect(read.length + (mutated.includes('--') || mutated.includes('/*') ? 1 : 0)).toBeGreaterThan(0);
      }),
      { numRuns: 3000, seed: 5 },
    );
  }, 60_000);

  test.each([
    ['quotes', "'".repeat(65_536)],
    ['open brackets', '('.repeat(65_536)],
    ['semicolons', ';'.repeat(65_536)],
    ['bangs', '!'.repeat(65_536)],
    ['emoji', '😀'.repeat(32_768)],
    ['comment marks', '/*'.repeat(32_768)],
    ['line comments', '--\n'.repeat(21_845)],
    ['annotations', '-- @metric: x\n'.repeat(4_681)],
    ['words', 'a '.repeat(32_768)],
    ['selects', 'SELECT '.repeat(9_362)],
    ['points', `SELECT a${'.a'.repeat(32_000)} FROM t`],
    ['statements', 'SELECT 1;'.repeat(7_281)],
    ['broken statements', 'SELECT a FROM;'.repeat(4_681)],
    ['commas', `SELECT ${','.repeat(65_000)}`],
    ['plus signs', `SELECT ${'a+'.repeat(32_000)}`],
  ])('reads 64 KiB of %s in linear time', (_, sql) => {
    // an order of magnitude above what is measured on a quiet machine; quadratic work would be far beyond
    const before = performance.now();
    parse(sql);
    expect(performance.now() - before).toBeLessThan(4_000);
  });
});
