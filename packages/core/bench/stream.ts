// The stream of rows over a loopback WebSocket: throughput as JSON and as Arrow frames, latency of a paced stream, what a client costs that never reads, and whether
// reconnects leave anything behind. Prints one line each with its target; asserts the counts. `npm run bench:stream`, about a minute.
import assert from 'node:assert/strict';
import { createStudio } from '@velostream/core';
import { createStudioClient } from '@velostream/core/client';
import { datagen } from '@velostream/core/connect';
import { serveStudio } from '@velostream/core/node';
import { tableFromIPC } from 'apache-arrow';
import WebSocket from 'ws';

const ROWS = 400_000;
const rows = Array.from({ length: ROWS }, (_, i) => ({ id: i, symbol: `S${i % 50}`, price: i / 7, ts: i }));
const studio = createStudio({ connectors: [datagen()], sources: { rows: { input: () => rows } } });
const served = await serveStudio(studio, { port: 0, rateLimits: { all: Number.POSITIVE_INFINITY } });
const client = createStudioClient({ baseUrl: `${served.url}/api`, WebSocket: WebSocket as never });
const session = await client.sessions.create({ name: 'bench' });
const say = (what: string, value: string, target: string, met: boolean): void =>
  void process.stdout.write(`${what.padEnd(58)}${value.padStart(18)}   target ${target}: ${met ? 'met' : 'MISSED'}\n`);
const best = { json: 0, arrow: 0 };
/** What is in use, the bytes of buffers included: frames that wait for a socket are not in the heap. */
const used = async (): Promise<number> => {
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1024 ** 2;
};

for (let round = 0; round < 3; round++) {
  const since = performance.now();
  let seen = 0;
  for await (const row of session.execute('SELECT id, symbol, price FROM rows')) seen += row['id'] === undefined ? 0 : 1;
  assert.equal(seen, ROWS);
  const seconds = (performance.now() - since) / 1000;
  best.json = Math.max(best.json, ROWS / seconds / 1000);
}
process.stdout.write(`rows as JSON, both ends in one process: ${Math.round(best.json)} K rows/s, best of 3\n`);

for (let round = 0; round < 3; round++) {
  const since = performance.now();
  let seen = 0;
  let bytes = 0;
  for await (const frame of session.execute('SELECT id, symbol, price FROM rows').arrowFrames?.() ?? []) {
    bytes += frame.byteLength;
    seen += tableFromIPC(frame).numRows;
  }
  assert.equal(seen, ROWS);
  const seconds = (performance.now() - since) / 1000;
  best.arrow = Math.max(best.arrow, ROWS / seconds / 1000);
  assert.ok(bytes > ROWS);
}
say('Arrow frames, both ends in one process, best of 3', `${Math.round(best.arrow)} K rows/s`, '>= 200 K', best.arrow >= 200);

await session.connect('datagen:trades?rows_per_second=1000&start=now', { as: 'live' });
const gaps: number[] = [];
let last = 0;
for await (const row of session.execute('SELECT symbol, _TIMESTAMP AS read_at FROM live')) {
  const at = Number(row['read_at']);
  if (at !== last) gaps.push(Date.now() - at);
  last = at;
  if (gaps.length >= 1_000) break;
}
gaps.sort((a, b) => a - b);
const p99 = gaps[990] ?? Number.NaN;
say('from reading to the client, 1,000 rows/s', `p50 ${gaps[500]} p99 ${p99} ms`, 'p99 < 20 ms', p99 < 20);

const before = await used();
const body = JSON.stringify({ sql: 'SELECT id, symbol, price FROM rows', stream: true });
const { execution_id: id } = (await (
  await fetch(`${served.url}/api/execute`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
).json()) as { execution_id: string };
const idle = new WebSocket(`${served.url.replace('http', 'ws')}/api/stream/${id}`);
await new Promise((resolve) => idle.once('open', resolve));
(idle as unknown as { _socket: { pause(): void } })._socket.pause();
await new Promise((resolve) => setTimeout(resolve, 2_000));
const idleMb = (await used()) - before;
say('a client that never reads', `${idleMb.toFixed(1)} MB`, '< 16 MB', idleMb < 16);
idle.terminate();

const reconnects = 10_000;
async function reconnect(times: number): Promise<void> {
  for (let i = 0; i < times; i += 50)
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        const socket = new WebSocket(`${served.url.replace('http', 'ws')}/api/stream/${id}?after=1000000`);
        await new Promise((resolve) => socket.once('message', resolve));
        socket.terminate();
      }),
    );
  await new Promise((resolve) => setTimeout(resolve, 1_000));
}
// The first ones compile code and fill pools, which stay whatever comes after.
await reconnect(2_000);
const settled = await used();
await reconnect(reconnects);
const leftMb = (await used()) - settled;
say(`left of ${reconnects.toLocaleString('en-US')} reconnects`, `${leftMb.toFixed(1)} MB`, '< 1 MB', leftMb < 1);
await client.close();
await served.close();
await studio.close();
