import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { createStudioClient } from '../../src/client/index.ts';
import { type ServedStudio, serveStudio } from '../../src/node/serve-studio.node.ts';
import type { Studio } from '../../src/protocol/studio/studio.ts';
import { CONTRACT } from './contract.ts';
import { fixtureStudio } from './studio.fixture.ts';

describe('the Studio contract in process', () => {
  test.each(CONTRACT.map((c) => [c.name, c] as const))('%s', async (_name, { run }) => {
    const studio = fixtureStudio();
    try {
      await run(studio);
    } finally {
      await studio.close();
    }
  });
});

describe.each([
  ['WebSocket', WebSocket as never],
  ['server-sent events', null],
])('the Studio contract over HTTP and %s', (_name, socket) => {
  let local: Studio;
  let served: ServedStudio;
  let remote: Studio;
  beforeAll(async () => {
    local = fixtureStudio();
    served = await serveStudio(local, { port: 0, rateLimits: { all: Number.POSITIVE_INFINITY } });
    remote = createStudioClient({ baseUrl: `${served.url}/api`, WebSocket: socket });
  });
  afterAll(async () => {
    await remote.close();
    await served.close();
    await local.close();
  });
  test.each(CONTRACT.map((c) => [c.name, c] as const))('%s', (_case, { run }) => run(remote));
});

test('a client takes up an execution that the session started itself', async () => {
  const local = fixtureStudio();
  const served = await serveStudio(local, { port: 0 });
  const remote = createStudioClient({ baseUrl: `${served.url}/api`, WebSocket: WebSocket as never });
  const session = await local.sessions.create({ name: 'shared' });
  const running = session.execute('SELECT symbol FROM trades');
  const seen = await remote.sessions.open(session.id);
  const rows = await seen.execution(running.id)?.rows();
  expect(rows?.map((r) => r['symbol'])).toEqual(['AAPL', 'AAPL', 'MSFT', 'MSFT', 'AAPL', 'NVDA']);
  await expect(seen.execution('exec_gone')?.ready).rejects.toMatchObject({ reason: 'execution-not-found' });
  await remote.close();
  await served.close();
  await local.close();
});

test('a large result travels as Arrow frames with every type and NULLs', async () => {
  const local = fixtureStudio();
  const served = await serveStudio(local, { port: 0 });
  const remote = createStudioClient({ baseUrl: `${served.url}/api`, WebSocket: WebSocket as never });
  const session = await remote.sessions.create();
  const sql = `SELECT symbol, qty, price, ts, qty > 4 AS big, CASE WHEN qty > 4 THEN symbol END AS maybe, CAST(price AS DECIMAL(10,2)) AS d FROM trades`;
  const table = (await session.execute(sql).toArrow()) as { toArray(): { toJSON(): Record<string, unknown> }[] };
  const rows = await session.execute(sql).rows();
  expect(table.toArray().map((row) => row.toJSON())).toEqual(rows.map((r) => ({ ...r, qty: BigInt(r['qty'] as number) })));
  await expect(session.execute('SELECT trader FROM trades').toArrow()).rejects.toMatchObject({ reason: 'unsupported' });
  await remote.close();
  await served.close();
  await local.close();
});
