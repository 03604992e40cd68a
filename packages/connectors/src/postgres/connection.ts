import { type ConnectorHost, type VeloError, waitFor } from '@velostream/core/connect';
import type { OptionsIn } from '@velostream/core/connect/options';
import type { Client, ClientConfig, QueryResult } from 'pg';
import { GuardedSocket } from '../net/guarded-socket.ts';
import { loadDriver } from '../net/load-driver.ts';
import { networkGuard } from '../net/network-guard.ts';
import { SecretText } from '../net/secret-text.ts';
import { postgresError } from './postgres-error.ts';
import type { POSTGRES_OPTIONS } from './postgres-options.ts';

export type PostgresOptions = OptionsIn<typeof POSTGRES_OPTIONS>;

export interface Credentials {
  readonly user: string;
  readonly password?: string;
}

/** User and password for a server, given by the host program so that no SQL text holds them. */
export type FindCredentials = (target: {
  readonly host: string;
  readonly port: number;
  readonly database: string;
}) => Credentials | undefined | Promise<Credentials | undefined>;

/** What reading and writing tables needs to know. */
export interface PostgresContext {
  readonly options: PostgresOptions;
  readonly host: ConnectorHost;
  readonly credentials: FindCredentials | undefined;
}

export const targetOf = ({ host, port, database }: PostgresOptions): string => `${host}:${port}/${database}`;

/** Values come as text: the driver's own readers would lose digits and microseconds. */
const AS_TEXT = { getTypeParser: () => (text: unknown) => text };
/** How the server writes values, whatever its own settings. */
const SESSION =
  '-c timezone=UTC -c datestyle=ISO,YMD -c intervalstyle=iso_8601 -c extra_float_digits=1 -c bytea_output=hex -c client_encoding=UTF8 -c standard_conforming_strings=on';

/** Rows as arrays of text. */
export type TextRow = readonly (string | null)[];

/** One connection. Errors are coded and hold no secret; an abort or `close` ends what is under way. */
export class PostgresConnection {
  readonly client: Client;
  private readonly explain: (error: unknown) => VeloError;
  private ended: unknown = null;
  private isClosed = false;

  constructor(client: Client, explain: (error: unknown) => VeloError) {
    this.client = client;
    this.explain = explain;
    // Without a listener an idle connection that breaks would end the process.
    client.on('error', (error) => {
      this.ended ??= error;
    });
  }

  get isBroken(): boolean {
    return this.ended !== null || this.isClosed;
  }

  async rows(sql: string, values: readonly unknown[] = []): Promise<readonly TextRow[]> {
    return (await this.run(sql, values)).rows as TextRow[];
  }

  /** The number of rows that a statement wrote. */
  async write(sql: string, values: readonly unknown[] = []): Promise<number> {
    return (await this.run(sql, values)).rowCount ?? 0;
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    await Promise.race([this.client.end().catch(() => {}), new Promise((done) => setTimeout(done, 500).unref())]);
    (this.client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  }

  coded(error: unknown): VeloError {
    return this.explain(error);
  }

  private async run(sql: string, values: readonly unknown[]): Promise<QueryResult> {
    try {
      if (this.ended !== null) throw this.ended;
      return await this.client.query({ text: sql, values: [...values], rowMode: 'array' });
    } catch (error) {
      throw this.explain(error);
    }
  }
}

export async function openConnection(context: PostgresContext, more: { readonly replication?: boolean } = {}): Promise<PostgresConnection> {
  const { options, host } = context;
  const pg = await loadDriver(() => import('pg'), 'pg', 'PostgreSQL');
  const guard = networkGuard(host);
  const found = await context.credentials?.({ host: options.host, port: options.port, database: options.database });
  const user = found?.user ?? options.user ?? 'postgres';
  const password = found?.password === undefined ? options.password : new SecretText(found.password);
  const explain = (error: unknown): VeloError => postgresError(error, targetOf(options), [password]);
  const config: ClientConfig & { replication?: string } = {
    host: options.host,
    port: options.port,
    database: options.database,
    user,
    // A function keeps the driver from looking into environment variables and files of the host.
    password: () => password?.reveal() ?? '',
    ssl: options.ssl_mode === 'disable' ? false : { rejectUnauthorized: options.ssl_mode === 'verify-full' },
    options: SESSION,
    application_name: 'velostream',
    connectionTimeoutMillis: options.connect_timeout_ms,
    keepAlive: true,
    stream: () => new GuardedSocket(guard),
    types: AS_TEXT,
    ...(options.statement_timeout_ms > 0 && more.replication !== true ? { statement_timeout: options.statement_timeout_ms } : {}),
    ...(more.replication === true ? { replication: 'database' } : {}),
  };
  try {
    guard.check({ host: options.host, port: options.port });
    const connection = new PostgresConnection(new pg.default.Client(config), explain);
    await connection.client.connect();
    return connection;
  } catch (error) {
    throw explain(error);
  }
}

/** Runs `work` on a connection of its own; the signal closes it, so that a statement under way ends. */
export async function withConnection<T>(
  context: PostgresContext,
  signal: AbortSignal | undefined,
  work: (connection: PostgresConnection) => Promise<T>,
): Promise<T> {
  const connection = await openConnection(context);
  const stop = (): void => void connection.close();
  signal?.addEventListener('abort', stop);
  try {
    return await work(connection);
  } finally {
    signal?.removeEventListener('abort', stop);
    await connection.close();
  }
}

/** Whether another try can help: the server is away, starts, stops or ended the connection. */
export const isTransient = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && (error.code === 'VS4502' || error.code === 'VS4506');

/** Tries again while the server is away, with pauses that grow and differ; any other error ends it. */
export async function retrying<T>(context: PostgresContext, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const until = Date.now() + context.options.reconnect_timeout_ms;
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isTransient(error) || signal.aborted || Date.now() >= until) throw error;
      const delayMs = Math.min(5000, 100 * 2 ** Math.min(attempt, 6));
      await waitFor(delayMs / 2 + (Math.random() * delayMs) / 2, signal);
    }
  }
}
