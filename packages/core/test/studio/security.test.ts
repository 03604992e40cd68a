import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { apiKeyAuth, createStudioHandler, jwtAuth, type Principal, type StudioHandler } from '../../src/http/index.ts';
import { type ServedStudio, serveStudio } from '../../src/node/serve-studio.node.ts';
import type { Studio } from '../../src/protocol/studio/studio.ts';
import { fixtureStudio } from './studio.fixture.ts';

const PEOPLE: Readonly<Record<string, Principal>> = {
  'key-viewer': { id: 'vera', role: 'viewer' },
  'key-analyst': { id: 'ann', role: 'analyst' },
  'key-developer': { id: 'dev', role: 'developer' },
  'key-admin': { id: 'ada', role: 'admin' },
};
const RISKS = ['read', 'compute', 'write', 'deploy'] as const;
const ALLOWED = { viewer: 1, analyst: 2, developer: 3, admin: 4 } as const;
const NO_LIMITS = { all: Number.POSITIVE_INFINITY, expensive: Number.POSITIVE_INFINITY };

let studio: Studio;
let handler: StudioHandler;
beforeAll(() => {
  studio = fixtureStudio();
  handler = createStudioHandler(studio, {
    authorize: apiKeyAuth({ keys: PEOPLE }),
    rateLimits: NO_LIMITS,
    cors: { origins: ['https://app.example'] },
  });
});
afterAll(async () => {
  await handler.close();
  await studio.close();
});

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly risk: (typeof RISKS)[number];
}
const operations = (): Operation[] => {
  const { paths } = createStudioHandler(fixtureStudio(), { authorize: () => null }).openapi() as {
    paths: Record<string, Record<string, { 'x-risk': Operation['risk'] }>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, o]) => ({ method: method.toUpperCase(), path, risk: o['x-risk'] })),
  );
};
const request = (method: string, path: string, init: { key?: string; body?: unknown; headers?: Record<string, string> } = {}) =>
  new Request(`http://studio.test${path.replace(/\{\w+\}/g, 'x1')}`, {
    method,
    headers: {
      ...(init.key ? { 'x-api-key': init.key } : {}),
      ...(method === 'GET' || method === 'DELETE' ? {} : { 'content-type': 'application/json' }),
      ...init.headers,
    },
    ...(method === 'GET' || method === 'DELETE' ? {} : { body: JSON.stringify(init.body ?? {}) }),
  });
const codeOf = async (response: Response): Promise<string> => ((await response.json()) as { error: { code: string } }).error.code;

describe('every route', () => {
  test('there are more than eighty of them', () => {
    expect(operations().length).toBeGreaterThan(80);
  });
  test.each(operations().map((o) => [`${o.method} ${o.path}`, o] as const))(
    '%s lets in only who may',
    async (_name, { method, path, risk }) => {
      const stranger = await handler.fetch(request(method, path));
      expect([stranger.status, await codeOf(stranger)]).toEqual([401, 'UNAUTHORIZED']);
      const wrong = await handler.fetch(request(method, path, { key: 'key-nobody' }));
      expect(wrong.status).toBe(401);
      for (const [key, { role }] of Object.entries(PEOPLE)) {
        const may = RISKS.indexOf(risk) < ALLOWED[role];
        if (may) continue;
        const response = await handler.fetch(request(method, path, { key }));
        expect([role, response.status]).toEqual([role, 403]);
        const { error } = (await response.json()) as { error: { message: string } };
        expect(error.message).toBe(`${method} "${path.replace(/\{\w+\}/g, 'x1')}" needs the right "${risk}", which you do not have here`);
      }
      if (risk === 'read') {
        const response = await handler.fetch(request(method, path, { key: 'key-viewer' }));
        expect([401, 403]).not.toContain(response.status);
        await response.body?.cancel();
      }
    },
  );
});

describe('requests of other pages', () => {
  test.each(['https://evil.example', 'null', 'http://studio.test.evil.example'])('that come from %s change nothing', async (origin) => {
    const response = await handler.fetch(request('POST', '/api/notebooks', { key: 'key-admin', headers: { origin } }));
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
  test.each([
    [{ host: 'app.example' }, 200],
    [{ host: 'app.example', 'x-forwarded-host': 'app.example' }, 200],
    [{ host: 'inner:3000', 'x-forwarded-host': 'app.example' }, 403],
    [{ host: 'other.example' }, 403],
  ])('the page of the same host is known by %j', async (named, status) => {
    const headers = { origin: 'https://app.example', ...named };
    const alone = createStudioHandler(studio, { authorize: () => ({ id: 'x', role: 'admin' }) });
    expect((await alone.fetch(request('POST', '/api/notebooks', { key: 'key-admin', headers }))).status).toBe(status);
    await alone.close();
  });

  test('cross-site requests without an origin change nothing', async () => {
    const response = await handler.fetch(
      request('POST', '/api/notebooks', { key: 'key-admin', headers: { 'sec-fetch-site': 'cross-site' } }),
    );
    expect(response.status).toBe(403);
  });
  test('an allowed origin is named exactly, and preflight says what may be sent', async () => {
    const headers = { origin: 'https://app.example' };
    const response = await handler.fetch(request('POST', '/api/notebooks', { key: 'key-admin', headers }));
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, 'https://app.example']);
    const preflight = await handler.fetch(new Request('http://studio.test/api/notebooks', { method: 'OPTIONS', headers }));
    expect(preflight.status).toBe(204);
    const refused = await handler.fetch(
      new Request('http://studio.test/api/notebooks', { method: 'OPTIONS', headers: { origin: 'https://evil.example' } }),
    );
    expect(refused.status).toBe(403);
  });
});

describe('bad requests', () => {
  test('are refused with a code and a place, and nothing leaks', async () => {
    const cases: [Request, number][] = [
      [request('POST', '/api/validate', { key: 'key-admin', body: { sql: 7 } }), 400],
      [request('POST', '/api/validate', { key: 'key-admin', headers: { 'content-type': 'text/plain' } }), 415],
      [
        new Request('http://studio.test/api/validate', {
          method: 'POST',
          headers: { 'x-api-key': 'key-admin', 'content-type': 'application/json' },
          body: '{"sql": ',
        }),
        400,
      ],
      [request('POST', '/api/validate', { key: 'key-admin', body: { sql: 'x'.repeat(1_200_000) } }), 413],
      [request('GET', '/api/nothing/here', { key: 'key-admin' }), 404],
      [request('PUT', '/api/validate', { key: 'key-admin' }), 405],
      [request('GET', '/api/notebooks/%2e%2e%2fetc', { key: 'key-admin' }), 404],
    ];
    for (const [bad, status] of cases) {
      const response = await handler.fetch(bad);
      const text = await response.text();
      expect([bad.url, response.status]).toEqual([bad.url, status]);
      expect(JSON.parse(text).error.message).not.toMatch(/node_modules|\.ts:|at \w+ \(/);
    }
  });
  test('an unexpected failure says an incident number and nothing else', async () => {
    const broken = createStudioHandler(
      { ...studio, as: undefined, sessions: { ...studio.sessions, list: () => Promise.reject(new Error('password=hunter2')) } } as never,
      { authorize: () => ({ id: 'x', role: 'admin' }), scope: 'shared' },
    );
    const response = await broken.fetch(request('GET', '/api/notebooks'));
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toContain('hunter2');
    expect(JSON.parse(text).error.details.incident).toBe(response.headers.get('x-request-id'));
  });
  test('there is no handler without authorize', () => {
    expect(() => createStudioHandler(studio, {} as never)).toThrow(/authorize/);
  });
});

describe('limits', () => {
  test('too many requests are refused with the time to wait', async () => {
    let now = 0;
    const limited = createStudioHandler(studio, { authorize: () => ({ id: 'x', role: 'admin' }), rateLimits: { all: 60 }, now: () => now });
    const statuses: number[] = [];
    for (let i = 0; i < 8; i++) statuses.push((await limited.fetch(request('GET', '/api/notebooks'))).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429, 429]);
    const last = await limited.fetch(request('GET', '/api/notebooks'));
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    now += 1_000;
    expect((await limited.fetch(request('GET', '/api/notebooks'))).status).toBe(200);
  });
  test('large answers are compressed for who takes it', async () => {
    const response = await handler.fetch(request('GET', '/api/schema', { key: 'key-admin', headers: { 'accept-encoding': 'gzip' } }));
    expect(response.headers.get('content-encoding')).toBe('gzip');
    const text = await new Response(response.body?.pipeThrough(new DecompressionStream('gzip'))).text();
    expect(JSON.parse(text).functions.length).toBeGreaterThan(100);
  });
});

describe('tokens', () => {
  test('of the right secret name their caller; forged, expired and unsigned ones are strangers', async () => {
    const { SignJWT, UnsecuredJWT } = await import('jose');
    const secret = 'a-secret-of-at-least-32-characters!!';
    const authorize = jwtAuth({ secret, issuer: 'https://login.example' });
    const sign = (key: string, expires: string) =>
      new SignJWT({ role: 'developer' })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject('dev')
        .setIssuer('https://login.example')
        .setExpirationTime(expires)
        .sign(new TextEncoder().encode(key));
    const ask = async (token: string) => authorize(new Request('http://x/', { headers: { authorization: `Bearer ${token}` } }));
    expect(await ask(await sign(secret, '1h'))).toEqual({ id: 'dev', role: 'developer' });
    expect(await ask(await sign('another-secret-of-at-least-32-chars!', '1h'))).toBeNull();
    expect(await ask(await sign(secret, '-1h'))).toBeNull();
    expect(await ask(new UnsecuredJWT({ role: 'admin' }).setSubject('x').setIssuer('https://login.example').encode())).toBeNull();
    expect(await ask('nonsense')).toBeNull();
  });
});

describe('a served studio', () => {
  let served: ServedStudio;
  beforeAll(async () => {
    served = await serveStudio(studio, { port: 0, rateLimits: NO_LIMITS });
  });
  afterAll(() => served.close());
  const execute = async (): Promise<string> => {
    const body = JSON.stringify({ sql: 'SELECT symbol FROM trades', stream: true });
    const response = await fetch(`${served.url}/api/execute`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    return ((await response.json()) as { execution_id: string }).execution_id;
  };
  const open = (path: string, headers: Record<string, string> = {}) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(`${served.url.replace('http', 'ws')}${path}`, { headers });
      socket.on('message', (data) => {
        resolve(JSON.parse(String(data)).type);
        socket.close();
      });
      socket.on('unexpected-response', (_r, response) => resolve(`HTTP ${response.statusCode}`));
      socket.on('error', () => resolve('refused'));
    });

  test('opens a socket for its own page and none for another', async () => {
    const id = await execute();
    expect(await open(`/api/stream/${id}`, { origin: 'https://evil.example' })).toBe('HTTP 403');
    expect(await open(`/api/stream/${id}`, { origin: served.url })).toBe('connected');
    expect(await open('/api/stream/exec_unknown')).toBe('HTTP 404');
    expect(await open('/elsewhere')).toBe('HTTP 404');
  });
  test('takes a ticket once', async () => {
    const id = await execute();
    const { ticket } = (await (await fetch(`${served.url}/api/stream/${id}/ticket`, { method: 'POST' })).json()) as { ticket: string };
    expect(await open(`/api/stream/${id}?ticket=${ticket}`)).toBe('connected');
    expect(await open(`/api/stream/${id}?ticket=${ticket}`)).toBe('HTTP 401');
  });
  test('refuses a host name that only points at this machine', async () => {
    const { request: send } = await import('node:http');
    const status = await new Promise<number | undefined>((resolve) => {
      send({ port: served.port, host: '127.0.0.1', path: '/api/notebooks', headers: { host: 'rebound.example' } }, (r) => {
        r.resume();
        resolve(r.statusCode);
      }).end();
    });
    expect(status).toBe(401);
  });
  test('is not served beyond this machine without authorize', async () => {
    await expect(serveStudio(studio, { host: '0.0.0.0', port: 0 })).rejects.toMatchObject({ reason: 'authorize-missing' });
  });
  test('keeps an execution from everybody but its owner', async () => {
    const other = createStudioHandler(studio, { authorize: apiKeyAuth({ keys: PEOPLE }), rateLimits: NO_LIMITS });
    const made = await other.fetch(
      request('POST', '/api/execute', { key: 'key-analyst', body: { sql: 'SELECT symbol FROM trades', stream: true } }),
    );
    const { execution_id: id } = (await made.json()) as { execution_id: string };
    const path = `/api/executions/${id}`;
    expect((await other.fetch(request('GET', path, { key: 'key-analyst' }))).status).toBe(200);
    expect((await other.fetch(request('GET', path, { key: 'key-developer' }))).status).toBe(404);
    await other.close();
  });
});
