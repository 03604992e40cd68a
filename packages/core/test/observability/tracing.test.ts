import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { memory } from '../../src/connect/index.ts';
import { memoryFs } from '../../src/deploy/embedded/memory-fs.ts';
import { createDeployments, embedded } from '../../src/deploy/index.ts';
import { otlpTracing } from '../../src/observability/tracing/index.ts';

const value = z.union([
  z.strictObject({ stringValue: z.string() }),
  z.strictObject({ intValue: z.union([z.number().int(), z.string().regex(/^-?\d+$/)]) }),
  z.strictObject({ doubleValue: z.number() }),
  z.strictObject({ boolValue: z.boolean() }),
]);
const attributes = z.array(z.strictObject({ key: z.string().min(1), value }));
const nanos = z.string().regex(/^\d{16,20}$/);
const span = z.object({
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  spanId: z.string().regex(/^[0-9a-f]{16}$/),
  parentSpanId: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
  name: z.string().min(1),
  kind: z.number().int().min(0).max(5),
  startTimeUnixNano: nanos,
  endTimeUnixNano: nanos,
  attributes,
  status: z.object({ code: z.number().int().min(0).max(2).optional(), message: z.string().optional() }),
});
/** `ExportTraceServiceRequest` of opentelemetry-proto, in its JSON form. */
const request = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }),
      scopeSpans: z.array(z.object({ scope: z.object({ name: z.string() }), spans: z.array(span) })),
    }),
  ),
});
type Received = z.infer<typeof span> & { readonly service: unknown };

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A receiver that takes nothing but what the protocol allows. */
async function receiver() {
  const spans: Received[] = [];
  const seen: { path: string | undefined; token: string | undefined; problem?: string }[] = [];
  const server = createServer(async (incoming, answer) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const read = request.safeParse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    seen.push({ path: incoming.url, token: incoming.headers.authorization, ...(read.success ? {} : { problem: read.error.message }) });
    for (const { resource, scopeSpans } of read.data?.resourceSpans ?? [])
      for (const each of scopeSpans.flatMap((s) => s.spans))
        spans.push({ ...each, service: resource.attributes.find((a) => a.key === 'service.name')?.value });
    answer.writeHead(read.success ? 200 : 400, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  open.push(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, spans, seen };
}

const attribute = (s: Received, key: string): unknown => Object.values(s.attributes.find((a) => a.key === key)?.value ?? {})[0];
const TRACE = 'a'.repeat(32);
const PARENT = 'b'.repeat(16);

describe('spans', () => {
  test('of a deployment reach an OTLP receiver, in the trace of whoever asked for it', async () => {
    const there = await receiver();
    const tracing = await otlpTracing({ url: there.url, service: 'orders', headers: { authorization: 'Bearer x' }, batchEvery: 1 });
    const store = memory({ orders: [{ id: 1 }, { id: 2 }] });
    const target = embedded({ connectors: [store], fs: memoryFs(), tracing });
    const deployments = createDeployments({ targets: [target], allowUnapproved: true });
    const columns = [{ name: 'id', type: 'INTEGER' }];
    const app = { name: 'Orders', queries: [{ name: 'Kept', sql: "SELECT id FROM 'memory://orders'", sink: 'memory://out' }] };
    const asked = { name: 'orders', approve: 'auto' as const, traceparent: `00-${TRACE}-${PARENT}-01` };
    await deployments.deploy({ app, schemas: { 'memory://orders': { columns } }, sources: {} }, asked);
    for (let i = 0; i < 6000 && store.rows('out').length < 2; i++) await new Promise((done) => setTimeout(done, 5));
    await deployments.close();
    await tracing.close();

    expect(there.seen.map((s) => [s.path, s.token, s.problem])).toEqual(there.seen.map(() => ['/v1/traces', 'Bearer x', undefined]));
    const named = (name: string): Received[] => there.spans.filter((s) => s.name === name);
    const [deploy] = named('velo.deploy');
    expect(deploy).toMatchObject({ traceId: TRACE, parentSpanId: PARENT, service: { stringValue: 'orders' } });
    for (const name of ['velo.job.start', 'velo.checkpoint', 'velo.batch']) {
      expect([name, named(name).length > 0]).toEqual([name, true]);
      for (const s of named(name)) expect([name, s.traceId, s.parentSpanId]).toEqual([name, TRACE, deploy?.spanId]);
    }
    expect(attribute(named('velo.batch')[0]!, 'velo.rows')).toEqual(2);
    expect(there.spans.every((s) => BigInt(s.endTimeUnixNano) >= BigInt(s.startTimeUnixNano))).toBe(true);
  });

  test('tell what failed, and follow the decision of the trace that they belong to', async () => {
    const there = await receiver();
    const tracing = await otlpTracing({ url: there.url });
    tracing.start('fails').end(new Error('no room'));
    tracing.start('left out', { parent: { traceId: TRACE, spanId: PARENT, sampled: false } }).end();
    await tracing.flush();
    expect(there.spans.map((s) => [s.name, s.status])).toEqual([['fails', { code: 2, message: 'no room' }]]);
    await tracing.close();
  });

  test('that nobody takes hold up nothing', async () => {
    const tracing = await otlpTracing({ url: 'http://127.0.0.1:1' });
    tracing.start('lost').end();
    await tracing.close();
    await expect(otlpTracing({ url: 'tempo:4318' })).rejects.toMatchObject({ reason: 'tracing' });
  });
});
