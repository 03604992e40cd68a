import { randomBytes } from 'node:crypto';
import { postgres } from '@velostream/connectors/postgres';
import { resolveOptions } from '@velostream/core/connect/options';
import { Client } from 'pg';

type Variables = Readonly<Record<string, string>>;

/** A database of its own on the server of the tests, so that files and tests do not meet. */
export interface TestDatabase {
  readonly name: string;
  readonly uri: string;
  /** Options as a user writes them. */
  readonly options: Readonly<Record<string, unknown>>;
  sql(text: string, values?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
  drop(): Promise<void>;
}

const AS_TEXT = { getTypeParser: () => (text: unknown) => text };

export async function testDatabase(variables: Variables): Promise<TestDatabase> {
  const server = variables['VELO_POSTGRES_URL'] as string;
  const name = `t_${randomBytes(6).toString('hex')}`;
  const run = async (url: string, text: string, values: readonly unknown[] = []) => {
    const client = new Client({ connectionString: url, types: AS_TEXT, options: '-c timezone=UTC' });
    client.on('error', () => {});
    await client.connect();
    try {
      const result = await client.query(text, [...values]);
      return (Array.isArray(result) ? (result.at(-1)?.rows ?? []) : result.rows) as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  };
  await run(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const { hostname, port, username, password } = url;
  return {
    name,
    uri: url.href,
    options: { host: hostname, port, database: name, user: username, password },
    sql: (text, values) => run(url.href, text, values),
    async drop() {
      await run(server, 'SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE database = $1 AND active', [name]);
      await run(
        url.href,
        'SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = current_database() AND NOT active',
      ).catch(() => {});
      await run(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

export const HOST = { warn: () => {}, now: () => Date.now() };

export const openSource = (options: Readonly<Record<string, unknown>>) => {
  const definition = postgres();
  return definition.source!(resolveOptions(definition, options), HOST);
};
