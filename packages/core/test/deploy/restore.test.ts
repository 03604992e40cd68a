import { afterEach, describe, expect, test } from 'vitest';
import type { ConnectorDefinition } from '../../src/connect/connector.ts';
import { datagen } from '../../src/connect/datagen/datagen.ts';
import { memory } from '../../src/connect/index.ts';
import { memoryFs } from '../../src/deploy/embedded/memory-fs.ts';
import { embedded } from '../../src/deploy/index.ts';
import type { Studio } from '../../src/protocol/studio/studio.ts';
import { memoryStore } from '../../src/sessions/memory-store.ts';
import { createStudio, type StudioOptions } from '../../src/studio/index.ts';

const open: Studio[] = [];
afterEach(async () => {
  for (const studio of open.splice(0)) await studio.close();
});

/** Hosts that come one after the other, over one store and one disk. */
function hosts() {
  const out = memory();
  const fs = memoryFs();
  const rows = memoryStore();
  // A host closes its store; the next one opens it again.
  const store = {
    ...rows,
    list: rows.list.bind(rows),
    get: rows.get.bind(rows),
    put: rows.put.bind(rows),
    delete: rows.delete.bind(rows),
    close: async () => {},
  };
  const opened: string[] = [];
  const generator = datagen();
  // The same generator under an address with a password, to see who opens it with what.
  const guarded = {
    ...generator,
    name: 'guarded',
    schemes: ['guarded'],
    fromUri(uri: string) {
      opened.push(uri);
      return generator.fromUri?.(uri.replace(/^guarded:\/\/([^@/]*@)?/, 'datagen:')) ?? {};
    },
  } as ConnectorDefinition;
  const start = (options: StudioOptions = {}) => {
    const connectors = [out, generator, guarded];
    const studio = createStudio({
      connectors,
      store,
      targets: [embedded({ connectors, fs, checkpointEveryMs: 20 })],
      allowUnapprovedDeploys: true,
      ...options,
    });
    open.push(studio);
    return studio;
  };
  return { out, opened, store, start, fs };
}

async function until(look: () => unknown, what: string): Promise<void> {
  for (let i = 0; i < 3000; i++) {
    if (await look()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`${what} did not happen`);
}

const SQL = 'SELECT symbol, price FROM demo';
const app = { name: 'Copy', queries: [{ name: 'Copy', sql: SQL, sink: 'memory://out' }] };

async function deployed(studio: Studio, uri: string): Promise<void> {
  const session = await studio.sessions.create({ name: 'first' });
  await session.connect(uri, { as: 'demo' });
  await session.deploy({ name: 'copy', app, approve: 'auto' });
}
const stateOf = async (studio: Studio) => (await studio.deployments.list())[0];

describe('a studio that is started again', () => {
  test('starts what was running, with the connection that it had', async () => {
    const { out, start } = hosts();
    const first = start();
    await deployed(first, 'datagen:trades?rows=40&seed=3');
    await until(() => out.rows('out').length === 40, 'the output');
    await first.close();
    const second = start();
    await until(async () => !['starting', undefined].includes((await stateOf(second))?.status), 'the start');
    expect(await stateOf(second)).toMatchObject({ name: 'copy', version: 1, jobs: [{ name: 'copy_q1', title: 'Copy' }] });
    await until(async () => (await stateOf(second))?.jobs[0]?.status === 'finished', 'the end');
    // It goes on where it was: nothing is written twice.
    expect(out.rows('out')).toHaveLength(40);
  });

  test('keeps no secret, and asks the host for it', async () => {
    const { opened, out, start, store } = hosts();
    const first = start();
    await deployed(first, 'guarded://ann:s3cret@trades?rows=5&seed=1');
    await until(() => out.rows('out').length === 5, 'the output');
    await first.close();
    const kept = await Promise.all((await store.list('deployments')).map(({ id }) => store.get('deployments', id)));
    expect(JSON.stringify(kept)).toContain('guarded://trades');
    expect(JSON.stringify(kept)).not.toContain('s3cret');
    const asked: string[] = [];
    opened.length = 0;
    const second = start({
      secrets: ({ uri }) => {
        asked.push(uri);
        return { uri: uri.replace('guarded://', 'guarded://ann:s3cret@') };
      },
    });
    await until(async () => (await stateOf(second))?.jobs[0]?.status === 'finished', 'the end');
    expect(asked).toHaveLength(1);
    expect(opened.every((uri) => uri.includes('ann:s3cret@'))).toBe(true);
  });

  test('lists as failed what lacks its secret, and starts it once a session has connected', async () => {
    const { out, start } = hosts();
    const uri = 'guarded://ann:s3cret@trades?rows=5&seed=1';
    const first = start();
    await deployed(first, uri);
    await until(() => out.rows('out').length === 5, 'the output');
    await first.close();
    const second = start();
    await until(async () => (await stateOf(second))?.status === 'failed', 'the failure');
    expect((await stateOf(second))?.steps.at(-1)?.message).toContain('needs its password or key again');
    await expect(second.deployments.start('copy')).rejects.toMatchObject({ reason: 'secret-missing' });
    await (await second.sessions.create({ name: 'again' })).connect(uri, { as: 'demo' });
    expect((await second.deployments.start('copy')).status).not.toBe('failed');
  });

  test('lists as failed what has lost its target, and starts the others', async () => {
    const { out, start, fs } = hosts();
    const special = { ...embedded({ connectors: [out, datagen()], fs }), name: 'special' };
    const here = embedded({ connectors: [out, datagen()], fs });
    const first = start({ targets: [here, special] });
    await deployed(first, 'datagen:trades?rows=5&seed=1');
    const session = await first.sessions.create({ name: 'second' });
    await session.connect('datagen:trades?rows=5&seed=2', { as: 'demo' });
    await session.deploy({ name: 'away', target: 'special', app, approve: 'auto' });
    await first.close();
    const second = start({ targets: [here] });
    await until(async () => (await second.deployments.get('copy')).jobs[0]?.status === 'finished', 'the start of the other');
    const gone = await second.deployments.get('away');
    expect(gone).toMatchObject({ status: 'failed', target: 'special', capabilities: { stop: false } });
    expect(gone.steps).toMatchObject([{ status: 'failed', code: 'VS5922', message: expect.stringContaining('"special"') }]);
    await expect(second.deployments.start('away')).rejects.toMatchObject({ reason: 'unknown-target' });
    expect(await second.deployments.delete('away')).toBe(true);
    expect((await second.deployments.list()).map((d) => d.id)).toEqual(['copy']);
  });

  test.each([
    ['a text', '{"id":"damaged'],
    ['no versions', { id: 'damaged', wanted: 'running', versions: [] }],
    [
      'a version without its application',
      { id: 'damaged', wanted: 'running', versions: [{ version: 1, options: { name: 'd' }, deployedAt: 1 }] },
    ],
  ])('lists as failed what is damaged (%s), starts the others and keeps it as it is', async (_what, document) => {
    const { out, start, store } = hosts();
    const first = start();
    await deployed(first, 'datagen:trades?rows=5&seed=1');
    await until(() => out.rows('out').length === 5, 'the output');
    await first.close();
    const summary = { name: 'Damaged one', target: 'embedded', version: 3, wanted: 'running' };
    await store.put('deployments', { id: 'damaged', updatedAt: 1, summary, document });
    const second = start();
    await until(async () => (await second.deployments.get('copy')).jobs[0]?.status === 'finished', 'the start of the other');
    const damaged = await second.deployments.get('damaged');
    expect(damaged).toMatchObject({
      name: 'Damaged one',
      status: 'failed',
      version: 3,
      jobs: [],
      steps: [{ status: 'failed', code: 'VS5923' }],
    });
    const session = await second.sessions.create();
    await session.connect('datagen:trades?rows=5&seed=1', { as: 'demo' });
    const again = () => session.deploy({ name: 'damaged', app, approve: 'auto' });
    for (const act of [() => second.deployments.start('damaged'), () => second.deployments.stop('damaged'), again])
      await expect(act()).rejects.toMatchObject({ code: 'VS5923', reason: 'deployment-damaged' });
    expect(await store.get('deployments', 'damaged')).toEqual(document);
    expect(await second.deployments.delete('damaged')).toBe(true);
    expect((await again()).status).not.toBe('failed');
  });

  test('lists as failed what the store itself fails to read', async () => {
    const { out, start, store } = hosts();
    const first = start();
    await deployed(first, 'datagen:trades?rows=5&seed=1');
    await until(() => out.rows('out').length === 5, 'the output');
    await first.close();
    await store.put('deployments', { id: 'broken', updatedAt: 1, summary: { name: 'broken' }, document: {} });
    const get: typeof store.get = (of, id) => (id === 'broken' ? Promise.reject(new Error('page 7 is malformed')) : store.get(of, id));
    const second = start({ store: { ...store, get } });
    await until(async () => (await second.deployments.get('copy')).jobs[0]?.status === 'finished', 'the start of the other');
    const { steps } = await second.deployments.get('broken');
    expect(steps).toMatchObject([{ code: 'VS5923', message: expect.stringContaining('page 7 is malformed') }]);
  });

  test('runs again what has got its target back', async () => {
    const { out, start, fs } = hosts();
    const special = { ...embedded({ connectors: [out, datagen()], fs }), name: 'special' };
    const first = start({ targets: [special] });
    const session = await first.sessions.create();
    await session.connect('datagen:trades?rows=5&seed=2', { as: 'demo' });
    await session.deploy({ name: 'away', target: 'special', app, approve: 'auto' });
    await first.close();
    const second = start();
    await until(async () => (await stateOf(second))?.status === 'failed', 'the failure');
    await second.close();
    const third = start({ targets: [special] });
    await until(async () => (await stateOf(third))?.jobs[0]?.status === 'finished', 'the end');
  });

  test('begins a trace of its own: that of the call that deployed has ended', async () => {
    const { out, start, fs } = hosts();
    const parents: (string | undefined)[] = [];
    const seen = { ...embedded({ connectors: [out, datagen()], fs }), name: 'traced' };
    const traced: typeof seen = {
      ...seen,
      deploy(request) {
        parents.push(request.options.traceparent);
        return seen.deploy(request);
      },
    };
    const first = start({ targets: [traced] });
    const session = await first.sessions.create();
    await session.connect('datagen:trades?rows=5&seed=2', { as: 'demo' });
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    await session.deploy({ name: 'copy', target: 'traced', app, approve: 'auto', traceparent });
    await first.deployments.stop('copy');
    await first.deployments.start('copy');
    await first.close();
    const second = start({ targets: [traced] });
    await until(async () => (await stateOf(second))?.jobs[0]?.status === 'finished', 'the end');
    expect(parents[0]).toBe(traceparent);
    expect(parents.at(-1)).toBeUndefined();
  });

  test('leaves stopped what was stopped, and starts nothing where the host does not want it', async () => {
    const { start } = hosts();
    const first = start();
    await deployed(first, 'datagen:trades?rows=5&seed=1');
    await first.deployments.stop('copy');
    await first.close();
    const second = start();
    expect(await stateOf(second)).toMatchObject({ status: 'stopped', jobs: [] });
    expect(await start({ restoreDeployments: false }).deployments.list()).toEqual([]);
  });
});
