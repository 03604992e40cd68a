import { clickhouse } from '@velostream/connectors/clickhouse';
import type { Field, ReadRequest, Source } from '@velostream/core/connect';
import { connectorConformance, type FixtureRows } from '@velostream/core/connect/conformance';
import {
  columnFromScalars,
  DATE,
  decimal,
  FLOAT,
  INTEGER,
  NO_META,
  type Scalar,
  STRING,
  scalarAt,
  TIMESTAMP,
  typeText,
} from '@velostream/core/connect/formats';
import { afterAll, describe, expect, type TestContext, test } from 'vitest';
import { service } from '../../../test/services.ts';
import { openClickHouse, type TestClickHouse, testClickHouse } from './clickhouse.fixture.ts';

const server = service('clickhouse');
let database: Promise<TestClickHouse> | null = null;
let count = 0;
const { signal } = new AbortController();

afterAll(async () => (await database)?.close());

const opened = (context: TestContext): Promise<TestClickHouse> => {
  database ??= testClickHouse(server.require(context));
  return database;
};

const FIELDS: readonly Field[] = [
  { name: 'id', type: INTEGER, nullable: false },
  { name: 'name', type: STRING, nullable: true },
  { name: 'total', type: decimal(18, 4), nullable: false },
  { name: 'ratio', type: FLOAT, nullable: false },
  { name: 'at', type: TIMESTAMP, nullable: false },
  { name: 'day', type: DATE, nullable: false },
];
const ROWS: FixtureRows = Array.from({ length: 27 }, (_, i) => [
  i,
  i % 7 === 3 ? null : `it's "${i % 4}", \\ é😀`,
  i * 12_345,
  i + 0.25,
  1_700_000_000_000 + i + 0.125,
  i * 86_400_000,
]);
const COLUMNS = "id Int64, name Nullable(String), total Decimal(18, 4), ratio Float64, at DateTime64(6, 'UTC'), day Date32";
const VALUES = `number, if(number % 7 = 3, NULL, concat('it\\'s "', toString(number % 4), '", \\\\ é😀')), toDecimal64(number, 4) * toDecimal64('1.2345', 4), number + 0.25,
  fromUnixTimestamp64Micro(toInt64(1700000000000125 + number * 1000), 'UTC'), toDate32(number)`;

async function rowsOf(source: Source, fields: readonly Field[], more: Partial<ReadRequest> = {}): Promise<Scalar[][]> {
  const rows: Scalar[][] = [];
  const request = { fields, system: [], predicates: [], from: undefined, signal, maxBatchRows: 4096, ...more };
  for await (const { batch, bad } of source.read(request)) {
    expect(bad ?? []).toEqual([]);
    for (let row = 0; row < batch.length; row++) rows.push(batch.columns.map((column) => scalarAt(column, row)));
  }
  return rows;
}

describe.each([
  ['with a sorting key', 'MergeTree ORDER BY id'],
  ['whose rows have equal keys', 'MergeTree ORDER BY tuple()'],
  ['without an order', 'Log'],
])('a table %s', (_, engine) => {
  const cases = connectorConformance(clickhouse(), {
    async source() {
      const open = await (database as Promise<TestClickHouse>);
      const table = `rows_${count++}`;
      await open.run(`CREATE TABLE ${open.database}.${table} (${COLUMNS}) ENGINE = ${engine}`);
      await open.run(`INSERT INTO ${open.database}.${table} SELECT ${VALUES} FROM numbers(27)`);
      return { options: { ...open.options, table }, fields: FIELDS, rows: ROWS };
    },
    async sink() {
      const open = await (database as Promise<TestClickHouse>);
      const table = `sink_${count++}`;
      return {
        options: { ...open.options, table, create_table: true, job: table },
        visible: (fields) => rowsOf(openClickHouse({ ...open.options, table }).source(), fields),
      };
    },
  });
  for (const { name, run } of cases) {
    test(name, async (context) => {
      await opened(context);
      await run();
    });
  }
});

test('types keep every digit and element', async (context) => {
  const open = await opened(context);
  await open.run(`CREATE TABLE ${open.database}.kinds (u UInt64, small Int8, wide Int256, d Decimal(38, 10), huge Decimal(76, 2), lc LowCardinality(Nullable(String)), e Enum8('a b' = 1, 'c' = 2),
    fs FixedString(3), uid UUID, ip IPv6, b Bool, f32 Float32, nan Float64, dt DateTime('Asia/Tokyo'), dt6 DateTime64(6, 'America/New_York'), day Date, arr Array(Nullable(UInt64)),
    m Map(String, Decimal(9, 2)), t Tuple(x Int64, \`y z\` String), pair Tuple(Int8, String), nested Array(Array(String)), doc JSON, iv IntervalDay, sa SimpleAggregateFunction(sum, UInt64), alias_ UInt8 ALIAS small + 1)
    ENGINE = MergeTree ORDER BY u`);
  await open.run(`INSERT INTO ${open.database}.kinds SELECT 18446744073709551615, -128, toInt256('12345678901234567890123456789012345678'), toDecimal128('1234567890123456789012345678.0123456789', 10),
    toDecimal256('1.50', 2), NULL, 'a b', 'xy', '00000000-0000-0000-0000-000000000001', '::1', true, 0.1, nan, toDateTime('2024-02-29 12:00:00', 'Asia/Tokyo'),
    toDateTime64('2024-02-29 12:00:00.123456', 6, 'America/New_York'), '2024-02-29', [1, NULL, 18446744073709551615], map('k', toDecimal32('1.25', 2), '__proto__', toDecimal32('0', 2)), (7, 'é'), (1, 'p'), [['a'], []],
    '{"n": 9007199254740993, "s": "x"}', toIntervalDay(3), 5`);
  const source = openClickHouse({ ...open.options, table: 'kinds' }).source();
  const { fields } = await source.describe(signal);
  expect(fields.map(({ type }) => typeText(type)).join(' | ')).toBe(
    'DECIMAL(20, 0) | INTEGER | DECIMAL(38, 0) | DECIMAL(38, 10) | STRING | STRING | STRING | STRING | STRING | STRING | BOOLEAN | FLOAT | FLOAT | TIMESTAMP | TIMESTAMP | DATE | ARRAY<DECIMAL(20, 0)> | MAP<STRING, DECIMAL(9, 2)> | STRUCT<x INTEGER, `y z` STRING> | JSON | ARRAY<ARRAY<STRING>> | JSON | STRING | DECIMAL(20, 0) | INTEGER',
  );
  const [row = []] = await rowsOf(source, fields);
  expect(row.slice(0, 12)).toEqual([
    18446744073709551615n,
    -128,
    12345678901234567890123456789012345678n,
    12345678901234567890123456780123456789n,
    '1.5',
    null,
    'a b',
    'xy\u0000',
    '00000000-0000-0000-0000-000000000001',
    '::1',
    true,
    0.1,
  ]);
  const [at, atMicros] = [Date.UTC(2024, 1, 29, 3), Date.UTC(2024, 1, 29, 17) + 123.456];
  expect(row.slice(12, 16)).toEqual([Number.NaN, at, atMicros, Date.UTC(2024, 1, 29)]);
  expect(row.slice(16, 18)).toEqual([
    [1, null, 18446744073709551615n],
    new Map([
      ['k', 125],
      ['__proto__', 0],
    ]),
  ]);
  expect({ ...(row[18] as object) }).toEqual({ x: 7, 'y z': 'é' });
  expect(row.slice(19, 21)).toEqual([
    [1, 'p'],
    [['a'], []],
  ]);
  // Whole numbers of 64 bits within JSON come as text, with all their digits.
  expect(JSON.stringify(row[21])).toBe('{"n":"9007199254740993","s":"x"}');
  expect(row.slice(22)).toEqual(['3', 5, 129]);
});

test('projection and filter happen at the server, with values as parameters', async (context) => {
  const open = await opened(context);
  const table = 'filtered';
  await open.run(`CREATE TABLE ${open.database}.${table} (${COLUMNS}) ENGINE = MergeTree ORDER BY id`);
  await open.run(`INSERT INTO ${open.database}.${table} SELECT ${VALUES} FROM numbers(27)`);
  const source = () => openClickHouse({ ...open.options, table }).source();
  const ids = async (predicates: ReadRequest['predicates']) => (await rowsOf(source(), [FIELDS[0]!], { predicates })).map(([id]) => id);
  expect(await ids([{ column: 'id', op: '>=', values: [25] }])).toEqual([25, 26]);
  expect(await ids([{ column: 'name', op: 'is-null', values: [] }])).toEqual([3, 10, 17, 24]);
  expect(await ids([{ column: 'name', op: '=', values: [`it's "1", \\ é😀`] }])).toEqual(
    ROWS.filter((row) => row[1] === `it's "1", \\ é😀`).map(([id]) => id),
  );
  expect(await ids([{ column: 'at', op: '<', values: [1_700_000_000_002.125] }])).toEqual([0, 1]);
  expect(await ids([{ column: 'total', op: '=', values: ['2.469'] }])).toEqual([2]);
  expect(await ids([{ column: 'day', op: 'in', values: [86_400_000, 5 * 86_400_000] }])).toEqual([1, 5]);
  for (const hostile of ["' OR 1=1 --", "x'; DROP TABLE filtered; --", '\\', '{id:Int64}', '$1', '\0']) {
    expect(await ids([{ column: 'name', op: '=', values: [hostile] }])).toEqual([]);
  }
  expect((await open.rows(`SELECT count() FROM ${open.database}.${table}`))[0]?.[0]).toBe('27');
});

describe('writing', () => {
  const batchOf = (values: readonly number[]) => ({
    keys: null,
    batch: { length: values.length, columns: [columnFromScalars(INTEGER, values)], meta: NO_META, ops: null, watermarks: null },
  });
  const fields = [{ name: 'id', type: INTEGER, nullable: false }];

  test('is done once where an insert is repeated, and warns where the table does not deduplicate', async (context) => {
    const open = await opened(context);
    await open.run(`CREATE TABLE ${open.database}.plain (id Int64) ENGINE = MergeTree ORDER BY id`);
    const warnings: string[] = [];
    const sink = openClickHouse({ ...open.options, table: 'plain', job: 'j' }, (text) => warnings.push(text)).sink();
    await sink.open(fields, signal);
    await sink.close('abort');
    expect(warnings.join()).toContain('does not deduplicate');
  });

  test('goes into batches of the given size and refuses epochs without end', async (context) => {
    const open = await opened(context);
    const options = { ...open.options, table: 'sized', create_table: true, key: 'id', batch_rows: 10, max_epoch_rows: 50, job: 'sized' };
    const sink = openClickHouse(options).sink();
    await sink.open(fields, signal);
    await sink.write(batchOf(Array.from({ length: 45 }, (_, i) => i)), signal);
    await expect(sink.write(batchOf([1, 2, 3, 4, 5, 6]), signal)).rejects.toMatchObject({ code: 'VS4612' });
    await sink.commit(1);
    await sink.close('complete');
    expect((await open.rows(`SELECT count(), uniq(_part) FROM ${open.database}.sized`))[0]?.[0]).toBe('45');
  });

  test('refuses a table that lacks a column', async (context) => {
    const open = await opened(context);
    const sink = openClickHouse({ ...open.options, table: 'plain' }).sink();
    await expect(sink.open([{ name: 'other', type: INTEGER, nullable: false }], signal)).rejects.toMatchObject({ code: 'VS4612' });
    await sink.close('abort');
  });
});

test('a saved place in a part that was merged is refused', async (context) => {
  const open = await opened(context);
  await open.run(`CREATE TABLE ${open.database}.merged (id Int64) ENGINE = MergeTree ORDER BY id`);
  for (const from of [0, 10]) await open.run(`INSERT INTO ${open.database}.merged SELECT number + ${from} FROM numbers(10)`);
  const options = { ...open.options, table: 'merged' };
  const request = { fields: [FIELDS[0]!], system: [], predicates: [], from: undefined, signal, maxBatchRows: 3 };
  const first = await openClickHouse(options).source().read(request)[Symbol.asyncIterator]().next();
  await open.run(`OPTIMIZE TABLE ${open.database}.merged FINAL`);
  const again = openClickHouse(options)
    .source()
    .read({ ...request, from: first.value!.next })
    [Symbol.asyncIterator]();
  await expect(again.next()).rejects.toMatchObject({ code: 'VS4606' });
});
