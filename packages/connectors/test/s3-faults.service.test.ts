import { s3 } from '@velostream/connectors/s3';
import type { Field } from '@velostream/core/connect';
import { VeloError } from '@velostream/core/connect';
import { columnFromScalars, INTEGER, NO_META, type Scalar, STRING, scalarAt } from '@velostream/core/connect/formats';
import { resolveOptions } from '@velostream/core/connect/options';
import { afterEach, describe, expect, type TestContext, test } from 'vitest';
import { service } from '../../../test/services.ts';
import { type Fault, type FaultyProxy, faultyProxy, slowDown } from './faulty-proxy.fixture.ts';
import { HOST, type TestBucket, testBucket } from './s3.fixture.ts';

const server = service('s3');
let bucket: Promise<TestBucket> | null = null;
const proxies: FaultyProxy[] = [];

afterEach(async () => {
  for (const proxy of proxies.splice(0)) await proxy.close();
});

const LINES = 4000;
const TEXT = Array.from({ length: LINES }, (_, i) => `${i},row ${i} ${'y'.repeat(i % 50)}`).join('\n');
const FIELDS: readonly Field[] = [
  { name: 'id', type: INTEGER, nullable: true },
  { name: 'text', type: STRING, nullable: true },
];
const ROWS = TEXT.split('\n').map((line) => [Number(line.slice(0, line.indexOf(','))), line.slice(line.indexOf(',') + 1)]);

interface Faulty {
  readonly open: TestBucket;
  readonly proxy: FaultyProxy;
  read(options?: Readonly<Record<string, unknown>>): Promise<readonly (readonly Scalar[])[]>;
}

async function faulty(context: TestContext, plan: (range: string, index: number) => Fault, body = `id,text\n${TEXT}\n`): Promise<Faulty> {
  bucket ??= testBucket(server.require(context));
  const open = await bucket;
  await open.put('rows.csv', body);
  let gets = 0;
  const proxy = await faultyProxy(open.endpoint, (request) =>
    request.method === 'GET' && request.url?.includes('rows.csv') ? plan(request.headers.range ?? '', gets++) : { kind: 'pass' },
  );
  proxies.push(proxy);
  return {
    open,
    proxy,
    async read(options = {}) {
      const definition = s3({ credentials: () => open.credentials });
      const given = { bucket: open.bucket, endpoint: proxy.url, key: 'rows.csv', range_bytes: 16_384, request_timeout_ms: 300, ...options };
      const source = definition.source!(resolveOptions(definition, given), HOST);
      const rows: Scalar[][] = [];
      const request = {
        fields: FIELDS,
        system: [],
        predicates: [],
        from: undefined,
        signal: new AbortController().signal,
        maxBatchRows: 500,
      };
      for await (const { batch, bad } of source.read(request)) {
        expect(bad ?? []).toEqual([]);
        for (let row = 0; row < batch.length; row++) rows.push(batch.columns.map((column) => scalarAt(column, row)));
      }
      return rows;
    },
  };
}

const PASSING: readonly (readonly [string, (index: number) => Fault])[] = [
  ['bursts of 503 SlowDown', (i) => (i % 4 < 2 ? slowDown : { kind: 'pass' })],
  [
    'a 500 now and then',
    (i) => (i % 3 === 0 ? { kind: 'status', status: 500, body: '<Error><Code>InternalError</Code></Error>' } : { kind: 'pass' }),
  ],
  ['bodies cut in the middle', (i) => (i % 2 === 0 ? { kind: 'cut', after: 5000 } : { kind: 'pass' })],
  ['bodies cut that claim to be whole', (i) => (i % 2 === 0 ? { kind: 'cut', after: 5000, quietly: true } : { kind: 'pass' })],
  ['bodies longer than they should be', (i) => (i % 2 === 0 ? { kind: 'extra', bytes: 10 } : { kind: 'pass' })],
  ['bodies that stall', (i) => (i % 5 === 1 ? { kind: 'stall', after: 3000 } : { kind: 'pass' })],
  ['connections that are dropped', (i) => (i % 2 === 0 ? { kind: 'drop' } : { kind: 'pass' })],
];

describe('reading through', () => {
  for (const [name, fault] of PASSING) {
    test(`${name} gives every row once`, async (context) => {
      const { read } = await faulty(context, (_range, index) => fault(index));
      expect(await read()).toEqual(ROWS);
    });
  }
});

describe('reading ends with a clear error', () => {
  test('when the object is replaced between two ranges', async (context) => {
    const { read, open } = await faulty(context, () => ({ kind: 'pass' }));
    const reading = (async () => {
      const definition = s3({ credentials: () => open.credentials });
      const given = { bucket: open.bucket, endpoint: proxies[0]!.url, key: 'rows.csv', range_bytes: 4096 };
      const source = definition.source!(resolveOptions(definition, given), HOST);
      let batches = 0;
      for await (const _ of source.read({
        fields: FIELDS,
        system: [],
        predicates: [],
        from: undefined,
        signal: new AbortController().signal,
        maxBatchRows: 50,
      })) {
        if (batches++ === 1) await open.put('rows.csv', `id,text\n${TEXT.toUpperCase()}\n`);
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'VS4702', reason: 'object-changed' });
    expect(await read()).toHaveLength(LINES);
  });

  test('when a server that ignores If-Match answers with another version', async (context) => {
    const { read } = await faulty(context, (_, index) =>
      index > 1 ? { kind: 'headers', headers: { etag: '"another"' } } : { kind: 'pass' },
    );
    await expect(read()).rejects.toMatchObject({ code: 'VS4702' });
  });

  test('when the store never answers, after the retries', async (context) => {
    const { read, proxy } = await faulty(context, () => slowDown);
    await expect(read({ retries: 1 })).rejects.toMatchObject({ code: 'VS4502' });
    expect(proxy.seen.filter((line) => line.startsWith('GET')).length).toBeLessThanOrEqual(8);
  });

  test('when the clocks differ, without trying again', async (context) => {
    const { read } = await faulty(context, () => ({
      kind: 'status',
      status: 403,
      body: '<Error><Code>RequestTimeTooSkewed</Code><Message>skewed</Message></Error>',
    }));
    await expect(read()).rejects.toMatchObject({ code: 'VS4505', message: expect.stringContaining('clock') });
  });

  test('when a position belongs to another version', async (context) => {
    const { open } = await faulty(context, () => ({ kind: 'pass' }));
    const definition = s3({ credentials: () => open.credentials });
    const source = definition.source!(resolveOptions(definition, { ...open.options, key: 'rows.csv' }), HOST);
    const request = { fields: FIELDS, system: [], predicates: [], signal: new AbortController().signal, maxBatchRows: 100 };
    const first = await source
      .read({ ...request, from: undefined })
      [Symbol.asyncIterator]()
      .next();
    await open.put('rows.csv', 'id,text\n1,other\n');
    const again = definition.source!(resolveOptions(definition, { ...open.options, key: 'rows.csv' }), HOST);
    await expect(
      again
        .read({ ...request, from: first.value!.next })
        [Symbol.asyncIterator]()
        .next(),
    ).rejects.toMatchObject({ code: 'VS4702' });
  });
});

test('a bucket with more than a thousand objects is listed page by page', async (context) => {
  bucket ??= testBucket(server.require(context));
  const open = await bucket;
  const keys = Array.from({ length: 1105 }, (_, i) => `many/${String(i).padStart(4, '0')}.csv`);
  for (let at = 0; at < keys.length; at += 50) await Promise.all(keys.slice(at, at + 50).map((key, i) => open.put(key, `id\n${at + i}\n`)));
  const definition = s3({ credentials: () => open.credentials });
  const source = definition.source!(resolveOptions(definition, { ...open.options, key: 'many/*.csv' }), HOST);
  let sum = 0;
  const request = {
    fields: [FIELDS[0]!],
    system: [],
    predicates: [],
    from: undefined,
    signal: new AbortController().signal,
    maxBatchRows: 100,
  };
  for await (const { batch } of source.read(request))
    for (let row = 0; row < batch.length; row++) sum += Number(scalarAt(batch.columns[0]!, row));
  expect(sum).toBe((1104 * 1105) / 2);
});

describe('writing through faults', () => {
  const write = async (open: TestBucket, endpoint: string, key: string, rows: number): Promise<void> => {
    const definition = s3({ credentials: () => open.credentials });
    const sink = definition.sink!(
      resolveOptions(definition, { bucket: open.bucket, endpoint, key, part_bytes: 5 * 1024 ** 2, retries: 8 }),
      HOST,
    );
    const { signal } = new AbortController();
    const fields = [{ name: 'text', type: STRING, nullable: false }];
    await sink.open(fields, signal);
    try {
      for (let i = 0; i < rows; i += 1000) {
        const columns = [
          columnFromScalars(
            STRING,
            Array.from({ length: 1000 }, (_, row) => `${i + row}${'z'.repeat(1000)}`),
          ),
        ];
        await sink.write({ keys: null, batch: { length: 1000, columns, meta: NO_META, ops: null, watermarks: null } }, signal);
      }
      await sink.commit(1);
    } finally {
      await sink.close('abort');
    }
  };

  test('sends parts again and leaves one whole object', async (context) => {
    bucket ??= testBucket(server.require(context));
    const open = await bucket;
    let puts = 0;
    const proxy = await faultyProxy(open.endpoint, ({ method }) => (method === 'PUT' && puts++ % 2 === 0 ? slowDown : { kind: 'pass' }));
    proxies.push(proxy);
    await write(open, proxy.url, 'written/rows.csv', 12_000);
    expect(await open.keys('written/')).toEqual(['written/rows.csv']);
    const text = new TextDecoder().decode(await open.get('written/rows.csv'));
    expect(
      text
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => Number.parseInt(line, 10)),
    ).toEqual(Array.from({ length: 12_000 }, (_, i) => i));
  });

  test('leaves nothing to be seen when the store gives up', async (context) => {
    bucket ??= testBucket(server.require(context));
    const open = await bucket;
    const proxy = await faultyProxy(open.endpoint, ({ method, url }) =>
      method === 'PUT' && url?.includes('partNumber=2')
        ? { kind: 'status', status: 400, body: '<Error><Code>BadDigest</Code></Error>' }
        : { kind: 'pass' },
    );
    proxies.push(proxy);
    const error = await write(open, proxy.url, 'failed/rows.csv', 12_000).catch((caught: unknown) => caught);
    expect(VeloError.is(error) && error.code).toBe('VS4704');
    expect(await open.keys('failed/')).toEqual([]);
  });
});

test('Parquet is read by the ranges that a query needs', async (context) => {
  bucket ??= testBucket(server.require(context));
  const open = await bucket;
  const definition = s3({ credentials: () => open.credentials });
  const columns = Array.from({ length: 20 }, (_, c) => ({ name: `c${c}`, type: c === 0 ? INTEGER : STRING, nullable: true }));
  const { signal } = new AbortController();
  const sink = definition.sink!(resolveOptions(definition, { ...open.options, key: 'wide.parquet' }), HOST);
  await sink.open(columns, signal);
  const count = 20_000;
  const values = columns.map((column, c) =>
    columnFromScalars(
      column.type,
      Array.from({ length: count }, (_, row) => (c === 0 ? row : `${c}-${(row * 7919) % 104_729}-${row}`)),
    ),
  );
  await sink.write({ keys: null, batch: { length: count, columns: values, meta: NO_META, ops: null, watermarks: null } }, signal);
  await sink.commit(1);
  await sink.close('complete');
  const { length } = await open.get('wide.parquet');
  const proxy = await faultyProxy(open.endpoint, () => ({ kind: 'pass' }));
  proxies.push(proxy);
  const source = definition.source!(resolveOptions(definition, { bucket: open.bucket, endpoint: proxy.url, key: 'wide.parquet' }), HOST);
  await source.describe(signal);
  let sum = 0;
  for await (const { batch } of source.read({
    fields: [columns[0]!],
    system: [],
    predicates: [],
    from: undefined,
    signal,
    maxBatchRows: 4096,
  })) {
    for (let row = 0; row < batch.length; row++) sum += Number(scalarAt(batch.columns[0]!, row));
  }
  expect(sum).toBe((count * (count - 1)) / 2);
  expect(proxy.answered).toBeLessThan(length / 5);
});

test('a public bucket is read without credentials, another one is not', async (context) => {
  bucket ??= testBucket(server.require(context));
  const open = await bucket;
  await open.put('public.csv', 'id\n1\n2\n');
  const definition = s3({ credentials: () => Promise.reject(new Error('nobody asks for credentials')) });
  const describe = () =>
    definition.source!(resolveOptions(definition, { ...open.options, key: 'public.csv', anonymous: true }), HOST).describe(
      new AbortController().signal,
    );
  await expect(describe()).rejects.toMatchObject({ code: 'VS4507' });
  await open.makePublic();
  expect((await describe()).fields.map(({ name }) => name)).toEqual(['id']);
});
