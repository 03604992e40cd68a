import { expect, test } from 'vitest';
import { fixtureStudio } from '../../test/studio/studio.fixture.ts';
import { formatTraceparent, type TraceContext } from '../observability/trace-context.ts';
import type { SpanAttributes, Tracing } from '../observability/tracing/index.ts';
import type { DeployOptions } from '../protocol/studio/deployment.ts';
import { createStudioHandler } from './index.ts';
import type { ToolGateway } from './route.ts';

interface Seen {
  readonly name: string;
  readonly parent: TraceContext | undefined;
  readonly context: TraceContext;
  attributes: SpanAttributes;
  readonly ended: unknown[];
}

function recorder(): { readonly spans: Seen[]; readonly tracing: Tracing } {
  const spans: Seen[] = [];
  const tracing: Tracing = {
    batchEvery: 0,
    start(name, { parent, attributes = {} } = {}) {
      const traceId = parent?.traceId ?? 'f'.repeat(32);
      const seen: Seen = {
        name,
        parent,
        context: { traceId, spanId: `${spans.length + 1}`.padStart(16, '0'), sampled: true },
        attributes,
        ended: [],
      };
      spans.push(seen);
      return {
        context: seen.context,
        set: (more) => {
          seen.attributes = { ...seen.attributes, ...more };
        },
        end: (error) => void seen.ended.push(error),
      };
    },
    flush: async () => {},
    close: async () => {},
  };
  return { spans, tracing };
}

const CAME: TraceContext = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), sampled: true };
const headers = { traceparent: formatTraceparent(CAME), 'content-type': 'application/json' };
const post = (path: string, body: object, more = headers) =>
  new Request(`http://studio.test/api${path}`, { method: 'POST', headers: more, body: JSON.stringify(body) });
const authorize = () => ({ id: 'ann', role: 'admin' }) as const;

test('a request is a span below the one that it came with, named by its route', async () => {
  const studio = fixtureStudio();
  const { spans, tracing } = recorder();
  const handler = createStudioHandler(studio, { authorize, tracing });
  await handler.fetch(new Request('http://studio.test/api/notebooks/nb-secret-id', { headers }));
  await handler.fetch(post('/validate', { sql: 'SELECT 1' }, { 'content-type': 'application/json' } as never));
  const [first, second] = spans;
  expect(first).toMatchObject({ name: 'GET', parent: CAME, ended: [undefined] });
  expect(first?.attributes).toEqual({
    'http.request.method': 'GET',
    'http.route': '/api/notebooks/{id}',
    'http.response.status_code': 404,
  });
  expect([second?.parent, second?.attributes['http.response.status_code']]).toEqual([undefined, 200]);
  await handler.close();
  await studio.close();
});

test('tools and deployments of a request go on from its span', async () => {
  const studio = fixtureStudio();
  const { spans, tracing } = recorder();
  const traces: (TraceContext | undefined)[] = [];
  const tools: ToolGateway = {
    async call(_name, _input, { trace }) {
      traces.push(trace);
      return { output: {} };
    },
  };
  const handler = createStudioHandler(studio, { authorize, tracing, tools });
  await handler.fetch(post('/tools/list_sources', { input: {} }));
  expect(traces).toEqual([spans[0]?.context]);
  expect(spans[0]?.context.traceId).toBe(CAME.traceId);
  await handler.close();
  await studio.close();
});

test('an upgrade to a WebSocket is a span, taken or refused', async () => {
  const studio = fixtureStudio();
  const { spans, tracing } = recorder();
  const handler = createStudioHandler(studio, { authorize, tracing });
  const started = await handler.fetch(post('/execute', { sql: 'SELECT symbol FROM trades', stream: true }));
  const { execution_id: id } = (await started.json()) as { execution_id: string };
  const asked = (path: string) => handler.websocket.upgrade(new Request(`http://studio.test/api${path}`, { headers }));
  expect(await asked(`/stream/${id}`)).toHaveProperty('start');
  expect(await asked('/stream/there-is-none')).toHaveProperty('status', 404);
  expect(spans.slice(1).map(({ parent, attributes, ended }) => [parent, attributes, ended])).toEqual(
    [101, 404].map((status) => [
      CAME,
      { 'http.request.method': 'GET', 'http.route': '/api/stream/{id}', 'http.response.status_code': status },
      [undefined],
    ]),
  );
  await handler.close();
  await studio.close();
});

test('without tracing, what came with a request still reaches its deployment', async () => {
  const studio = fixtureStudio();
  const { as: _as, ...plain } = studio;
  const asked: (string | undefined)[] = [];
  const apps: typeof studio.apps = {
    ...studio.apps,
    async deploy(_id, options?: Partial<DeployOptions>) {
      asked.push(options?.traceparent);
      throw new Error('not in this test');
    },
  };
  const handler = createStudioHandler({ ...plain, apps }, { authorize, scope: 'shared' });
  await handler.fetch(post('/apps/a/deploy', { plan_hash: 'h' }));
  await handler.fetch(post('/apps/a/deploy', { plan_hash: 'h' }, { ...headers, traceparent: 'nonsense' }));
  expect(asked).toEqual([headers.traceparent, undefined]);
  await handler.close();
  await studio.close();
});
