import { afterEach, describe, expect, test } from 'vitest';
import { embedded } from '../../src/deploy/index.ts';
import { apiKeyAuth, createStudioHandler, type StudioHandler } from '../../src/http/index.ts';
import type { Viewer } from '../../src/protocol/studio/owner.ts';
import type { Studio } from '../../src/protocol/studio/studio.ts';
import type { StudioOptions } from '../../src/studio/index.ts';
import { fixtureStudio } from './studio.fixture.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});
const studioOf = (options: StudioOptions): Studio => {
  const studio = fixtureStudio({ allowUnapprovedDeploys: true, ...options });
  open.push(studio);
  return studio;
};
const viewer = (id: string): Viewer => ({ owner: { id }, sees: (owner) => owner?.id === id, mayDeploy: true });
const as = (studio: Studio, id: string): Studio => {
  const view = studio.as?.(viewer(id));
  if (view === undefined) throw new Error('the studio tells callers apart');
  return view;
};
const app = (queries: number) => ({
  name: 'App',
  queries: Array.from({ length: queries }, (_, i) => ({ name: `Q${i}`, sql: 'SELECT symbol, qty FROM trades', sink: `out_${i}` })),
});
/** A notebook that cannot make way: something is connected in it. */
const busy = async (studio: Studio) => {
  const session = await studio.sessions.create();
  await session.connect('datagen:trades?rows=1&seed=1', { as: 'live' });
  return session;
};

describe('open notebooks', () => {
  test('of one caller are refused at its limit, those of another are not', async () => {
    const studio = studioOf({ quotas: { sessionsPerCaller: 2 } });
    const ann = as(studio, 'ann');
    await busy(ann);
    await busy(ann);
    await expect(ann.sessions.create()).rejects.toMatchObject({ code: 'VS7009', reason: 'limit-exceeded', details: { allowed: 2 } });
    await expect(as(studio, 'bob').sessions.create()).resolves.toBeDefined();
  });

  test('that are idle make way, the longest unused first, and open again as they were', async () => {
    const studio = studioOf({ quotas: { sessionsPerCaller: 2 } });
    const ann = as(studio, 'ann');
    const first = await ann.sessions.create({ name: 'first' });
    const second = await ann.sessions.create({ name: 'second' });
    await first.notebook.addCell({ type: 'sql', sql: 'SELECT 1 AS x FROM trades' });
    await ann.sessions.open(first.id);
    await ann.sessions.create({ name: 'third' });
    expect(() => second.execute('SELECT symbol FROM trades')).toThrow(expect.objectContaining({ reason: 'studio-closed' }));
    await expect(second.connect('datagen:trades?rows=1')).rejects.toMatchObject({ reason: 'studio-closed' });
    expect(() => first.execute('SELECT symbol FROM trades')).not.toThrow();
    const again = await ann.sessions.open(second.id);
    expect(again.name).toBe('second');
    expect((await ann.sessions.list()).map((n) => n.name).toSorted()).toEqual(['first', 'second', 'third']);
  });

  test('have a limit of the whole studio, at which those of the host stay', async () => {
    const studio = studioOf({ quotas: { sessions: 2 } });
    const own = await studio.sessions.create();
    await busy(as(studio, 'ann'));
    await expect(as(studio, 'bob').sessions.create()).rejects.toMatchObject({ code: 'VS7009', details: { allowed: 2 } });
    await expect(own.execute('SELECT symbol FROM trades').rows()).resolves.toHaveLength(6);
  });

  test('over HTTP answer 429 to that caller alone', async () => {
    const studio = studioOf({ quotas: { sessionsPerCaller: 1 } });
    const keys = { ann: { id: 'ann', role: 'developer' }, bob: { id: 'bob', role: 'developer' } } as const;
    const handler: StudioHandler = createStudioHandler(studio, { authorize: apiKeyAuth({ keys }) });
    open.push(handler);
    const post = (key: string, path: string, body: object) =>
      handler.fetch(
        new Request(`http://studio.test/api/${path}`, {
          method: 'POST',
          headers: { 'x-api-key': key, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      );
    const { id } = (await (await post('ann', 'notebooks', { name: 'one' })).json()) as { id: string };
    expect((await post('ann', 'connect', { uri: 'datagen:trades?rows=1', as: 'live', session_id: id })).status).toBe(200);
    const refused = await post('ann', 'notebooks', { name: 'two' });
    expect([refused.status, await refused.json()]).toMatchObject([429, { error: { details: { velo_code: 'VS7009', allowed: 1 } } }]);
    expect((await post('bob', 'notebooks', { name: 'one' })).status).toBe(200);
  });
});

describe('deployed jobs', () => {
  const deploy = async (studio: Studio, name: string, queries: number) =>
    (await studio.sessions.create()).deploy({ name, app: app(queries), approve: 'auto' });

  test('of one caller are refused at its limit, those of another are not', async () => {
    const studio = studioOf({ quotas: { jobsPerCaller: 3 } });
    const ann = as(studio, 'ann');
    await deploy(ann, 'one', 2);
    await expect(deploy(ann, 'two', 2)).rejects.toMatchObject({
      code: 'VS5905',
      details: { blockers: ['4 jobs would run, and one caller may have 3'] },
    });
    await expect(deploy(as(studio, 'bob'), 'two', 2)).resolves.toMatchObject({ status: expect.any(String) });
    await expect(deploy(studio, 'of-the-host', 4)).resolves.toMatchObject({ status: expect.any(String) });
    await ann.deployments.delete('one');
    await expect(deploy(ann, 'two', 3)).resolves.toMatchObject({ status: expect.any(String) });
  });

  test('of all callers have a limit of the whole studio, over all targets', async () => {
    const targets = [embedded(), { ...embedded(), name: 'other' }];
    const studio = studioOf({ quotas: { jobs: 4 }, targets });
    await deploy(as(studio, 'ann'), 'one', 3);
    const session = await as(studio, 'bob').sessions.create();
    const asked = { name: 'two', app: app(2), target: 'other' };
    expect((await session.plan?.(asked))?.blockers).toEqual(['5 jobs would run, and the studio allows 4']);
    await expect(session.deploy({ ...asked, approve: 'auto' })).rejects.toMatchObject({ reason: 'plan-blocked' });
  });

  test('that start at the same moment are counted for each other', async () => {
    const studio = studioOf({ quotas: { jobsPerCaller: 3 } });
    const ann = as(studio, 'ann');
    const session = await ann.sessions.create();
    const asked = ['one', 'two', 'three'].map((name) => session.deploy({ name, app: app(2), approve: 'auto' }));
    expect((await Promise.allSettled(asked)).map((each) => each.status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  test('that are replaced by a new version are not counted twice', async () => {
    const studio = studioOf({ quotas: { jobsPerCaller: 3 } });
    const ann = as(studio, 'ann');
    await deploy(ann, 'one', 3);
    await expect(deploy(ann, 'one', 3)).resolves.toMatchObject({ version: 2 });
  });
});
