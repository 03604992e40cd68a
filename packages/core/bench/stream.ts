// The stream of rows over a loopback WebSocket: throughput in JSON, latency of a paced stream, what a client costs that never reads, and whether
// reconnects leave anything behind. Prints one line each; asserts the counts.
//
//   node .config/scripts/bootstrap.mjs exec -- node --expose-gc --conditions=@velostream/source packages/core/bench/stream.ts
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
const heap = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1024 ** 2;
};

for (let round = 0; round < 3; round++) {
  const since = performance.now();
  let seen = 0;
  for await (const row of session.execute('SELECT id, symbol, price FROM rows')) seen += row['id'] === undefined ? 0 : 1;
  assert.equal(seen, ROWS);
  const seconds = (performance.now() - since) / 1000;
  process.stdout.write(`throughput, JSON rows, both ends in one process: ${Math.round(ROWS / seconds / 1000)} K rows/s\n`);
}

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
  process.stdout.write(
    `throughput, Arrow frames, both ends in one process: ${Math.round(ROWS / seconds / 1000)} K rows/s, ${(bytes / seconds / 1024 ** 2).toFixed(0)} MB/s\n`,
  );
}

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
process.stdout.write(`latency from reading to the client, 1,000 rows/s: p50 ${gaps[500]} ms, p99 ${gaps[990]} ms\n`);

const before = heap();
const body = JSON.stringify({ sql: 'SELECT id, symbol, price FROM rows', stream: true });
const { execution_id: id } = (await (
  await fetch(`${served.url}/api/execute`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
).json()) as { execution_id: string };
const idle = new WebSocket(`${served.url.replace('http', 'ws')}/api/stream/${id}`);
await new Promise((resolve) => idle.once('open', resolve));
(idle as unknown as { _socket: { pause(): void } })._socket.pause();
await new Promise((resolve) => setTimeout(resolve, 2_000));
process.stdout.write(`a client that never reads costs ${(heap() - before).toFixed(1)} MB\n`);
idle.terminate();

const reconnects = 10_000;
const settled = heap();
for (let i = 0; i < reconnects; i += 50) {
  await Promise.all(
    Array.from({ length: 50 }, async () => {
      const socket = new WebSocket(`${served.url.replace('http', 'ws')}/api/stream/${id}?after=1000000`);
      await new Promise((resolve) => socket.once('message', resolve));
      socket.terminate();
    }),
  );
}
await new Promise((resolve) => setTimeout(resolve, 500));
process.stdout.write(`heap after ${reconnects} reconnects: ${(heap() - settled).toFixed(1)} MB more\n`);
await client.close();
await served.close();
await studio.close();
