import { describe, expect, it } from 'vitest';
import type { SuiteReport } from '../../protocol/studio/testing.ts';
import { runInOrder } from './in-order.ts';
import { type RunSpecOptions, runTestSpec } from './run-spec.ts';

const SQL = `
CREATE STREAM big AS SELECT symbol, price, ts FROM trades WHERE price > 100;
CREATE TABLE per_symbol AS SELECT symbol, COUNT(*) AS n FROM big GROUP BY symbol EMIT FINAL;
CREATE TABLE per_minute AS SELECT symbol, MAX(price) AS top FROM big WINDOW TUMBLING(ts, 1m) GROUP BY symbol EMIT FINAL;
CREATE STREAM cheap AS SELECT symbol, price FROM trades WHERE price < 50;
CREATE TABLE cheap_file AS SELECT symbol, COUNT(*) AS n FROM cheap GROUP BY symbol EMIT FINAL
  WITH ('cheap_file.type' = 'file_sink', 'cheap_file.path' = 'out/cheap.csv', 'cheap_file.format' = 'csv');
`;
const trades = {
  name: 'trades',
  fields: [
    { name: 'symbol', type: 'string', constraints: { enum_values: { values: ['AAPL', 'MSFT', 'IBM'] } } },
    { name: 'price', type: { decimal: { precision: 2 } }, constraints: { range: { min: 1, max: 200 } } },
    { name: 'ts', type: 'timestamp' },
  ],
};
const SPEC = {
  application: 'app',
  seed: 4,
  default_records: 400,
  schemas: { trades },
  queries: [
    { name: 'per_symbol', inputs: [{ source: 'big', from_previous: 'big' }], assertions: [{ type: 'record_count', equals: 3 }] },
    {
      name: 'per_minute',
      inputs: [{ source: 'big', from_previous: 'big' }],
      assertions: [
        { type: 'record_count', greater_than: 3 },
        { type: 'unique_values', field: 'symbol' },
      ],
    },
    { name: 'big', inputs: [{ source: 'trades' }], assertions: [{ type: 'field_values', field: 'price', operator: '>', value: 100 }] },
    { name: 'cheap', inputs: [{ source: 'trades' }], assertions: [{ type: 'record_count', greater_than: 0 }] },
    {
      name: 'cheap_file',
      inputs: [{ source: 'cheap', from_previous: true }],
      assertions: [{ type: 'template', expression: 'sum(n) == outputs.cheap.count' }],
    },
    {
      name: 'cheap_again',
      inputs: [{ source: 'trades' }],
      assertions: [{ type: 'file_row_count', path: 'out/cheap.csv', equals: 3 }],
      outputs: [{ sink: 'cheap', assertions: [{ type: 'no_nulls', fields: ['symbol'] }] }],
    },
    { name: 'nothing_of_the_kind', inputs: [{ source: 'trades' }], assertions: [{ type: 'record_count', greater_than: 0 }] },
  ],
};

const TIMES = new Set(['startedAt', 'endedAt', 'performance']);
/** A report as text, without what a clock measured. */
const timeless = (report: SuiteReport): string => JSON.stringify(report, (key, value: unknown) => (TIMES.has(key) ? undefined : value), 1);
const run = (options: RunSpecOptions) => runTestSpec(JSON.stringify(SPEC), { sql: SQL, ...options });

describe('several jobs', () => {
  it('give the report of one job, byte by byte', async () => {
    const one = await run({ jobs: 1 });
    expect(one.queries.map((q) => [q.name, q.status])).toEqual([
      ['per_symbol', 'passed'],
      ['per_minute', 'failed'],
      ['big', 'passed'],
      ['cheap', 'passed'],
      ['cheap_file', 'passed'],
      ['cheap_again', 'passed'],
      ['nothing_of_the_kind', 'error'],
    ]);
    expect(timeless(await run({ jobs: 3 }))).toBe(timeless(one));
  });

  it('give it also where the engine has to stay in its thread', async () => {
    const engine = { codegen: false, onWarning: () => {} };
    const [one, three] = [await run({ engine }), await run({ engine, jobs: 3 })];
    expect(timeless(three)).toBe(timeless(one));
  });

  it('run queries at the same time that do not look at one another', async () => {
    const events: string[] = [];
    await run({ jobs: 2, onProgress: ({ query, report }) => events.push(`${query} ${report ? 'done' : 'starts'}`) });
    expect(events.slice(0, 2)).toEqual(['big starts', 'cheap starts']);
    expect(events.indexOf('big done')).toBeLessThan(events.indexOf('per_symbol starts'));
    expect(events.indexOf('cheap_file done')).toBeLessThan(events.indexOf('cheap_again starts'));
  });

  it('read files through the caller, with its refusals', async () => {
    const files = {
      read: (path: string): string => {
        if (path === 'trades.csv') return 'symbol,price,ts\nAAPL,150,2024-01-01T00:00:00Z\n';
        throw new Error(`"${path}" lies outside`);
      },
    };
    const query = (name: string, file: string) => ({
      name,
      inputs: [{ source: 'trades', data_file: file }],
      assertions: [{ type: 'record_count', equals: name === 'big' ? 1 : 0 }],
    });
    const queries = [query('big', 'trades.csv'), query('cheap', '../secret.csv')];
    const report = await runTestSpec(JSON.stringify({ application: 'app', queries }), { sql: SQL, files, jobs: 2 });
    expect(report.queries.map((q) => [q.status, q.error?.message])).toEqual([
      ['passed', undefined],
      ['error', '"../secret.csv" lies outside'],
    ]);
  });

  it('end with the signal of the caller', async () => {
    const stop = new AbortController();
    const report = await run({ jobs: 2, records: 200_000, signal: stop.signal, onProgress: () => stop.abort() });
    expect(report.passed).toBe(false);
    expect(report.queries.filter((q) => q.status === 'passed')).toEqual([]);
  });
});

describe('runInOrder', () => {
  it('starts what is ready in order, at most as many as wanted', async () => {
    const needs: Record<string, string[]> = { c: ['a'], d: ['b', 'c'] };
    const events: string[] = [];
    let running = 0;
    await runInOrder(
      ['a', 'b', 'c', 'd', 'e'],
      (x) => needs[x] ?? [],
      2,
      async (x) => {
        expect(++running).toBeLessThanOrEqual(2);
        events.push(x);
        await Promise.resolve();
        running--;
      },
    );
    expect(events).toEqual(['a', 'b', 'c', 'e', 'd']);
  });
});
