import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createStudioHandler } from '../../src/http/index.ts';
import type { Studio } from '../../src/protocol/studio/studio.ts';
import { memoryStore } from '../../src/sessions/memory-store.ts';
import { type Answer, type CallerName, type Office, openOffice } from './ownership.fixture.ts';
import { OWNERSHIP, type RouteOwnership } from './ownership-routes.ts';
import { fixtureStudio } from './studio.fixture.ts';

let office: Office;
beforeEach(() => {
  office = openOffice();
});
afterEach(() => office.close());

interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly risk: string;
}
const operations = (): Operation[] => {
  const { paths } = createStudioHandler(fixtureStudio(), { authorize: () => null }).openapi() as {
    paths: Record<string, Record<string, { 'x-risk': string }>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, o]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      risk: o['x-risk'],
    })),
  );
};
const filled = (path: string, values: Readonly<Record<string, string>>): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? 'none'));
/** An answer without what names the request or the thing. */
const alike = ({ status, text }: Answer, id: string): unknown => [status, text.replaceAll(id, '<id>')];

test('the table of whose a route is names every route once', () => {
  expect(
    operations()
      .map((o) => o.name)
      .toSorted(),
  ).toEqual(Object.keys(OWNERSHIP).toSorted());
});

describe('every route', () => {
  test.each(operations().map((o) => [o.name, o] as const))("%s keeps what is not the caller's away", async (_name, operation) => {
    const ownership = OWNERSHIP[operation.name] as RouteOwnership;
    const { method, path, risk } = operation;
    for (const unknown of [undefined, 'wrong-key'])
      expect((await office.as(unknown)(method, filled(path, {}), 'body' in ownership ? ownership.body : undefined)).status).toBe(401);
    const others: CallerName[] = risk === 'read' ? ['reader', 'colleague', 'stranger'] : ['colleague', 'stranger'];
    if (risk !== 'read') expect((await office.as('reader')(method, filled(path, {}))).status).toBe(403);
    await CHECKS[ownership.kind](operation, ownership as never, others);
  });
});

const CHECKS = { thing: checkThing, session: checkSession, list: checkList, nobodys: checkNobodys };

async function checkThing(
  { method, path }: Operation,
  o: RouteOwnership & { kind: 'thing' },
  others: readonly CallerName[],
): Promise<void> {
  const names = await office.make(o.of);
  const id = names['id'] as string;
  const prepared = await o.prepare?.(office.as('owner'), id);
  for (const other of others) {
    const answer = await office.as(other)(method, filled(path, names), o.body);
    const missing = await office.as(other)(method, filled(path, { ...names, id: 'there-is-none' }), o.body);
    expect([other, alike(answer, id)]).toEqual([other, alike(missing, 'there-is-none')]);
    if (o.missing === 'false') expect(answer.body).toMatchObject({ deleted: false });
    else expect([other, answer.status]).toEqual([other, 404]);
  }
  const own = await office.as('owner')(method, filled(path, names), prepared ?? o.body);
  expect([own.status, own.text.slice(0, 300)]).toEqual([200, expect.any(String)]);
  if (o.missing === 'false') expect(own.body).toMatchObject({ deleted: true });
}

async function checkSession(
  { method, path }: Operation,
  o: RouteOwnership & { kind: 'session' },
  others: readonly CallerName[],
): Promise<void> {
  const { id } = (await office.make('notebook')) as { id: string };
  const call = (caller: CallerName, session: string) => {
    const to = filled(path, path.startsWith('/api/connections') ? { id: 'live' } : (o.path ?? {}));
    if (o.in === 'query') return office.as(caller)(method, `${to}?session_id=${session}`);
    return office.as(caller)(method, to, { ...o.body, session_id: session });
  };
  for (const other of others) {
    const answer = await call(other, id);
    expect([other, alike(answer, id)]).toEqual([other, alike(await call(other, 'there-is-none'), 'there-is-none')]);
    expect([other, answer.status]).toEqual([other, 404]);
  }
  const own = await call('owner', id);
  expect([401, 403]).not.toContain(own.status);
  expect(own.text).not.toContain(`there is no notebook`);
}

async function checkList({ method, path }: Operation, o: RouteOwnership & { kind: 'list' }, others: readonly CallerName[]): Promise<void> {
  const { id } = (await office.make(o.of)) as { id: string };
  const seen = async (caller: CallerName): Promise<boolean> =>
    (await office.as(caller)(method, path)).text.includes(path === '/metrics' ? 'velo_sql_queries_total' : id);
  for (const other of others) expect([other, await seen(other)]).toEqual([other, false]);
  for (const one of ['owner', 'lead', 'operator'] as const) expect([one, await seen(one)]).toEqual([one, true]);
}

async function checkNobodys(
  { method, path }: Operation,
  o: RouteOwnership & { kind: 'nobodys' },
  others: readonly CallerName[],
): Promise<void> {
  const { id } = (await office.make('notebook')) as { id: string };
  const declared = { name: 'private_stream', schema: { columns: [{ name: 'private_column', type: 'STRING' }] }, session_id: id };
  await office.as('owner')('POST', '/api/declare', declared);
  const sql = 'SELECT  FROM private_stream';
  const body = o.body && 'sql' in o.body ? { ...o.body, sql } : o.body;
  for (const other of others) {
    const answer = await office.as(other)(method, filled(path, o.path ?? {}), body);
    expect(answer.status).toBeLessThan(500);
    expect(answer.text).not.toContain('private_column');
    expect(answer.text).not.toContain('private-notebook');
  }
  expect((await office.as('owner')(method, filled(path, o.path ?? {}), o.body)).status).toBe(200);
}

describe('who sees what a caller made', () => {
  const sees = async (scope: 'principal' | 'tenant' | 'shared', caller: CallerName): Promise<boolean> => {
    const other = openOffice({ scope });
    const { id } = (await other.make('notebook')) as { id: string };
    const { status } = await other.as(caller)('GET', `/api/notebooks/${id}`);
    await other.close();
    return status === 200;
  };
  test.each([
    ['principal', { owner: true, colleague: false, lead: true, operator: true, stranger: false }],
    ['tenant', { owner: true, colleague: true, lead: true, operator: true, stranger: false }],
    ['shared', { owner: true, colleague: true, lead: true, operator: true, stranger: true }],
  ] as const)('with the scope %s', async (scope, expected) => {
    const found: Record<string, boolean> = {};
    for (const caller of Object.keys(expected) as CallerName[]) found[caller] = await sees(scope, caller);
    expect(found).toEqual(expected);
  });

  test('what the host made is seen by the operator alone', async () => {
    const { id } = await office.studio.sessions.create({ name: 'of the host' });
    const statuses: Record<string, number> = {};
    for (const caller of ['owner', 'lead', 'stranger', 'operator'] as const)
      statuses[caller] = (await office.as(caller)('GET', `/api/notebooks/${id}`)).status;
    expect(statuses).toEqual({ owner: 404, lead: 404, stranger: 404, operator: 200 });
  });

  test('a studio that cannot tell callers apart is served as shared only', async () => {
    const { as: _as, ...plain } = office.studio;
    expect(() => createStudioHandler(plain as Studio, { authorize: () => null })).toThrow(/scope/);
    await createStudioHandler(plain as Studio, { authorize: () => null, scope: 'shared' }).close();
  });
});

describe('what belongs to two callers at once', () => {
  const APP = { name: 'Live Volume', queries: [{ name: 'Volume', sql: 'SELECT symbol, qty FROM trades', sink: 'volumes' }] };
  const deploy = async (caller: CallerName): Promise<string> => {
    const { plan } = (await office.as(caller)('POST', '/api/plan', { app: APP, name: APP.name })).body as { plan: { hash: string } };
    const made = await office.as(caller)('POST', '/api/deploy', { app: APP, name: APP.name, plan_hash: plan.hash });
    expect(made.status).toBe(200);
    return (made.body as { deployment: { id: string } }).deployment.id;
  };

  test('two deployments of one name are two, with jobs of their own', async () => {
    const first = await deploy('owner');
    const second = await deploy('stranger');
    expect(second).not.toBe(first);
    expect(await deploy('owner')).toBe(first);
    expect(await deploy('stranger')).toBe(second);
    const jobs = (await office.studio.deployments.list()).flatMap((d) => d.jobs.map((j) => j.name));
    expect(new Set(jobs).size).toBe(2);
    const found = (await office.as('stranger')('GET', `/api/deployments/${second}`)).body as { deployment: { version: number } };
    expect(found.deployment.version).toBe(2);
    // The plain name becomes free; what is deployed again under it is still the caller's own.
    expect((await office.as('owner')('DELETE', `/api/deployments/${first}`)).status).toBe(200);
    expect(await deploy('stranger')).toBe(second);
    expect((await office.studio.deployments.list()).map((d) => d.id)).toEqual([second]);
  });

  test('an application is not replaced by who only knows its id', async () => {
    const { id } = (await office.make('app')) as { id: string };
    expect((await office.as('stranger')('POST', '/api/apps', { ...APP, id, name: 'Taken' })).status).toBe(400);
    expect((await office.as('owner')('GET', `/api/apps/${id}`)).body).toMatchObject({ app: { name: 'Live Volume' } });
  });

  test('an application of another caller is not deployed by naming it', async () => {
    const { id } = (await office.make('app')) as { id: string };
    const answer = await office.as('colleague')('POST', '/api/plan', { app_id: id, name: 'Mine' });
    expect([answer.status, answer.text]).toEqual([404, expect.stringContaining('APP_NOT_FOUND')]);
  });
});

test('owners outlive the host in the store; a file names none', async () => {
  const store = memoryStore();
  const owner = { id: 'olga', tenant: 'acme' };
  const viewer = { owner, sees: (o: { id: string } | undefined) => o?.id === owner.id, mayDeploy: true };
  const keep = { ...store, close: async () => {} };
  const first = fixtureStudio({ store: keep });
  const session = await first.as?.(viewer).sessions.create({ name: 'hers' });
  const app = await first.as?.(viewer).apps.create({ name: 'Hers', queries: [{ name: 'All', sql: 'SELECT symbol FROM trades' }] });
  expect(JSON.stringify(await session?.notebook.export())).not.toContain('olga');
  await first.close();
  const again = fixtureStudio({ store: keep });
  const nobody = again.as?.({ owner: { id: 'nora' }, sees: () => false, mayDeploy: true });
  expect(await nobody?.sessions.list()).toEqual([]);
  await expect(nobody?.sessions.open(session?.id ?? '')).rejects.toMatchObject({ reason: 'notebook-not-found' });
  await expect(nobody?.apps.get(app?.id ?? '')).rejects.toMatchObject({ reason: 'app-not-found' });
  expect((await again.as?.(viewer).sessions.list())?.map((n) => [n.name, n.owner])).toEqual([['hers', owner]]);
  expect((await again.as?.(viewer).apps.get(app?.id ?? ''))?.owner).toEqual(owner);
  await again.close();
});

test('an assistant that acts for a caller sees and deploys no more than that caller', async () => {
  const view = office.studio.as?.({ owner: { id: 'dev' }, sees: (o) => o?.id === 'dev', mayDeploy: false });
  const { id } = (await office.make('deployment')) as { id: string };
  const session = await view?.sessions.create();
  const acting = session?.studio;
  expect(await acting?.deployments.list()).toEqual([]);
  await expect(acting?.deployments.stop(id)).rejects.toMatchObject({ reason: 'deployment-not-found' });
  await expect(session?.deploy({ name: 'x' })).rejects.toMatchObject({ reason: 'forbidden' });
});
