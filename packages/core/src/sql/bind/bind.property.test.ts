import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '../syntax/index.ts';
import { CATALOG } from './bind.fixture.ts';
import { bindScript } from './bind-script.ts';
import { provideWholeLanguage } from './whole-language.ts';

provideWholeLanguage();

const NAMES = [
  'symbol',
  'price',
  'qty',
  'fee',
  'side',
  'live',
  'ts',
  'nope',
  'a',
  'b',
  't.qty',
  'q.bid',
  'x.y.z',
  '_event_time',
  '_window_end',
  '*',
  '__proto__',
];
const name = fc.constantFrom(...NAMES.filter((n) => n !== '*'));
const literal = fc.constantFrom(
  '1',
  '2.50',
  "'x'",
  'NULL',
  'TRUE',
  "INTERVAL '5' SECOND",
  "DATE '2025-01-01'",
  "TIMESTAMP 'never'",
  '0',
  '1e300',
);
const FUNCTIONS = [
  'ABS',
  'UPPER',
  'COUNT',
  'SUM',
  'MAX',
  'LAG',
  'COALESCE',
  'IF',
  'NULLIF',
  'WINDOW_START',
  'PERCENTILE_CONT',
  'EXTRACT',
  'nope',
];

const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const e = tie('expression');
  const binary = fc
    .tuple(e, fc.constantFrom('+', '-', '*', '/', '%', '||', '=', '<', 'AND', 'OR', 'LIKE'), e)
    .map(([a, op, b]) => `(${a} ${op} ${b})`);
  const call = fc.tuple(fc.constantFrom(...FUNCTIONS), fc.array(e, { maxLength: 3 })).map(([f, args]) => `${f}(${args.join(', ')})`);
  const over = fc
    .tuple(fc.constantFrom('LAG', 'SUM', 'RANK', 'UPPER'), e, e, e)
    .map(([f, a, p, o]) => `${f}(${a}) OVER (PARTITION BY ${p} ORDER BY ${o})`);
  const other = fc.oneof(
    fc.tuple(e, e, e).map(([a, b, c]) => `${a} BETWEEN ${b} AND ${c}`),
    fc.tuple(e, e).map(([a, b]) => `${a} IN (${b}, NULL)`),
    fc.tuple(e, e, e).map(([a, b, c]) => `CASE WHEN ${a} THEN ${b} ELSE ${c} END`),
    e.map((a) => `CAST(${a} AS DECIMAL(10,2))`),
    e.map((a) => `NOT ${a}`),
    e.map((a) => `${a} IN (SELECT id FROM users WHERE ${a})`),
    e.map((a) => `(SELECT MAX(${a}) FROM users)`),
  );
  return { expression: fc.oneof({ maxDepth: 3, withCrossShrink: true }, name, literal, binary, call, over, other) };
});

const clause = (word: string, of: fc.Arbitrary<string>) =>
  fc.option(of, { nil: undefined }).map((x) => (x === undefined ? '' : ` ${word} ${x}`));
const select = fc
  .record({
    items: fc.array(
      fc.oneof(
        expression,
        fc.tuple(expression, fc.constantFrom('a', 'b', 'qty')).map(([e, n]) => `${e} AS ${n}`),
        fc.constant('*'),
      ),
      { minLength: 1, maxLength: 4 },
    ),
    from: fc.constantFrom(
      'trades',
      'trades t',
      'trades t JOIN quotes q ON t.symbol = q.symbol',
      'users',
      'nowhere',
      '(SELECT * FROM trades) t',
      "'file:///x.csv'",
    ),
    where: clause('WHERE', expression),
    group: clause('GROUP BY', expression),
    window: clause('WINDOW', fc.constantFrom('TUMBLING(5s)', 'SLIDING(ts, 10s, 5s)', 'SESSION(qty, 5s, side)')),
    having: clause('HAVING', expression),
    order: clause('ORDER BY', expression),
  })
  .map((s) => `SELECT ${s.items.join(', ')} FROM ${s.from}${s.where}${s.group}${s.window}${s.having}${s.order}`);

describe('the binder', () => {
  test('never throws, and binds exactly what has no error', () => {
    fc.assert(
      fc.property(
        fc.array(select, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(CATALOG, null),
        fc.constantFrom('standard', 'velostream'),
        (texts, catalog, compat) => {
          const sql = texts.map((text, i) => `CREATE STREAM s${i} AS ${text}`).join(';\n');
          const { statements } = parse(sql);
          const { bound, problems } = bindScript(statements, { sql, catalog, compat: compat as 'standard' });
          for (const [i, b] of bound.entries()) {
            const failed = problems.some((p) => p.statement === i && p.severity === 'error') || statements[i]?.kind === 'error';
            expect(b === null).toBe(failed);
          }
          for (const p of problems) expect(p.span.start <= p.span.end && p.span.end <= sql.length).toBe(true);
        },
      ),
      { numRuns: 800, seed: 20_260_704 },
    );
  });
});
