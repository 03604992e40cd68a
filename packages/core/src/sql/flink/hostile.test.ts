import { describe, expect, test } from 'vitest';
import { createCatalog } from '../catalog/create-catalog.ts';
import { connections, printed } from './flink.fixture.ts';
import { fillSecrets, toFlink } from './index.ts';

const names = ['a`b', "a'b", 'a"b', 'a; DROP TABLE x; --', 'a\nb', '$time', 'window_start', 'select', '{{x}}', '`', '/* a */'];

/** Text outside of quotes: what Flink reads as its language. */
const bare = (sql: string): string => sql.replace(/`(?:[^`]|``)*`|'(?:[^']|'')*'/g, (part) => part.slice(0, 1));

describe('names and texts of users never become language', () => {
  // Two of them are names of Flink's own, see below: what is printed for these is another text.
  test.each(names.filter((name) => !['$time', 'window_start'].includes(name)))('a column and a relation called %j', (name) => {
    const catalog = createCatalog({
      [name]: {
        columns: [
          { name, type: 'STRING' },
          { name: 'ts', type: 'TIMESTAMP' },
        ],
        eventTime: 'ts',
      },
    });
    const options = { catalog, connections: { [name]: { type: 'file_source', path: '/d/n.jsonl' } } };
    const plain = {
      catalog: createCatalog({
        n: {
          columns: [
            { name: 'n', type: 'STRING' },
            { name: 'ts', type: 'TIMESTAMP' },
          ],
          eventTime: 'ts',
        },
      }),
      connections: { n: { type: 'file_source', path: '/d/n.jsonl' } },
    };
    const quoted = name.includes('`') ? null : `\`${name}\``;
    if (quoted === null) return;
    const text = (q: string, given: typeof options) =>
      toFlink(`SELECT ${q} AS ${q}, COUNT(*) AS c FROM ${q} GROUP BY ${q} WINDOW TUMBLING(1m)`, given);
    const hostile = text(quoted, options).statements.map((each) => bare(each.sql));
    expect(hostile).toEqual(text('`n`', plain).statements.map((each) => bare(each.sql)));
  });

  test('names with back-ticks come from schemas only, and are doubled', () => {
    const catalog = createCatalog({ t: { columns: [{ name: 'a`b', type: 'STRING' }] } });
    const { statements } = toFlink('SELECT * FROM t', { catalog, connections: { t: { type: 'file_source', path: '/x.jsonl' } } });
    expect(statements.at(-1)?.sql).toBe('SELECT `t`.`a``b` AS `a``b`\nFROM `t` AS `t`');
  });

  test.each(names)('a literal %j', (text) => {
    const { statements } = printed(
      `SELECT '${text.replaceAll("'", "''")}' AS x, symbol LIKE '${text.replaceAll("'", "''")}' AS y FROM trades`,
    );
    expect(bare(statements.at(-1)?.sql ?? '')).toBe("SELECT ' AS `, (`.` LIKE ') AS `\nFROM ` AS `");
  });

  test('options of connectors are literals', () => {
    const { statements } = printed('SELECT id FROM users', { connections: { users: { type: 'kafka_source', topic: "x', 'y' = 'z" } } });
    expect(statements[0]?.sql).toContain("'topic' = 'x'', ''y'' = ''z'");
  });
});

describe('secrets', () => {
  const secret = { ...connections, trades: { type: 'kafka_source', topic: 't', 'sasl.username': 'me', 'sasl.password': `p'w"\\` } };

  test('stand for themselves nowhere, and are filled in as part of their literal', () => {
    const script = printed('SELECT qty FROM trades', { connections: secret });
    const [table] = script.statements;
    expect(JSON.stringify(script)).not.toContain("p'w");
    expect(table?.sql).toContain('password="{{secret:trades.sasl.password}}"');
    expect(fillSecrets(table?.sql ?? '', script.secrets)).toContain(`password="p''w\\"\\\\"`);
  });

  test('text that looks like the place of a secret is refused', () => {
    const script = printed("SELECT '{{secret:trades.sasl.password}}' AS x FROM trades", { connections: secret });
    expect(script.verdict).toBe('refused');
  });

  test('a user and password in a URI are placeholders too', () => {
    const script = toFlink("CREATE STREAM k (a STRING) WITH ('type' = 'kafka_source'); SELECT a FROM k INTO 'kafka://u:geheim@h:1/t'");
    expect(script.statements.map((each) => each.sql).join()).not.toContain('geheim');
    expect([...script.secrets.values()]).toEqual(['geheim']);
  });

  test('variables are filled in from what is given', () => {
    const sql =
      "CREATE STREAM k (a STRING) WITH ('type' = 'kafka_source', 'topic' = '${TOPIC}', 'sasl.username' = 'u', 'sasl.password' = '${PW}');\nSELECT a FROM k";
    const script = toFlink(sql, { variables: { TOPIC: 'taps', PW: 'geheim' } });
    expect(script.statements[0]?.sql).toContain("'topic' = 'taps'");
    expect(script.statements[0]?.sql).not.toContain('geheim');
    expect(toFlink(sql).verdict).toBe('refused');
  });
});

test('columns that have the names of ours and of Flink keep apart', () => {
  const columns = ['$time', '$ts', 'ts', 'window_start', 'window_end'].map((name) => ({
    name,
    type: name.endsWith('ts') ? 'TIMESTAMP' : 'INTEGER',
  }));
  const catalog = createCatalog({ t: { columns, eventTime: 'ts' } });
  const options = { catalog, connections: { t: { type: 'file_source', path: '/d/n.jsonl' } } };
  const { statements } = toFlink(
    'SELECT SUM(`window_start`) AS a, SUM(`$time`) AS b, _window_start AS w FROM t WINDOW TUMBLING(1m)',
    options,
  );
  const [table, select] = statements.map((each) => each.sql);
  expect(table).toContain('WATERMARK FOR `$rowtime`');
  expect(select).toContain('`t`.`window_start` AS `window_start_2`');
  expect(select).toContain('`t`.`$time` AS `$time_2`');
  expect(select).toContain('DESCRIPTOR(`$time`)');
});
