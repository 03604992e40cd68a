import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { concatBatches } from '../../values/batch-gather.ts';
import { scalarAt } from '../../values/column-read.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import type { Source } from '../connector.ts';
import type { Offset } from '../offset.ts';
import { resolveOptions } from '../options/resolve-options.ts';
import { datagen } from './datagen.ts';

const HOST = { warn: () => {}, now: () => 0 };
const open = (uri: string, more: Record<string, unknown> = {}): Source => {
  const definition = datagen();
  return definition.source!(resolveOptions(definition, { ...definition.fromUri!(uri), ...more }), HOST);
};

async function read(source: Source, o: { names?: string[]; batchRows?: number; from?: Offset; batches?: number } = {}) {
  const { fields } = await source.describe(new AbortController().signal);
  const wanted = o.names === undefined ? fields : o.names.map((n) => fields.find((f) => f.name === n)!);
  const batches: RecordBatch[] = [];
  let next: Offset | undefined;
  const request = {
    fields: wanted,
    system: [],
    predicates: [],
    from: o.from,
    signal: new AbortController().signal,
    maxBatchRows: o.batchRows ?? 4096,
  };
  for await (const part of source.read(request)) {
    batches.push(part.batch);
    next = part.next;
    if (batches.length === o.batches) break;
  }
  const all = batches.length === 0 ? null : concatBatches(batches);
  const rows = Array.from({ length: all?.length ?? 0 }, (_, i): Scalar[] => all!.columns.map((c) => scalarAt(c, i)));
  return { rows, next };
}

afterEach(() => void vi.useRealTimers());

describe('datagen', () => {
  test('gives the same rows for the same seed and others for another', async () => {
    const first = await read(open('datagen:trades?rows=50&seed=7'));
    expect(first.rows).toEqual((await read(open('datagen://trades?rows=50&seed=7'))).rows);
    expect(first.rows).not.toEqual((await read(open('datagen:trades?rows=50&seed=8'))).rows);
    expect(first.rows).toHaveLength(50);
    expect(first.rows[0]).toMatchInlineSnapshot(`
      [
        1,
        "NVDA",
        495.33,
        87,
        "buy",
        1704067200000,
      ]
    `);
  });

  test('does not change rows with batch size, projection or resuming', async () => {
    const whole = (await read(open('datagen:sensors?rows=300&seed=3'))).rows;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 97 }), fc.integer({ min: 1, max: 3 }), async (batchRows, batches) => {
        const head = await read(open('datagen:sensors?rows=300&seed=3'), { batchRows, batches });
        const saved = JSON.parse(JSON.stringify(head.next)) as Offset;
        const tail = await read(open('datagen:sensors?rows=300&seed=3'), { from: saved, batchRows: 41 });
        expect([...head.rows, ...tail.rows]).toEqual(whole);
      }),
      { seed: 1, numRuns: 30 },
    );
    const temperature = (await read(open('datagen:sensors?rows=300&seed=3'), { names: ['temperature'] })).rows;
    expect(temperature).toEqual(whole.map((row) => [row[1]]));
  });

  test('knows its columns, its time column and whether it ends', async () => {
    const signal = new AbortController().signal;
    const ended = await open('datagen:trades?rows=1').describe(signal);
    expect(ended).toMatchObject({ bounded: true, eventTime: 'ts', origin: 'declared' });
    expect(ended.fields.map((f) => f.name)).toEqual(['trade_id', 'symbol', 'price', 'quantity', 'side', 'ts']);
    expect((await open('datagen:trades').describe(signal)).bounded).toBe(false);
  });

  test('paces rows by the clock of its host and stops waiting on abort', async () => {
    vi.useFakeTimers({ now: 0 });
    const definition = datagen();
    const source = definition.source!(resolveOptions(definition, { rows_per_second: '100' }), { warn: () => {}, now: () => Date.now() });
    const { fields } = await source.describe(new AbortController().signal);
    const stop = new AbortController();
    const reader = source
      .read({ fields, system: ['_OFFSET'], predicates: [], from: undefined, signal: stop.signal, maxBatchRows: 1000 })
      [Symbol.asyncIterator]();
    const first = reader.next();
    await vi.advanceTimersByTimeAsync(500);
    expect((await first).value?.batch.length).toBe(5);
    const second = await reader.next();
    expect([second.value?.batch.length, [...(second.value?.batch.meta.offset ?? [])][0]]).toEqual([45, 5]);
    const third = reader.next();
    stop.abort();
    expect((await third).done).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('takes columns as values and as JSON text', async () => {
    const columns = [
      { name: 'id', kind: 'sequence', start: 10, step: 5 },
      { name: 'ok', kind: 'choice', values: [true, false] },
    ];
    const one = await read(open('datagen:', { columns, rows: 3 }));
    expect(one.rows.map((r) => r[0])).toEqual([10, 15, 20]);
    expect((await read(open('datagen:', { columns: JSON.stringify(columns), rows: 3 }))).rows).toEqual(one.rows);
  });

  test.each([
    ['datagen:nope', {}, 'VS4105'],
    ['datagen:', { columns: [{ name: 'a', kind: 'integer', min: 5, max: 1 }] }, 'VS4109'],
    ['datagen:', { columns: [{ name: 'a', kind: 'choice', values: [] }] }, 'VS4109'],
    ['datagen:', { columns: [{ name: 'a', kind: 'magic' }] }, 'VS4109'],
    ['datagen:', { columns: '{broken' }, 'VS4101'],
    ['datagen:trades?rows=minus', {}, 'VS4101'],
  ])('refuses %s %j with a code', (uri, more, code) => {
    expect(() => open(uri, more)).toThrowError(expect.objectContaining({ code }));
  });

  test('refuses a position that is not its own', async () => {
    await expect(read(open('datagen:trades?rows=5'), { from: { rows: 'x' } })).rejects.toMatchObject({ code: 'VS4107' });
  });
});
