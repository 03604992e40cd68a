import { describe, expect, test } from 'vitest';
import { createEngine, type EngineOptions, type Row } from '../../src/engine/index.ts';

const EVIL_NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'prototype',
  'valueOf',
  '__defineGetter__',
  'then',
  'length',
  'x"]||(globalThis.pwned=1)||r["',
  "');globalThis.pwned=1;('",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of an attack, not a template
  '${globalThis.pwned=1}',
  '*/globalThis.pwned=1/*',
  '\u2028globalThis.pwned=1',
  'a\nb',
  'a b',
  'ünïcode',
  '🙂',
  'select',
  'from',
  '1',
  '-1',
  'a.b',
  'a-b',
  "it's",
  'a"b',
  'arguments',
  'this',
  'undefined',
  'null',
  'NaN',
  'eval',
  '</script>',
  'a\\b',
  '\u0000',
  'constructor.prototype',
];
const quote = (name: string): string => `\`${name}\``;
const record = (entries: readonly (readonly [string, unknown])[]): object => {
  const row = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of entries) Object.defineProperty(row, key, { value, enumerable: true, configurable: true, writable: true });
  return row;
};
const global = globalThis as { pwned?: unknown };
const run = (sql: string, rows: readonly object[], options: EngineOptions = {}): Promise<Row[]> =>
  createEngine({ ...options, sources: { t: rows } })
    .run(sql)
    .rows();

describe.each([true, false])('hostile names and values, generated code %s', (codegen) => {
  test.each(EVIL_NAMES)('a column named %j is data', async (name) => {
    const rows = [
      record([
        [name, 1],
        ['k', 'x'],
      ]),
      record([
        [name, 2],
        ['k', 'x'],
      ]),
    ];
    const [row] = await run(`SELECT k, SUM(${quote(name)}) AS ${quote(name)} FROM t WHERE ${quote(name)} > 0 GROUP BY k EMIT FINAL`, rows, {
      codegen,
    });
    expect(Object.getOwnPropertyDescriptor(row, name)?.value).toBe(3);
    expect(Object.getPrototypeOf(row)).toBe(null);
    expect(global.pwned).toBeUndefined();
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test.each(EVIL_NAMES)('a text %j is data, as a literal and as a value', async (text) => {
    const literal = `'${text.replaceAll("'", "''")}'`;
    const rows = await run(
      `SELECT s, s || ${literal} AS twice, CASE WHEN s = ${literal} THEN ${literal} END AS same FROM t WHERE s IN (${literal})`,
      [{ s: text }, { s: 'other' }],
      { codegen },
    );
    expect(rows.map((r) => ({ ...r }))).toEqual([{ s: text, twice: text + text, same: text }]);
    expect(global.pwned).toBeUndefined();
  });

  test('prototype pollution by nested values does not happen', async () => {
    const rows = [
      { m: JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}') as object, k: '__proto__' },
    ];
    await run('SELECT k, m, COUNT(*) AS n FROM t GROUP BY k, m EMIT FINAL', rows, { codegen });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('integers beyond 64 bits are an error of their record, and the others go on', async () => {
    const big = 2n ** 62n;
    const engine = createEngine({
      codegen,
      sources: { t: { rows: [{ a: big }, { a: 1n }, { a: -big * 2n }], schema: { columns: [{ name: 'a', type: 'INTEGER' }] } } },
    });
    const query = engine.run('SELECT a * 2 AS b FROM t');
    expect((await query.rows()).map((r) => r['b'])).toEqual([2]);
    expect(query.metrics().rowErrors).toBe(2);
    expect(query.metrics().lastErrors[0]?.code).toMatch(/^VS5\d{3}$/);
  });

  test('integers between 53 and 64 bits stay exact', async () => {
    const rows = [{ a: 2n ** 53n + 1n }, { a: 2n }];
    const schema = { columns: [{ name: 'a', type: 'INTEGER' }] };
    const [row] = await createEngine({ codegen, sources: { t: { rows, schema } } })
      .run('SELECT SUM(a) AS s, MAX(a) AS m, MIN(a + 1) AS p FROM t EMIT FINAL')
      .rows();
    expect({ ...row }).toEqual({ s: 2n ** 53n + 3n, m: 2n ** 53n + 1n, p: 3 });
  });

  test('NaN, infinities and negative zero are ordinary floats that group and compare', async () => {
    const rows = [Number.NaN, Number.NaN, 0, -0, Number.POSITIVE_INFINITY, 1.5].map((x) => ({ x }));
    const schema = { columns: [{ name: 'x', type: 'FLOAT' }] };
    const grouped = await createEngine({ codegen, sources: { t: { rows, schema } } })
      .run('SELECT x, COUNT(*) AS n FROM t GROUP BY x EMIT FINAL')
      .rows();
    expect(grouped.map((r) => [String(r['x']), r['n']])).toEqual([
      ['NaN', 2],
      ['0', 2],
      ['Infinity', 1],
      ['1.5', 1],
    ]);
  });

  test('an integer column that gets a fraction says which value and what to do, and goes on', async () => {
    const schema = { columns: [{ name: 'a', type: 'INTEGER' }] };
    const query = createEngine({ codegen, sources: { t: { rows: [{ a: 1 }, { a: 1.5 }, { a: 'x' }, { a: 2 }], schema } } }).run(
      'SELECT a FROM t',
    );
    expect((await query.rows()).map((r) => r['a'])).toEqual([1, 2]);
    expect(query.metrics().rowErrors).toBe(2);
    expect(query.metrics().lastErrors[0]?.message).toContain('"a"');
  });

  test.each(['(a+)+$', '(a|aa)+$', '(.*a){20}', '([a-zA-Z]+)*$', '(a|a?)+$', '^(([a-z])+.)+[A-Z]([a-z])+$'])(
    'the pattern %s does not freeze the host',
    async (pattern) => {
      const text = `${'a'.repeat(100_000)}!`;
      const [row] = await run(`SELECT REGEXP(s, '${pattern}') AS hit FROM t`, [{ s: text }], { codegen });
      expect(typeof row?.['hit']).toBe('boolean');
    },
    20_000,
  );

  test('back-references and look-around are refused, not run', async () => {
    for (const pattern of ['(a)\\1', '(?=a)b', '(?<=a)b']) {
      const query = createEngine({ codegen, sources: { t: [{ s: 'aa' }] } }).run(`SELECT REGEXP(s, '${pattern}') AS hit FROM t`);
      const outcome = await query.rows().then(
        (rows) => (query.metrics().rowErrors === 1 && rows.length === 0 ? 'record error' : rows),
        () => 'refused',
      );
      expect(['record error', 'refused']).toContain(outcome);
    }
  });

  test('a burst of a million rows is answered', async () => {
    const engine = createEngine({ codegen, sources: { t: { schema: { columns: [{ name: 'a', type: 'INTEGER' }] } } } });
    const query = engine.run('SELECT COUNT(*) AS n, SUM(a) AS s FROM t EMIT FINAL');
    engine.push(
      't',
      Array.from({ length: 1_000_000 }, (_, a) => ({ a })),
    );
    engine.end();
    expect((await query.rows()).map((r) => ({ ...r }))).toEqual([{ n: 1_000_000, s: 499_999_500_000 }]);
  }, 30_000);

  test.each([
    ['maxGroups', 'SELECT a, COUNT(*) AS n FROM t GROUP BY a EMIT CHANGES', { maxGroups: 10 }],
    ['maxRows', 'SELECT a FROM t', { maxRows: 10 }],
    ['maxJoinFanout', 'SELECT l.a FROM t l JOIN t r ON l.b = r.b WITHIN INTERVAL 1 HOUR', { maxJoinFanout: 10 }],
  ] as const)('limit %s ends in a typed error', async (limit, sql, limits) => {
    const rows = Array.from({ length: 100 }, (_, a) => ({ a, b: 1, ts: a }));
    const engine = createEngine({ codegen, limits, sources: { t: { rows, eventTime: 'ts' } } });
    await expect(engine.run(sql).rows()).rejects.toMatchObject({ reason: 'limit-exceeded', details: { limit } });
  });
});
