import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildFixture } from '../../../../test/build-fixture.ts';
import { createDeployments } from '../../src/deploy/index.ts';
import { type ThreadsOptions, threads } from '../../src/node/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'velo-thread-module-'));
/**
 * Threads in production run built code. Threads that take the types out of sources by themselves do it in WebAssembly, and on busy machines Node was
 * seen to end with SIGSEGV while such threads came and went; that the one causes the other is likely, not proven.
 */
beforeAll(() => buildFixture(new URL('thread.fixture.ts', import.meta.url), folder), 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

function host(options: Partial<ThreadsOptions> = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'velo-thread-'));
  open.push(() => rmSync(directory, { recursive: true, force: true }));
  process.env['VELO_THREAD_DIRECTORY'] = directory;
  const target = threads({
    module: pathToFileURL(join(folder, 'thread.fixture.mjs')),
    execArgv: ['--disable-warning=ExperimentalWarning'],
    restart: { firstDelayMs: 10, restartsMax: 2 },
    ...options,
  });
  const deployments = createDeployments({ targets: [target], allowUnapproved: true });
  open.push(() => deployments.close());
  return { directory, deployments, starts: () => readFileSync(join(directory, 'starts'), 'utf8').length };
}

async function until(look: () => unknown, what: string): Promise<void> {
  for (let i = 0; i < 4000; i++) {
    if (await look()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`${what} did not happen`);
}

const uri = 'datagen:trades?rowsPerSecond=500&seed=1';
const app = {
  name: 'Threaded',
  queries: [
    { name: 'Count', sql: '-- @metric: seen\nSELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol EMIT CHANGES', sink: 'counts' },
  ],
};
const deploy = (deployments: ReturnType<typeof createDeployments>) =>
  deployments.deploy({ app, sources: { trades: { uri } } }, { name: 'threaded', target: 'threads', approve: 'auto' });
const jobOf = async (deployments: ReturnType<typeof createDeployments>) => (await deployments.get('threaded')).jobs[0];

describe('a deployment in a thread of its own', { timeout: 60_000 }, () => {
  test('runs, pauses, resumes, stops, and shows metrics and logs', async () => {
    const { deployments } = host();
    expect((await deploy(deployments)).status).toBe('running');
    await until(async () => ((await jobOf(deployments))?.metrics.recordsIn ?? 0) > 0, 'the first row');
    await until(
      async () => (await deployments.metricsText()).includes('velostream_seen_total{job="threaded",query="count"}'),
      'the metric',
    );
    expect((await deployments.pause('threaded')).status).toBe('paused');
    expect((await deployments.resume('threaded')).status).toBe('running');
    expect((await deployments.logs('threaded')).map((line) => line.message)).toContain('resumed');
    expect((await deployments.stop('threaded')).status).toBe('stopped');
    expect((await deployments.start('threaded')).status).toBe('running');
  });

  test('that ends beyond repair is started again from its checkpoints, and given up in the end', async () => {
    const { deployments, directory, starts } = host();
    await deploy(deployments);
    for (let crash = 1; crash <= 3; crash++) {
      await until(async () => (await jobOf(deployments))?.metrics.checkpointAt !== undefined, 'a checkpoint');
      writeFileSync(join(directory, 'crash'), '');
      await until(async () => (await jobOf(deployments))?.status === 'failed' || starts() > crash, 'the end');
      if (crash < 3) await until(async () => starts() === crash + 1 && (await jobOf(deployments))?.status === 'running', 'another start');
    }
    await until(async () => (await deployments.logs('threaded')).some((line) => line.message.includes('stays failed')), 'giving up');
    expect(await jobOf(deployments)).toMatchObject({ status: 'failed', error: { code: 'VS5919', message: 'out of luck' } });
    expect(starts()).toBe(3);
    expect((await deployments.start('threaded')).status).toBe('running');
  });

  test.each([
    ['closed', 'close'],
    ['deleted', 'remove'],
  ] as const)('whose thread ends while it is %s is settled', async (_what, action) => {
    const module = join(folder, `ends-at-${action}.mjs`);
    const text = `import { existsSync, writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
const once = process.env.VELO_THREAD_DIRECTORY + '/ended';
parentPort.on('message', ({ id, action }) => {
  if (action === '${action}' && !existsSync(once)) {
    writeFileSync(once, '');
    process.exit(3);
  }
  parentPort.postMessage({ kind: 'done', id, state: null });
});`;
    writeFileSync(module, text);
    const { deployments, directory } = host({ module: pathToFileURL(module) });
    await deploy(deployments);
    if (action === 'close') await deployments.close();
    else expect(await deployments.delete('threaded')).toBe(true);
    expect(readFileSync(join(directory, 'ended'), 'utf8')).toBe('');
  });

  test('takes no rows that live in the host', async () => {
    const { deployments } = host();
    const sources = { trades: { rows: () => [] } };
    await expect(deployments.deploy({ app, sources }, { name: 'threaded', target: 'threads', approve: 'auto' })).rejects.toMatchObject({
      reason: 'not-for-threads',
    });
  });

  test('that fails to start says why, as it does in the thread of the host', async () => {
    const { deployments } = host();
    const broken = { name: 'B', queries: [{ name: 'B', sql: 'SELECT nothing FROM trades', sink: 'x' }] };
    const schema = { columns: [{ name: 'symbol', type: 'STRING' }] };
    await expect(
      deployments.deploy(
        { app: broken, sources: { trades: { uri, schema } } },
        { name: 'threaded', target: 'threads', approve: 'auto', atomic: true },
      ),
    ).rejects.toMatchObject({ reason: 'deploy-failed' });
  });
});
