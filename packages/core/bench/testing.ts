import type { DataSchema } from '../src/protocol/studio/testing.ts';
import { generateData, inferSchema, testQuery } from '../src/testing/index.ts';

/**
 * `node --conditions=@velostream/source packages/core/bench/testing.ts`: what a test costs. Generation, run and assertions of 1,000 and of
 * 100,000 records, and how fast simple rows are made, on one thread. Medians of several goes after a warm-up.
 */
const say = (what: string, value: string, target: string, met: boolean): void => {
  process.stdout.write(`${what.padEnd(64)}${value.padStart(16)}   target ${target}: ${met ? 'met' : 'MISSED'}\n`);
  if (!met) process.exitCode = 1;
};
const median = (times: number[]): number => times.sort((a, b) => a - b)[times.length >> 1] as number;

const SQL = `SELECT symbol, COUNT(*) AS n, AVG(price) AS avg_price, SUM(quantity) AS volume FROM trades WHERE price > 50
  GROUP BY symbol WINDOW TUMBLING(ts, INTERVAL '1' MINUTE) HAVING COUNT(*) > 1 EMIT FINAL`;
const ASSERTIONS = [
  { type: 'record_count', greater_than: 0 },
  { type: 'schema_contains', fields: ['symbol', 'n', 'avg_price', 'volume'] },
  { type: 'no_nulls', fields: ['n'] },
  { type: 'field_values', field: 'n', operator: '>', value: 1 },
  { type: 'aggregate_check', expression: 'COUNT(*)', operator: '>', expected: 0 },
];

const SIMPLE: DataSchema = {
  name: 'trades',
  fields: [
    { name: 'symbol', type: 'string', constraints: { enum_values: { values: ['A', 'B', 'C', 'D'] } } },
    { name: 'price', type: 'decimal', scale: 2, constraints: { range: { min: 10, max: 500 } } },
    { name: 'quantity', type: 'integer', constraints: { range: { min: 1, max: 100 } } },
    { name: 'ts', type: 'timestamp', constraints: { sequential: true } },
  ],
};

async function timed(goes: number, run: (seed: number) => unknown): Promise<number> {
  await run(0);
  const times: number[] = [];
  for (let seed = 1; seed <= goes; seed++) {
    const before = performance.now();
    await run(seed);
    times.push(performance.now() - before);
  }
  return median(times);
}

async function test(records: number, seed: number): Promise<void> {
  const report = await testQuery(SQL, { records, seed, assertions: ASSERTIONS });
  if (!report.passed) throw new Error(report.error?.message ?? report.assertions.find((a) => !a.passed)?.message);
}

const small = await timed(9, (seed) => test(1000, seed));
say('test of 1,000 records (data from the SQL, run, 5 assertions)', `${small.toFixed(0)} ms`, '150 ms', small < 150);
const large = await timed(5, (seed) => test(100_000, seed));
say('test of 100,000 records', `${large.toFixed(0)} ms`, '1500 ms', large < 1500);
const ROWS = 500_000;
const simple = (ROWS / (await timed(5, (seed) => generateData(SIMPLE, { records: ROWS, seed })))) * 1000;
say('simple rows made (4 fields, row objects)', `${Math.round(simple / 1000)} K rows/s`, '500 K rows/s', simple >= 500_000);
const inference = await timed(50, () => inferSchema(SQL));
say('schema from SQL', `${inference.toFixed(2)} ms`, '10 ms', inference < 10);
