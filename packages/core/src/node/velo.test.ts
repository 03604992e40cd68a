import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, runHere, runVelo } from './velo.fixture.ts';

const BAD = 'SELECT symbol, pirce\nFROM trades\n';
const CATALOG = JSON.stringify({
  trades: {
    columns: [
      { name: 'symbol', type: 'STRING' },
      { name: 'price', type: 'FLOAT' },
    ],
  },
});

describe.concurrent('velo', { timeout: 60_000 }, () => {
  test('--help lists the commands', async () => {
    const { code, stdout } = await runVelo(['--help']);
    expect(code).toBe(0);
    for (const command of ['run', 'validate', 'explain', 'format']) expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
  });

  test('--version prints the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
    expect(await runVelo(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test.for(['run', 'validate', 'explain', 'format'])('%s --help shows usage, options and examples', async (command) => {
    const { code, stdout } = await runHere([command, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`usage: velo ${command} `);
    expect(stdout).toContain('--json');
    expect(stdout).toContain('examples:');
  });

  test.for([
    { args: [], says: 'no command was given' },
    { args: ['rnu'], says: 'Did you mean "velo run"?' },
    { args: ['run'], says: 'no file was given' },
    { args: ['run', 'a.sql', 'b.sql'], says: 'one file is expected, not 2' },
    { args: ['run'], says: `Write velo run query.sql, or the SQL itself: velo run "SELECT * FROM 'trades.csv'"` },
    { args: ['run', ''], says: 'no file was given' },
    { args: ['run', 'SELECT', 'a.sql', 'FROM', 'trades'], says: 'Write velo run "SELECT …"' },
    { args: ['run', 'trades.csv'], says: `write velo run "SELECT * FROM 'trades.csv'"` },
    { args: ['run', '-', '--limt', '3'], says: 'Did you mean "--limit"?' },
    { args: ['run', 'nowhere.sql'], says: '"nowhere.sql" cannot be read: there is no such file' },
    { args: ['run', '.'], says: 'it is a directory' },
    { args: ['run', '-', '--limit', 'many'], says: 'option "--limit" does not take "many"' },
    { args: ['run', '-', '--format', 'xml'], says: 'Use one of: table, jsonl, csv.' },
    { args: ['run', '-', '--set', 'x'], says: 'Write --set name=value.' },
    { args: ['run', '-', '--set', 'x=1'], says: 'the script has no variable "x"' },
    { args: ['validate', '-', '--wat'], says: '--wat' },
    { args: ['format', '-', '--write'], says: 'standard input cannot be rewritten' },
    { args: ['explain', '-', '--stage', 'later'], says: 'Use one of: ast, bound, logical, optimised, physical.' },
    { args: ['validate', '-', '--catalog', 'nowhere.json'], says: '"nowhere.json" cannot be read' },
  ])('wrong usage $args ends with 2 and says why', async ({ args, says }) => {
    const { code, stdout, stderr } = await runHere(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('error: ');
    expect(stderr).toContain(says);
  });

  test('a script that is not there is told with those that are', async () => {
    using folder = folderWith({ 'b.sql': '', 'a.sql': '', 'c.sql': '', 'd.sql': '', 'notes.txt': '' });
    const { stderr } = await runHere(['run', 'x.sql'], { cwd: folder.path });
    expect(stderr).toContain('hint: This folder has a.sql, b.sql, c.sql and 1 more; SQL may stand here in quotes');
  });

  test('a coded error that a command meets before its work is told with its hint, and nothing of the program', async () => {
    using folder = folderWith({ 'a.csv': 'x\n1\n' });
    const { code, stdout, stderr } = await runVelo(['mcp', '--root', folder.path, '--connect', 'file:///etc/hostname']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^error VS4201: .*not below a folder/);
    expect(stderr).toContain('hint: ');
    expect(stderr).not.toMatch(/^ +at /m);
  });

  test('SQL may stand on the command line itself, and a source may be a path', async () => {
    const sql = 'SELECT symbol, price FROM trades LIMIT 1';
    using folder = folderWith({ 'trades.csv': 'symbol,price\nAAPL,7\n' });
    const { code, stdout } = await runHere(['run', sql, '--source', 'trades=trades.csv', '--json'], { cwd: folder.path });
    expect([code, stdout]).toEqual([0, '{"symbol":"AAPL","price":7}\n']);
    expect((await runHere(['run', "SELECT * FROM 'trades.csv'"])).stderr).toContain('no file matches "trades.csv"');
  });

  test.each([
    ['explain q.sql --workers x', 'option "--workers" does not take "x"'],
    ['mcp --allow write --allow foo', 'option "--allow" does not take "foo"'],
    ['test init', 'no file was given'],
    ['test validate', 'Write velo test validate <spec.yaml>.'],
    ['studio --page nowhere --port 0', '"nowhere" is no folder'],
    ['studio --api-key-file nowhere --port 0', '"nowhere" cannot be read'],
    ['studio --host 0.0.0.0 --port 0', 'Give --api-key-file, or serve on 127.0.0.1.'],
    ['validate q.sql --catalog nowhere.json', 'Check the path in --catalog.'],
  ])('velo %s is wrong usage', { timeout: 60_000 }, async (line, text) => {
    using folder = folderWith({ 'q.sql': 'SELECT 1 AS one' });
    const told = await runHere(line.split(' '), { cwd: folder.path });
    expect(told.stderr).toContain(text);
    expect(told.code).toBe(2);
  });

  test('SQL on the command line may begin with a comment', async () => {
    using folder = folderWith({ 'q.csv': 'a\n1\n' });
    expect(await runHere(['run', "-- what is there\nSELECT a FROM 'q.csv'", '--json'], { cwd: folder.path })).toMatchObject({
      code: 0,
      stdout: '{"a":1}\n',
    });
  });

  test('wrong usage ends the process with 2', async () => {
    const { code, stderr } = await runVelo(['rnu']);
    expect([code, stderr]).toEqual([2, 'error: there is no command "rnu"\nhint: Did you mean "velo run"?\n']);
  });

  test('wrong usage with --json is one JSON object', async () => {
    const { code, stderr } = await runHere(['validate', 'nowhere.sql', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(stderr)).toMatchObject({
      error: { reason: 'usage', hint: expect.stringContaining('SQL may stand here in quotes') },
    });
  });
});

describe.concurrent('velo validate', { timeout: 60_000 }, () => {
  test('says nothing is wrong and ends with 0', async () => {
    expect(await runVelo(['validate', '-'], { stdin: 'SELECT price FROM trades' })).toEqual({ code: 0, stdout: '-: ok\n', stderr: '' });
  });

  test('shows line, carets and hint, and ends with 1', async () => {
    using folder = folderWith({ 'bad.sql': BAD, 'catalog.json': CATALOG });
    const { code, stdout } = await runVelo(['validate', 'bad.sql', '--catalog', 'catalog.json'], { cwd: folder.path });
    expect(code).toBe(1);
    expect(stdout).toContain(
      'error VS2004: column "pirce" does not exist\n --> bad.sql:1:16\n1 | SELECT symbol, pirce\n  |                ^^^^^\nhint: Did you mean "price"?',
    );
    expect(stdout).toContain('bad.sql: 1 error');
  });

  test('--json gives the diagnostics of every file', async () => {
    using folder = folderWith({ 'good.sql': 'SELECT price FROM trades', 'bad.sql': 'SELECT FROM trades' });
    const { code, stdout } = await runHere(['validate', 'good.sql', 'bad.sql', '--json'], { cwd: folder.path });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      files: [
        { file: 'good.sql', diagnostics: [] },
        { file: 'bad.sql', diagnostics: [{ severity: 'error', line: 1 }] },
      ],
    });
  });

  test('a catalog that is none is wrong usage', async () => {
    using folder = folderWith({ 'catalog.json': '{"trades": {"columns": [{"name": "x", "type": "NUMBRE"}]}}', 'list.json': '[]' });
    const odd = await runHere(['validate', '-', '--catalog', 'catalog.json'], { cwd: folder.path });
    expect([odd.code, odd.stderr]).toEqual([2, expect.stringContaining('NUMBRE')]);
    const list = await runHere(['validate', '-', '--catalog', 'list.json'], { cwd: folder.path });
    expect([list.code, list.stderr]).toEqual([2, expect.stringContaining('is no JSON object')]);
  });

  test('bytes that are no UTF-8 are refused', async () => {
    using folder = folderWith({});
    const { writeFileSync } = await import('node:fs');
    writeFileSync(join(folder.path, 'latin.sql'), Buffer.from([0x53, 0xe9]));
    const { code, stderr } = await runHere(['validate', 'latin.sql'], { cwd: folder.path });
    expect([code, stderr]).toEqual([2, expect.stringContaining('is not UTF-8 text')]);
  });
});

describe.concurrent('velo explain', { timeout: 60_000 }, () => {
  const SQL = "SELECT symbol, AVG(price) AS mean FROM trades GROUP BY symbol WINDOW TUMBLING(ts, INTERVAL '1' MINUTE)";

  test.for(['ast', 'bound', 'logical', 'optimised', 'physical'])('shows the stage %s', async (stage) => {
    const { code, stdout, stderr } = await runHere(['explain', '-', '--stage', stage], { stdin: SQL });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('trades');
  });

  test('--json holds stage and plan', async () => {
    const { code, stdout } = await runVelo(['explain', '-', '--json'], { stdin: SQL });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ stage: 'physical', plan: expect.stringContaining('trades') });
  });

  test('a script with errors has no plan', async () => {
    const { code, stdout, stderr } = await runHere(['explain', '-'], { stdin: 'SELECT FROM trades' });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^error VS1\d\d\d: /);
  });
});

describe.concurrent('velo format', { timeout: 60_000 }, () => {
  const UGLY = 'select symbol,avg( price ) as mean from trades group by symbol';

  test('prints what formats to itself', async () => {
    const once = await runVelo(['format', '-'], { stdin: UGLY });
    expect(once.code).toBe(0);
    expect(once.stdout).toMatch(/^SELECT\b[\s\S]*avg\(price\) AS mean[\s\S]*;\n$/);
    expect(await runHere(['format', '-'], { stdin: once.stdout })).toEqual(once);
  });

  test('--check names the files that would change and ends with 1; --write rewrites them', async () => {
    using folder = folderWith({ 'a.sql': UGLY });
    const checked = await runVelo(['format', '--check', 'a.sql'], { cwd: folder.path });
    expect(checked).toEqual({ code: 1, stdout: 'a.sql\n', stderr: '' });
    expect(readFileSync(join(folder.path, 'a.sql'), 'utf8')).toBe(UGLY);
    expect((await runVelo(['format', '--write', 'a.sql'], { cwd: folder.path })).code).toBe(0);
    expect(readFileSync(join(folder.path, 'a.sql'), 'utf8')).not.toBe(UGLY);
    expect(await runVelo(['format', '--check', 'a.sql'], { cwd: folder.path })).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('a script with errors is left alone', async () => {
    using folder = folderWith({ 'a.sql': 'SELECT FROM trades' });
    const { code, stderr } = await runHere(['format', '--write', 'a.sql'], { cwd: folder.path });
    expect([code, stderr]).toEqual([1, expect.stringContaining('a.sql:1:')]);
    expect(readFileSync(join(folder.path, 'a.sql'), 'utf8')).toBe('SELECT FROM trades');
  });

  test('--json says what changed', async () => {
    const { code, stdout } = await runHere(['format', '-', '--json'], { stdin: UGLY });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ files: [{ file: '-', changed: true, diagnostics: [] }] });
  });
});
