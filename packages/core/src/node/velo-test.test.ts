import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, runHere } from './velo.fixture.ts';

const SQL = "SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol WINDOW TUMBLING(ts, INTERVAL '1' MINUTE) EMIT FINAL";
const SPEC =
  'application: app\nseed: 1\ndefault_records: 50\nqueries:\n  - name: q\n    inputs: [{source: trades}]\n    assertions: [{type: record_count, greater_than: LIMIT}]\n';

describe('velo test', () => {
  it('tests a script without a spec and says how to get one', async () => {
    using folder = folderWith({ 'app.sql': SQL });
    const { code, stdout, stderr } = await runHere(['test', 'app.sql', '--seed', '1', '-n', '100'], { cwd: folder.path });
    expect([code, stdout]).toEqual([0, expect.stringContaining('all passed')]);
    expect(stderr).toContain('velo test init app.sql');
  });

  it('finds the spec beside the script, and ends with 1 when a test fails', async () => {
    using folder = folderWith({ 'app.sql': SQL, 'app.test.yaml': SPEC.replace('LIMIT', '0') });
    expect((await runHere(['test', 'app.sql'], { cwd: folder.path })).code).toBe(0);
    expect((await runHere(['test', 'app.test.yaml'], { cwd: folder.path })).code).toBe(0);
    using failing = folderWith({ 'app.sql': SQL, 'test_spec.yaml': SPEC.replace('LIMIT', '100000') });
    const { code, stdout } = await runHere(['test', 'app.sql', '--json'], { cwd: failing.path });
    expect(code).toBe(1);
    expect((JSON.parse(stdout) as { summary: object }).summary).toMatchObject({ failed: 1 });
  });

  it('runs queries at the same time with --jobs, and refuses a number that is none', async () => {
    using folder = folderWith({ 'app.sql': SQL, 'app.test.yaml': SPEC.replace('LIMIT', '0') });
    expect((await runHere(['test', 'app.sql', '--jobs', '2'], { cwd: folder.path })).code).toBe(0);
    expect((await runHere(['test', 'app.sql', '--jobs', '0'], { cwd: folder.path })).code).toBe(2);
  });

  it('writes a first spec that passes, and not over another', async () => {
    using folder = folderWith({ 'app.sql': SQL });
    expect((await runHere(['test', 'init', 'app.sql'], { cwd: folder.path })).code).toBe(0);
    expect(readFileSync(join(folder.path, 'app.test.yaml'), 'utf8')).toContain('select_query');
    expect((await runHere(['test', 'app.sql'], { cwd: folder.path })).code).toBe(0);
    expect((await runHere(['test', 'init', 'app.sql'], { cwd: folder.path })).code).toBe(2);
  });

  it('writes schemas of scripts and of data', async () => {
    using folder = folderWith({ 'app.sql': SQL, 'rows.csv': 'a,b\n1,x\n2,y\n' });
    await runHere(['test', 'infer-schema', 'app.sql', '-d', 'schemas'], { cwd: folder.path });
    expect(readFileSync(join(folder.path, 'schemas', 'trades.schema.yaml'), 'utf8')).toContain('name: trades');
    expect((await runHere(['test', 'infer-schema', 'rows.csv'], { cwd: folder.path })).stdout).toContain('name: rows');
  });

  it('writes reports to a file', async () => {
    using folder = folderWith({ 'app.sql': SQL });
    await runHere(['test', 'app.sql', '--format', 'junit', '--out', 'report.xml', '-n', '10'], { cwd: folder.path });
    expect(readFileSync(join(folder.path, 'report.xml'), 'utf8')).toContain('<testsuites');
  });

  it('validates specs and runs stress', async () => {
    using folder = folderWith({ 'app.sql': SQL, 'good.yaml': SPEC.replace('LIMIT', '0'), 'bad.yaml': 'application: a\nqueries: []\n' });
    expect((await runHere(['test', 'validate', 'good.yaml'], { cwd: folder.path })).code).toBe(0);
    writeFileSync(join(folder.path, 'slip.yaml'), 'application: a\nqueries: [{ name: q, assertions: [{ type: recrd_count }] }]\n');
    expect(await runHere(['test', 'validate', 'slip.yaml'], { cwd: folder.path })).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('query "q": assertion type "recrd_count" is not known; did you mean "record_count"?'),
    });
    expect(await runHere(['test', 'validate', 'bad.yaml'], { cwd: folder.path })).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('no queries'),
    });
    expect((await runHere(['test', 'stress', 'app.sql', '-n', '1000', '--json'], { cwd: folder.path })).stdout).toContain(
      '"totalRecords": 1000',
    );
  });

  it('runs a script statement by statement', async () => {
    using folder = folderWith({
      'app.sql': 'CREATE STREAM big AS SELECT symbol, price FROM trades WHERE price > 100; SELECT symbol FROM big',
    });
    const { code, stdout } = await runHere(['test', 'debug', 'app.sql', '--seed', '1', '-n', '50'], {
      cwd: folder.path,
      stdin: 'b 2\nc\nfilter big price > 9999\nexport 1 big.csv\nr\nst\nq\n',
    });
    expect(code).toBe(0);
    expect(stdout).toContain('* 2 stmt_1 (SELECT)');
    expect(stdout).toContain('✓ 1 big (CREATE STREAM)');
    expect(stdout).toContain('no rows');
    expect(stdout).toContain('{"kind":"completed"}');
    expect(readFileSync(join(folder.path, 'big.csv'), 'utf8')).toMatch(/^symbol,price\n/);
  });

  it.each([
    [['test'], 'no file was given'],
    [['test', 'absent.yaml'], 'cannot be read'],
    [['test', 'absent.sql'], 'there is no such file'],
    [['test', 'a.sql', 'b.sql'], 'one file is expected'],
    [['generate'], 'no file was given'],
  ])('ends with 2 for %j', async (args, message) => {
    expect(await runHere(args)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  });

  it('reads nothing outside of the folders of the test', async () => {
    using folder = folderWith({ 'app.sql': SQL, 'app.test.yaml': `${SPEC.replace('LIMIT', '0')}schemas: {trades: /etc/passwd}\n` });
    expect((await runHere(['test', 'app.sql'], { cwd: folder.path })).stdout).toContain('lies outside');
  });
});

describe('velo generate', () => {
  const SCHEMA =
    'name: t\nrecord_count: 3\nfields:\n  - {name: id, type: integer, constraints: {sequence: {}}}\n  - {name: ts, type: timestamp, constraints: {sequential: true}}\n';

  it('prints rows with times as ISO text', async () => {
    using folder = folderWith({ 't.schema.yaml': SCHEMA });
    const { code, stdout } = await runHere(['generate', 't.schema.yaml', '--seed', '1'], { cwd: folder.path });
    expect([code, stdout]).toEqual([
      0,
      '{"id":1,"ts":"2024-01-01T11:00:00.000Z"}\n{"id":2,"ts":"2024-01-01T11:30:00.000Z"}\n{"id":3,"ts":"2024-01-01T12:00:00.000Z"}\n',
    ]);
  });

  it('draws foreign keys from a file beside the schema, and from none outside', async () => {
    const schema = (file: string): string =>
      `name: orders\nfields: [{ name: customer, type: string, constraints: { references: { field: name, file: ${file} } } }]\n`;
    using folder = folderWith({
      'in.yaml': schema('names.csv'),
      'out.yaml': schema('../../../etc/passwd'),
      'names.csv': 'id,name\n1,ann\n',
    });
    const made = await runHere(['generate', 'in.yaml', '-n', '3', '--seed', '1'], { cwd: folder.path });
    expect(made.stdout).toBe('{"customer":"ann"}\n'.repeat(3));
    expect((await runHere(['generate', 'out.yaml'], { cwd: folder.path })).code).toBe(2);
  });

  it('prints rows at a rate, and says where it cannot', async () => {
    using folder = folderWith({ 't.yaml': 'name: t\nfields: [{ name: id, type: integer, constraints: { sequence: {} } }]\n' });
    const { stdout } = await runHere(['generate', 't.yaml', '-n', '3', '--seed', '1', '--rate', '1000', '--batch', '2'], {
      cwd: folder.path,
    });
    expect(stdout).toBe('{"id":1}\n{"id":2}\n{"id":3}\n');
    expect((await runHere(['generate', 't.yaml', '--rate', '5', '-f', 'csv'], { cwd: folder.path })).code).toBe(2);
  });

  it('writes one file per source of a script', async () => {
    using folder = folderWith({ 'app.sql': 'SELECT o.id, c.name FROM orders o JOIN customers c ON o.customer_id = c.id' });
    const { code } = await runHere(['generate', 'app.sql', '-n', '5', '--seed', '1', '-f', 'csv', '-o', 'data'], { cwd: folder.path });
    expect(code).toBe(0);
    expect(readFileSync(join(folder.path, 'data', 'orders.csv'), 'utf8').split('\n')).toHaveLength(7);
    expect(readFileSync(join(folder.path, 'data', 'customers.csv'), 'utf8')).toMatch(/^name,id\n|^id,name\n/);
  });

  it('refuses schemas that contradict themselves', async () => {
    using folder = folderWith({ 't.yaml': 'name: t\nfields: []\n' });
    expect(await runHere(['generate', 't.yaml'], { cwd: folder.path })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('it has no fields'),
    });
  });
});
