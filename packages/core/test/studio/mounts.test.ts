import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import express from 'express';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStudioClient } from '../../src/client/index.ts';
import { apiKeyAuth, createStudioHandler, type StudioHandler } from '../../src/http/index.ts';
import type { Studio } from '../../src/protocol/studio/studio.ts';
import { fixtureStudio } from './studio.fixture.ts';

let studio: Studio;
let handler: StudioHandler;
beforeAll(() => {
  studio = fixtureStudio();
  handler = createStudioHandler(studio, { authorize: apiKeyAuth({ keys: { k: { id: 'k', role: 'admin' } } }) });
});
afterAll(async () => {
  await handler.close();
  await studio.close();
});

type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

async function served(server: Server, work: (baseUrl: string) => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** A small session through whatever stands in between: a request, a body, an error, a stream. */
async function use(baseUrl: string, send: Fetch = fetch): Promise<void> {
  const client = createStudioClient({ baseUrl, fetch: send as typeof fetch, WebSocket: null, headers: { 'x-api-key': 'k' } });
  const session = await client.sessions.create({ name: 'mounted' });
  expect((await client.sessions.list()).map((n) => n.name)).toContain('mounted');
  const rows = await session.execute('SELECT symbol, qty FROM trades WHERE qty > 4').rows();
  expect(rows.map((r) => r['qty'])).toEqual([5, 7, 9]);
  await expect(client.sessions.open('nothing')).rejects.toMatchObject({ reason: 'notebook-not-found' });
  const stranger = createStudioClient({ baseUrl, fetch: send as typeof fetch, WebSocket: null });
  await expect(stranger.sessions.list()).rejects.toMatchObject({ reason: 'unauthorized' });
}

describe('the handler works mounted in', () => {
  test('a plain Node server', () => served(createServer(getRequestListener((request) => handler.fetch(request))), use));

  test('a Hono app', async () => {
    const app = new Hono();
    app.all('/api/*', (c) => handler.fetch(c.req.raw));
    await use('http://studio.test/api', async (input, init) => app.fetch(new Request(input, init)));
  });

  test('an Express app', async () => {
    const app = express();
    const listener = getRequestListener((request) => handler.fetch(request));
    app.use((request, response, next) => {
      if (request.path.startsWith('/api/')) void listener(request, response);
      else next();
    });
    app.get('/', (_request, response) => {
      response.send('host');
    });
    await served(createServer(app), async (baseUrl) => {
      await use(baseUrl);
      expect(await (await fetch(baseUrl.replace('/api', '/'))).text()).toBe('host');
    });
  });

  test('Next.js route handlers, which are functions from a request to a response', async () => {
    const GET = handler.fetch;
    const routes: Readonly<Record<string, (request: Request) => Promise<Response>>> = { GET, POST: GET, PUT: GET, PATCH: GET, DELETE: GET };
    await use('http://studio.test/api', async (input, init) => {
      const request = new Request(input, init);
      return (routes[request.method] as (r: Request) => Promise<Response>)(request);
    });
  });

  test('another base path', async () => {
    const below = createStudioHandler(studio, { authorize: () => ({ id: 'x', role: 'admin' }), basePath: '/data/v1' });
    expect((await below.fetch(new Request('http://x/data/v1/notebooks'))).status).toBe(200);
    expect((await below.fetch(new Request('http://x/api/notebooks'))).status).toBe(404);
    await below.close();
  });
});

describe('the OpenAPI document', () => {
  test('describes every route with path parameters, bodies and errors, in JSON Schema 2020-12', () => {
    const document = handler.openapi() as {
      openapi: string;
      paths: Record<
        string,
        Record<
          string,
          { operationId: string; parameters: { name: string; in: string }[]; requestBody?: unknown; responses: Record<string, unknown> }
        >
      >;
    };
    expect(document.openapi).toBe('3.1.0');
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, o]) => ({ path, method, ...o })),
    );
    expect(new Set(operations.map((o) => o.operationId)).size).toBe(operations.length);
    for (const o of operations) {
      const named = [...o.path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]);
      expect(o.parameters.filter((p) => p.in === 'path').map((p) => p.name)).toEqual(named);
      expect(Object.keys(o.responses)).toContain('401');
      if (o.method === 'get') expect(o.requestBody).toBeUndefined();
    }
    for (const path of [
      '/validate',
      '/execute',
      '/nl-to-sql',
      '/chat',
      '/test',
      '/generate-data',
      '/connect',
      '/sources/{id}/stats',
      '/topics/{name}/messages',
      '/generate-app',
      '/apps/{id}/deploy',
      '/templates/{id}/customize',
      '/analyze/schema-diff',
      '/notebooks/{id}/cells',
      '/dashboards/generate',
      '/jobs/{id}/restart',
    ]) {
      expect(Object.keys(document.paths)).toContain(`/api${path}`);
    }
    expect(Object.keys(document.paths)).toContain('/metrics');
    expect(JSON.stringify(document)).not.toContain('"$schema"');
  });
});
