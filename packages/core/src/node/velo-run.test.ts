// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts hold the variables of scripts
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, runVelo } from './velo.fixture.ts';

const CSV = 'symbol,price,note\nAAPL,100.5,"a, b"\nMSFT,400,\nAAPL,101.5,"say ""hi"""\n';
const SQL = "SELECT symbol, price, note FROM 'file://trades.csv'";

describe.concurrent('velo run', { timeout: 60_000 }, () => {
  test('prints an aligned table', async () => {
    using folder = folderWith({ 'trades.csv': CSV });
    const { code, stdout, stderr } = await runVelo(['run', '-'], { cwd: folder.path, stdin: SQL });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(
      ['symbol  price  note', '──────  ─────  ────────', 'AAPL    100.5  a, b', 'MSFT      400  ∅', 'AAPL    101.5  say "hi"', ''].join(
        '\n',
      ),
    );
  });

  test('--json prints one object per row', async () => {
    using folder = folderWith({ 'trades.csv': CSV });
    const { code, stdout } = await runVelo(['run', '-', '--json', '--limit', '2'], { cwd: folder.path, stdin: SQL });
    expect([code, stdout]).toEqual([0, '{"symbol":"AAPL","price":100.5,"note":"a, b"}\n{"symbol":"MSFT","price":400,"note":null}\n']);
  });

  test('--format csv prints what a CSV reader reads back', async () => {
    using folder = folderWith({ 'trades.csv': CSV });
    const { code, stdout } = await runVelo(['run', '-', '--format', 'csv'], { cwd: folder.path, stdin: SQL });
    expect([code, stdout.replaceAll('\r\n', '\n')]).toEqual([0, CSV]);
  });

  test('--source names an input, --set fills a quoted variable', async () => {
    using folder = folderWith({ 'trades.csv': CSV });
    const sql = "SELECT price FROM trades WHERE symbol = '${symbol}'";
    const args = ['run', '-', '--json', '--source', 'trades=file://trades.csv', '--set', 'symbol=MSFT'];
    expect(await runVelo(args, { cwd: folder.path, stdin: sql })).toEqual({ code: 0, stdout: '{"price":400}\n', stderr: '' });
  });

  test('a value of --set stays text', async () => {
    using folder = folderWith({ 'trades.csv': CSV });
    const sql = "SELECT price FROM 'file://trades.csv' WHERE symbol = '${symbol}'";
    const { code, stdout } = await runVelo(['run', '-', '--json', '--set', "symbol=' OR '1'='1"], { cwd: folder.path, stdin: sql });
    expect([code, stdout]).toEqual([0, '']);
  });

  test('files outside of the root are not read', async () => {
    using outside = folderWith({ 'secret.csv': 'a\n1\n' });
    using folder = folderWith({});
    const sql = `SELECT a FROM 'file://${outside.path}/secret.csv'`;
    const { code, stdout, stderr } = await runVelo(['run', '-'], { cwd: folder.path, stdin: sql });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^error VS4\d\d\d: /);
    const allowed = await runVelo(['run', '-', '--root', outside.path, '--json'], { cwd: folder.path, stdin: sql });
    expect([allowed.code, allowed.stdout]).toEqual([0, '{"a":1}\n']);
  });

  test('the name of a file is a file, and bounds of windows are times', async () => {
    using folder = folderWith({ 'trades.csv': 'at,price\n2026-01-05T10:00:10Z,1\n2026-01-05T10:00:20Z,2\n' });
    const sql = "SELECT WINDOW_START AS minute, COUNT(*) AS n FROM 'trades.csv' WINDOW TUMBLING(at, INTERVAL '1' MINUTE) EMIT FINAL";
    const { code, stdout } = await runVelo(['run', sql], { cwd: folder.path });
    expect([code, stdout.split('\n')[2]]).toEqual([0, '2026-01-05 10:00:00  2']);
  });

  test.each([
    ['SELECT a FROM trades', 'hint: Say where its rows come from: --source name=file.csv'],
    [
      "CREATE STREAM t (a INTEGER) WITH ('connector' = 'file'); SELECT a FROM t",
      'error VS5325: "t" is declared, but nothing gives it rows',
    ],
    ["SELECT FROM 'trades.csv'", 'error VS1'],
  ])('what gives no rows is an error: %s', async (sql, told) => {
    using folder = folderWith({ 'trades.csv': CSV });
    const { code, stderr } = await runVelo(['run', sql], { cwd: folder.path });
    expect(code).toBe(1);
    expect(stderr).toContain(told);
  });

  test('an error shows its place and ends with 1', async () => {
    using folder = folderWith({ 'trades.csv': CSV, 'query.sql': "SELECT pirce FROM 'file://trades.csv'" });
    const { code, stdout, stderr } = await runVelo(['run', 'query.sql'], { cwd: folder.path });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('error VS2004: column "pirce" does not exist\n --> query.sql:1:8\n');
    expect(stderr).toContain('hint: Did you mean "price"?');
  });

  test('with --json an error is one JSON object', async () => {
    using folder = folderWith({ 'trades.csv': CSV });
    const { code, stderr } = await runVelo(['run', '-', '--json'], { cwd: folder.path, stdin: "SELECT pirce FROM 'file://trades.csv'" });
    expect(code).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({
      error: { code: 'VS2004', reason: 'unknown-column', diagnostics: [{ line: 1, column: 8 }] },
    });
  });

  test('no rows are explained', async () => {
    using folder = folderWith({ 'trades.csv': CSV });
    const sql = "SELECT symbol FROM 'file://trades.csv' WHERE price > 1000000";
    const { code, stderr } = await runVelo(['run', '-'], { cwd: folder.path, stdin: sql });
    expect([code, stderr]).toEqual([0, expect.stringContaining('no rows: ')]);
  });

  test('an endless source ends at --limit', async () => {
    const sql = "SELECT symbol, price FROM 'datagen://trades?seed=7'";
    const { code, stdout } = await runVelo(['run', '-', '--json', '--limit', '500'], { stdin: sql });
    expect([code, stdout.trimEnd().split('\n').length]).toEqual([0, 500]);
  });

  test('Ctrl-C ends a live query with what it has printed', async () => {
    const sql = "SELECT symbol, price FROM 'datagen://trades?seed=7&rows_per_second=100'";
    const { code, stdout, stderr } = await runVelo(['run', '-', '--json'], { stdin: sql, interruptAfter: '}\n' });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.endsWith('}\n')).toBe(true);
  });

  test('Ctrl-C completes what a query writes', async () => {
    using folder = folderWith({});
    const sql = "SELECT symbol, price FROM 'datagen://trades?seed=7&rows_per_second=100' INTO 'file://out.jsonl'";
    const { code, stdout } = await runVelo(['run', '-', '--json'], { cwd: folder.path, stdin: sql, interruptAfter: '}\n' });
    expect(code).toBe(0);
    expect(readFileSync(join(folder.path, 'out.jsonl'), 'utf8')).toBe(stdout);
  });
});
