import { postgres } from '@velostream/connectors/postgres';
import { connectorConformance, type FixtureRows } from '@velostream/core/connect/conformance';
import { DATE, decimal, type Field, FLOAT, INTEGER, type Scalar, STRING, TIMESTAMP, textReader } from '@velostream/core/connect/formats';
import { afterAll, describe, test } from 'vitest';
import { service } from '../../../test/services.ts';
import { type TestDatabase, testDatabase } from './postgres.fixture.ts';

const server = service('postgres');
let database: Promise<TestDatabase> | null = null;
let tables = 0;

afterAll(async () => (await database)?.drop());

const FIELDS: readonly Field[] = [
  { name: 'id', type: INTEGER, nullable: false },
  { name: 'name', type: STRING, nullable: true },
  { name: 'total', type: decimal(18, 4), nullable: true },
  { name: 'ratio', type: FLOAT, nullable: true },
  { name: 'at', type: TIMESTAMP, nullable: true },
  { name: 'day', type: DATE, nullable: true },
];
const ROWS: FixtureRows = Array.from({ length: 27 }, (_, i) => [
  i,
  i % 7 === 3 ? null : `it's "${i % 4}", \\ é😀`,
  i * 12_345,
  i + 0.25,
  1_700_000_000_000 + i + 0.125,
  i * 86_400_000,
]);

async function tableWith(open: TestDatabase, key: string): Promise<string> {
  const table = `rows_${tables++}`;
  await open.sql(
    `CREATE TABLE ${table} (id bigint NOT NULL, name text, total numeric(18,4), ratio float8, at timestamptz, day date${key})`,
  );
  await open.sql(
    `INSERT INTO ${table} SELECT i, CASE WHEN i % 7 = 3 THEN NULL ELSE format(E'it\\'s "%s", \\\\ é😀', i % 4) END, i * 1.2345, i + 0.25,
       timestamptz '2023-11-14 22:13:20+00' + i * interval '1 ms' + interval '125 us', date '1970-01-01' + i FROM generate_series(0, 26) AS i`,
  );
  return table;
}

describe.each([
  ['with a primary key', ', PRIMARY KEY (id)'],
  ['without a key', ''],
])('a table %s', (_, key) => {
  const cases = connectorConformance(postgres(), {
    async source() {
      const open = await (database as Promise<TestDatabase>);
      return { options: { ...open.options, table: await tableWith(open, key), mode: 'batch' }, fields: FIELDS, rows: ROWS };
    },
    async damaged() {
      const open = await (database as Promise<TestDatabase>);
      const table = `damaged_${tables++}`;
      await open.sql(`CREATE TABLE ${table} (id bigint NOT NULL, total numeric(18,4), at timestamptz${key})`);
      await open.sql(
        `INSERT INTO ${table} SELECT i, CASE WHEN i = 4 THEN numeric 'NaN' ELSE i END, CASE WHEN i = 9 THEN 'infinity'::timestamptz ELSE to_timestamp(i) END FROM generate_series(0, 14) AS i`,
      );
      const good = Array.from({ length: 15 }, (_, i) => [i, i * 10_000, i * 1000]).filter(([i]) => i !== 4 && i !== 9);
      const fields = [FIELDS[0]!, { name: 'total', type: decimal(18, 4), nullable: true }, { name: 'at', type: TIMESTAMP, nullable: true }];
      return { options: { ...open.options, table, mode: 'batch' }, fields, rows: good, badRecords: 2 };
    },
    async sink() {
      const open = await (database as Promise<TestDatabase>);
      const table = `sink_${tables++}`;
      return {
        options: { ...open.options, table, create_table: true, job: table, batch_rows: 7 },
        visible: async (fields) => {
          const rows = await open.sql(`SELECT * FROM ${table} ORDER BY ctid`).catch(() => []);
          const readers = fields.map((field) => (field.type.kind === 'boolean' ? (text: string) => text === 't' : textReader(field.type)));
          return rows.map((row) =>
            fields.map((field, c): Scalar => {
              const text = Object.entries(row).find(([name]) => name === field.name)?.[1] as string | null | undefined;
              return text === null || text === undefined ? null : (readers[c]!(text) as Scalar);
            }),
          );
        },
      };
    },
  });
  for (const { name, run } of cases) {
    test(name, async (context) => {
      database ??= testDatabase(server.require(context));
      await run();
    });
  }
});
