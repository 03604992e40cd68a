import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createStudioClient } from '@velostream/core/client';
import { afterEach, describe, expect, test } from 'vitest';
import { committed, order, shop } from './orders.fixture.ts';

const CLI = fileURLToPath(new URL('../../../core/src/node/cli.node.ts', import.meta.url));
const open: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

function velo(args: readonly string[], cwd: string) {
  const child = spawn(process.execPath, ['--conditions=@velostream/source', CLI, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  const code = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { child, code, text: () => text };
}

async function folderFor(context: Parameters<typeof shop>[0]) {
  const made = await shop(context);
  const cwd = mkdtempSync(join(tmpdir(), 'velo-flink-'));
  open.push(
    () => rmSync(cwd, { recursive: true }),
    () => made.close(),
  );
  const { VELO_FLINK_GATEWAY: gateway, VELO_FLINK_REST: rest, VELO_FLINK_SAVEPOINTS: savepoints } = made.env;
  return { ...made, cwd, cluster: ['--flink-gateway', gateway, '--flink-rest', rest, '--flink-savepoints', savepoints] };
}

describe('velo', () => {
  test('deploys a file to Flink, leaves it running, and finds it again', { timeout: 120_000 }, async (context) => {
    const { cwd, cluster, driver, orders, topic, uri, env, brokers } = await folderFor(context);
    const out = await topic('big');
    await order(driver, orders, 0, 5);
    const sql = `CREATE STREAM ${out} AS SELECT id, total FROM ${orders} WHERE total > 2 INTO '${uri(out)}';`;
    writeFileSync(join(cwd, 'app.sql'), sql);
    const source = `${orders}=kafka://${brokers}/${orders}?auto.offset.reset=earliest`;
    const args = ['deploy', 'app.sql', '--name', out, '--run', '--source', source, ...cluster];
    const first = velo(args, cwd);
    expect([await first.code, first.text()]).toEqual([0, expect.stringMatching(/on flink\n[\s\S]*\nrunning +\S+_q1; exactly once\n$/)]);
    open.push(async () => {
      const { jobs } = (await (await fetch(`${env.VELO_FLINK_REST}/jobs/overview`)).json()) as {
        jobs: { jid: string; name: string; state: string }[];
      };
      for (const job of jobs.filter((each) => each.name.startsWith(out.replaceAll('_', '-')) && each.state === 'RUNNING'))
        await fetch(`${env.VELO_FLINK_REST}/jobs/${job.jid}?mode=cancel`, { method: 'PATCH' });
    });
    expect(await committed(driver, out, 2)).toEqual([3, 4].map((id) => ({ id, total: id })));
    const second = velo(args, cwd);
    expect(await second.code).toBe(0);
    await order(driver, orders, 5, 6);
    expect(await committed(driver, out, 3)).toEqual([3, 4, 5].map((id) => ({ id, total: id })));
  });

  test('serves a studio that plans for Flink by name', { timeout: 60_000 }, async (context) => {
    const { cwd, cluster, driver, orders, uri } = await folderFor(context);
    await order(driver, orders, 0, 5);
    const server = velo(['studio', '--port', '0', ...cluster], cwd);
    open.push(async () => {
      server.child.kill('SIGTERM');
      await server.code;
    });
    await expect.poll(server.text, { timeout: 30_000 }).toMatch(/Velostream Studio: http\S+/);
    const url = /Velostream Studio: (http\S+)/.exec(server.text())?.[1] ?? '';
    const studio = createStudioClient({ baseUrl: `${url}/api` });
    const session = await studio.sessions.create({ name: 'Shop' });
    await session.connect(uri(orders), { as: orders, options: { 'auto.offset.reset': 'earliest' } });
    const app = { name: 'Copy', queries: [{ name: 'Copy', sql: `SELECT id, total FROM ${orders}`, sink: uri('copies') }] };
    const plan = await session.plan({ name: 'copy', app, target: 'flink' });
    expect([plan.target, plan.blockers, plan.jobs[0]?.guarantee]).toEqual(['flink', [], 'exactly once']);
    await expect(session.plan({ name: 'copy', app, target: 'moon' })).rejects.toMatchObject({ reason: 'unknown-target' });
  });
});
