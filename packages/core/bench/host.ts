import { dirname } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { files } from '@velostream/connectors/files';
import { createEngine } from '../src/engine/index.ts';
import { createCatalog, explain, validate } from '../src/sql/index.ts';
import { each, TUMBLING } from './cases/ours.ts';
import { BATCH_SCHEMA, DISORDER_MS, TRADES_SCHEMA, tradeBatches, tradesFile } from './trades.ts';

/**
 * `node --expose-gc … bench/host.ts [rows]`: what a query costs its host. Gap of the event loop and cancellation while a file is
 * read, checkpoints every second, memory of a million groups, time to validate and to plan.
 */
const rows = Number(process.argv[2] ?? 10_000_000);
const say = (what: string, value: string, target: string, met: boolean): void =>
  void process.stdout.write(`${what.padEnd(58)}${value.padStart(14)}   target ${target}: ${met ? 'met' : 'MISSED'}\n`);
const gc = (globalThis as { gc?: () => void }).gc ?? (() => {});
const median = (times: number[]): number => times.sort((a, b) => a - b)[times.length >> 1] as number;

const path = tradesFile('csv', rows);
const overFile = () =>
  createEngine({
    connectors: [files({ roots: [dirname(path)] })],
    sources: { trades: { uri: `file://${path}`, schema: TRADES_SCHEMA, watermarkDelayMs: DISORDER_MS } },
  });

async function eventLoop(): Promise<void> {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  const query = overFile().run(TUMBLING);
  await query.ready;
  histogram.enable();
  await query.rows();
  histogram.disable();
  const p99 = histogram.percentile(99) / 1e6;
  say(`event-loop gap p99 over ${rows / 1e6} M rows of CSV`, `${p99.toFixed(1)} ms`, '<= 15 ms', p99 <= 15);
  say('event-loop gap, longest', `${(histogram.max / 1e6).toFixed(1)} ms`, '<= 50 ms', histogram.max / 1e6 <= 50);
}

async function cancellation(): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < 9; i++) {
    const controller = new AbortController();
    const query = overFile().run(TUMBLING, { signal: controller.signal });
    const done = query.rows().then(
      () => 0,
      () => performance.now(),
    );
    await new Promise((resolve) => setTimeout(resolve, 60 + i * 20));
    const start = performance.now();
    controller.abort();
    times.push((await done) - start);
  }
  const worst = Math.max(...times);
  say('abort to rejected, worst of 9', `${worst.toFixed(1)} ms`, '<= 50 ms', worst <= 50);
}

async function checkpoints(): Promise<void> {
  const batches = tradeBatches(Math.min(rows, 10_000_000));
  // Long enough that several checkpoints fall into a run: the batches are read several times over.
  const ROUNDS = 12;
  async function* again() {
    for (let round = 0; round < ROUNDS; round++) yield* each(batches);
  }
  const once = async (everyMs: number): Promise<number> => {
    const engine = createEngine({ sources: { trades: { rows: again(), schema: BATCH_SCHEMA, watermarkDelayMs: 1e9 } } });
    const query = engine.run(TUMBLING);
    await query.ready;
    const start = performance.now();
    const timer = everyMs > 0 ? setInterval(() => void query.checkpoint().catch(() => {}), everyMs) : undefined;
    await query.rows();
    clearInterval(timer);
    return performance.now() - start;
  };
  const plain: number[] = [];
  const saved: number[] = [];
  for (let i = 0; i < 4; i++) {
    const [a, b] = [await once(0), await once(1000)];
    if (i > 0) {
      plain.push(a);
      saved.push(b);
    }
  }
  const cost = (median(saved) / median(plain) - 1) * 100;
  say('checkpoint every second, cost', `${cost.toFixed(1)} %`, '< 10 %', cost < 10);
}

async function groups(): Promise<void> {
  const N = 1_000_000;
  function* keyed() {
    for (let i = 0; i < 2 * N; i++) yield { id: i % N, price: i % 1000, ts: i };
  }
  const schema = {
    columns: [
      { name: 'id', type: 'INTEGER' },
      { name: 'price', type: 'FLOAT' },
      { name: 'ts', type: 'INTEGER' },
    ],
    eventTime: 'ts',
  };
  gc();
  const before = process.memoryUsage().rss;
  const engine = createEngine({ sources: { t: { rows: keyed(), schema } } });
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
  let count = 0;
  for await (const batch of engine
    .run('SELECT id, SUM(price) AS s, AVG(price) AS a, COUNT(*) AS n FROM t GROUP BY id EMIT FINAL')
    .batches())
    count += batch.length;
  clearInterval(timer);
  const used = (most - before) / 2 ** 20;
  say(`1 M groups (${count.toLocaleString('en-US')} out), resident memory above start`, `${used.toFixed(0)} MB`, '< 400 MB', used < 400);
}

function language(): void {
  const catalog = createCatalog({ trades: TRADES_SCHEMA });
  const lines = Array.from(
    { length: 92 },
    (_, i) => `  CASE WHEN price > ${i} AND venue = 'V${i % 10}' THEN price * ${i} ELSE quantity + ${i} END AS c${i},`,
  );
  const long = `SELECT symbol,\n${lines.join('\n')}\n  ts\nFROM trades\nWHERE price BETWEEN 1 AND 900\n  AND side IN ('BUY', 'SELL')\n  AND venue LIKE 'V%'`;
  const time = (work: () => unknown, n: number): number => {
    for (let i = 0; i < n; i++) work();
    return median(
      Array.from({ length: n }, () => {
        const start = performance.now();
        work();
        return performance.now() - start;
      }),
    );
  };
  const validated = time(() => validate(long, { catalog }), 100);
  say(
    `validate a statement of ${long.split('\n').length} lines, warm`,
    `${validated.toFixed(2)} ms`,
    '< 5 ms',
    validated < 5 && validate(long, { catalog }).every((d) => d.severity !== 'error'),
  );
  const planned = time(() => explain(TUMBLING, { stage: 'physical', catalog }), 200);
  say('parse and plan the quickstart query, warm', `${planned.toFixed(2)} ms`, '< 2 ms', planned < 2);
}

await groups();
language();
await eventLoop();
await cancellation();
await checkpoints();
process.exit(0);
