import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from '../sql/syntax/index.ts';
import { folderWith, runHere } from './velo.fixture.ts';

const SQL = `CREATE STREAM totals AS
SELECT symbol, COUNT(*) AS trades, SUM(quantity) AS volume, AVG(price) AS mean_price
FROM trades GROUP BY symbol WINDOW TUMBLING(ts, INTERVAL '1' MINUTE) EMIT FINAL;
CREATE STREAM large AS SELECT symbol, price FROM trades WHERE price > 100;
`;

describe('velo annotate', () => {
  it('adds metrics by aggregate, labels by group, settings of jobs and of the application', async () => {
    using folder = folderWith({ 'shop.sql': SQL });
    const { code } = await runHere(['annotate', 'shop.sql', '--app-version', '1.2.0'], { cwd: folder.path });
    const text = readFileSync(join(folder.path, 'shop.annotated.sql'), 'utf8');
    const { annotations, application, diagnostics, statements } = parse(text);
    expect([code, diagnostics.filter((d) => d.severity === 'error'), statements.length]).toEqual([0, [], 2]);
    expect(application).toMatchObject({ name: 'shop', version: '1.2.0' });
    expect(annotations.metrics.map(({ name, type, labels, statement }) => [statement, name, type, labels.join()])).toEqual([
      [0, 'totals_trades', 'counter', 'symbol'],
      [0, 'totals_volume', 'counter', 'symbol'],
      [0, 'totals_mean_price', 'gauge', 'symbol'],
      [0, 'totals_window_output_count', 'counter', ''],
      [1, 'large_records', 'counter', ''],
    ]);
    for (const line of ['@deployment.node_id', '@observability.metrics.enabled: true', '@job_mode: adaptive', '@job_mode: simple', '@sla.'])
      expect(text).toContain(line);
  });

  it('leaves what is annotated already, and the script itself, as they are', async () => {
    const own = `-- @job_mode: transactional\n-- @metric: mine\n${SQL}`;
    using folder = folderWith({ 'shop.sql': own });
    const { stdout } = await runHere(['annotate', 'shop.sql', '-o', '-'], { cwd: folder.path });
    expect(stdout.match(/@metric: \w+/g)).toEqual(['@metric: mine', '@metric: large_records']);
    expect(stdout).not.toContain('@job_mode: adaptive');
    expect(readFileSync(join(folder.path, 'shop.sql'), 'utf8')).toBe(own);
  });

  it('writes the monitoring stack, and nothing over what is there', async () => {
    using folder = folderWith({
      'shop.sql': `-- @metric: n\n-- @metric_type: gauge\n-- @metric_field: trades\n-- @alert: trades > 5\n${SQL}`,
    });
    expect((await runHere(['annotate', 'shop.sql', '-m', 'mon'], { cwd: folder.path })).code).toBe(0);
    const file = (path: string): string => readFileSync(join(folder.path, 'mon', path), 'utf8');
    expect(file('prometheus/rules/shop.yml')).toContain('velostream_n > 5');
    expect(file('prometheus/prometheus.yml')).toContain('rules/shop.yml');
    expect(JSON.parse(file('grafana/dashboards/shop.json'))).toMatchObject({ uid: 'velostream-shop' });
    expect(await runHere(['annotate', 'shop.sql', '-m', 'mon'], { cwd: folder.path })).toMatchObject({ code: 2 });
  });

  it('refuses a script with a mistake, at its place', async () => {
    using folder = folderWith({ 'bad.sql': 'SELEC 1' });
    const { code, stderr } = await runHere(['annotate', 'bad.sql'], { cwd: folder.path });
    expect([code, stderr]).toEqual([2, expect.stringContaining('bad.sql:1:1')]);
  });
});

describe('velo quickstart', () => {
  it('goes from a script to a test that passes, and finds what it wrote the next time', async () => {
    using folder = folderWith({ 'shop.sql': SQL });
    const dry = await runHere(['quickstart', 'shop.sql', '--dry-run'], { cwd: folder.path });
    expect([dry.code, existsSync(join(folder.path, 'shop.test.yaml'))]).toEqual([0, false]);
    const first = await runHere(['quickstart', 'shop.sql', '--seed', '1'], { cwd: folder.path });
    expect(first.stdout).toContain('4/5 wrote data schemas for trades');
    expect([first.code, first.stdout]).toEqual([0, expect.stringContaining('all passed')]);
    const second = await runHere(['quickstart', 'shop.sql', '--seed', '1'], { cwd: folder.path });
    expect(second.stdout).toContain('2/5 found shop.test.yaml, 1 data schemas');
    expect(second.code).toBe(0);
  });

  it('ends at a mistake and shows where it is', async () => {
    using folder = folderWith({ 'bad.sql': 'SELECT a FROM' });
    const { code, stdout } = await runHere(['quickstart', 'bad.sql'], { cwd: folder.path });
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^1\/5 bad\.sql:1:/)]);
  });
});

describe('velo scaffold', () => {
  it('finds how tests lie and writes a script that runs them all', async () => {
    using folder = folderWith({});
    for (const sub of ['apps', 'tests']) mkdirSync(join(folder.path, sub));
    writeFileSync(join(folder.path, 'apps', 'a.sql'), SQL);
    expect((await runHere(['scaffold', '--velo-path', "./it's.sh"], { cwd: folder.path })).stdout).toBe('run-tests.sh: simple\n');
    // Stands in for the command: what is tested is the script around it.
    writeFileSync(join(folder.path, "it's.sh"), '#!/bin/sh\necho "$@"\ntest "$3" != fail\n', { mode: 0o755 });
    const run = (args: string[]) =>
      new Promise<{ code: unknown; stdout: string }>((done) =>
        execFile(join(folder.path, 'run-tests.sh'), args, (error, stdout) => done({ code: error === null ? 0 : error.code, stdout })),
      );
    expect(await run(['pass'])).toEqual({ code: 0, stdout: '== apps/a.sql\ntest apps/a.sql pass\n1 of 1 passed\n' });
    expect(await run(['fail'])).toMatchObject({ code: 1, stdout: expect.stringContaining('0 of 1 passed') });
  });

  it.each([
    [['tier1_basic/a.sql'], 'tiered'],
    [['one.sql'], 'minimal'],
  ])('%s is %s', async (files, style) => {
    using folder = folderWith({});
    for (const file of files) {
      mkdirSync(join(folder.path, file, '..'), { recursive: true });
      writeFileSync(join(folder.path, file), SQL);
    }
    expect((await runHere(['scaffold'], { cwd: folder.path })).stdout).toContain(style);
  });

  it('says what it expected where it finds nothing', async () => {
    using folder = folderWith({});
    expect(await runHere(['scaffold'], { cwd: folder.path })).toMatchObject({ code: 2, stderr: expect.stringContaining('tier<n>_<name>') });
  });
});

describe('velo health', () => {
  it('tells what is there and ends with 1 when something needed does not answer', async () => {
    using folder = folderWith({});
    const server = createServer((_, response) => response.end(JSON.stringify({ status: 'warning', issues: ['q: lag'], job_count: 2 })));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const good = await runHere(['health', '--json', '--brokers', `127.0.0.1:${port}`, '--url', `http://127.0.0.1:${port}`], {
      cwd: folder.path,
    });
    const { checks } = JSON.parse(good.stdout) as { checks: { name: string; status: string; message: string }[] };
    expect([good.code, checks.map((check) => check.status)]).toEqual([0, ['ok', 'ok', 'ok', 'ok', 'warning']]);
    expect(checks.at(-1)?.message).toBe('warning, 2 jobs; q: lag');
    await new Promise((done) => server.close(done));
    const bad = await runHere(['health', '--brokers', `127.0.0.1:${port}`], { cwd: folder.path });
    expect([bad.code, bad.stdout]).toEqual([1, expect.stringContaining('ECONNREFUSED')]);
    const doctor = await runHere(['doctor', '--brokers', `127.0.0.1:${port}`], { cwd: folder.path });
    expect(doctor).toEqual(bad);
  });
});
