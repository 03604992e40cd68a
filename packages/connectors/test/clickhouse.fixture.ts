import { randomBytes } from 'node:crypto';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { clickhouse } from '@velostream/connectors/clickhouse';
import { resolveOptions } from '@velostream/core/connect/options';

type Variables = Readonly<Record<string, string>>;

/** A database of its own on the server of the tests. */
export interface TestClickHouse {
  readonly database: string;
  /** Options as a user writes them. */
  readonly options: Readonly<Record<string, unknown>>;
  run(query: string): Promise<void>;
  rows(query: string): Promise<readonly (readonly unknown[])[]>;
  close(): Promise<void>;
}

export async function testClickHouse(variables: Variables): Promise<TestClickHouse> {
  const url = new URL(variables['VELO_CLICKHOUSE_URL'] as string);
  const username = variables['VELO_CLICKHOUSE_USER'] as string;
  const password = variables['VELO_CLICKHOUSE_PASSWORD'] as string;
  const client = createClient({ url: url.href, username, password, log: { level: ClickHouseLogLevel.OFF } });
  const database = `t_${randomBytes(6).toString('hex')}`;
  await client.command({ query: `CREATE DATABASE ${database}` });
  return {
    database,
    options: { host: url.hostname, port: url.port, database, user: username, password },
    async run(query) {
      await client.command({ query });
    },
    async rows(query) {
      const found = await client.query({
        query,
        format: 'JSONCompactEachRow',
        clickhouse_settings: {
          output_format_json_quote_64bit_integers: 1,
          output_format_json_quote_decimals: 1,
          date_time_output_format: 'iso',
        },
      });
      return (await found.json()) as unknown as readonly (readonly unknown[])[];
    },
    async close() {
      await client.command({ query: `DROP DATABASE IF EXISTS ${database}` });
      await client.close();
    },
  };
}

export const HOST = { warn: () => {}, now: () => Date.now() };

export const openClickHouse = (options: Readonly<Record<string, unknown>>, warn: (text: string) => void = () => {}) => {
  const definition = clickhouse();
  const host = { ...HOST, warn };
  const resolved = resolveOptions(definition, options);
  return {
    source: () => definition.source!(resolved, host),
    sink: () => definition.sink!(resolved, host),
    explorer: () => definition.explore!(resolved, host),
  };
};
