import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client';
import { type ConnectorHost, databaseError, VeloError } from '@velostream/core/connect';
import { AWAY_CODES } from '../net/away.ts';
import { guardedAgents, trusted } from '../net/guarded-socket.ts';
import { loadDriver } from '../net/load-driver.ts';
import { networkGuard } from '../net/network-guard.ts';
import { redacted, SecretText } from '../net/secret-text.ts';
import type { ClickHouseOptions } from './clickhouse-options.ts';

export interface ClickHouseCredentials {
  readonly user: string;
  readonly password?: string;
}

/** User and password for a server, given by the host program so that no SQL text holds them. */
export type FindClickHouseCredentials = (target: {
  readonly host: string;
  readonly port: number;
}) => ClickHouseCredentials | undefined | Promise<ClickHouseCredentials | undefined>;

/** What reading and writing tables needs to know. */
export interface ClickHouseContext {
  readonly options: ClickHouseOptions;
  readonly host: ConnectorHost;
  readonly credentials: FindClickHouseCredentials | undefined;
  /** Authorities to trust, PEM. */
  readonly ca?: string | readonly string[] | undefined;
}

/** Values as texts that keep every digit; times as UTC. */
const EXACT: ClickHouseSettings = {
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_decimals: 1,
  output_format_json_quote_denormals: 1,
  output_format_json_named_tuples_as_objects: 1,
  date_time_output_format: 'iso',
  date_time_input_format: 'best_effort',
};

/** One client; its errors are coded and hold no secret. */
export interface ClickHouse {
  /** Rows of a query as arrays of values. */
  rows(query: string, parameters?: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<readonly (readonly unknown[])[]>;
  /** Rows as text, one JSON array each, as they come. */
  stream(
    query: string,
    o: { readonly parameters: Readonly<Record<string, unknown>>; readonly settings?: ClickHouseSettings; readonly signal: AbortSignal },
  ): AsyncIterable<readonly string[]>;
  run(query: string): Promise<void>;
  insert(
    path: string,
    o: { readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[]; readonly settings: ClickHouseSettings },
  ): Promise<void>;
  close(): Promise<void>;
}

export async function openClickHouse({ options, host, credentials, ca }: ClickHouseContext): Promise<ClickHouse> {
  const driver = await loadDriver(() => import('@clickhouse/client'), '@clickhouse/client', 'ClickHouse');
  const { host: name, port, tls } = options;
  const guard = networkGuard(host);
  guard.check({ host: name, port });
  const found = await credentials?.({ host: name, port });
  const password = found?.password === undefined ? options.password : new SecretText(found.password);
  const agents = guardedAgents(guard, { maxSockets: 16, ...trusted(ca) });
  const client = driver.createClient({
    url: `${tls ? 'https' : 'http'}://${name.includes(':') ? `[${name}]` : name}:${port}`,
    username: found?.user ?? options.user ?? 'default',
    password: password?.reveal() ?? '',
    application: 'velostream',
    request_timeout: options.request_timeout_ms,
    // The driver would write every refusal of the server to the console, statement and all.
    log: { level: driver.ClickHouseLogLevel.OFF },
    clickhouse_settings: EXACT,
    compression: { request: false, response: true },
    http_agent: tls ? agents.https : agents.http,
  });
  const explain = (error: unknown): VeloError => clickHouseError(error, `${name}:${port}`, [password]);
  return clickHouseOf(client, explain, () => {
    agents.http.destroy();
    agents.https.destroy();
  });
}

function clickHouseOf(client: ClickHouseClient, explain: (error: unknown) => VeloError, destroyAgents: () => void): ClickHouse {
  return {
    async rows(query, parameters = {}, signal) {
      try {
        const found = await client.query({
          query,
          format: 'JSONCompactEachRow',
          query_params: { ...parameters },
          ...(signal === undefined ? {} : { abort_signal: signal }),
        });
        return (await found.json()) as unknown as readonly (readonly unknown[])[];
      } catch (error) {
        throw explain(error);
      }
    },
    async *stream(query, { parameters, settings = {}, signal }) {
      try {
        const found = await client.query({
          query,
          format: 'JSONCompactEachRow',
          query_params: { ...parameters },
          clickhouse_settings: settings,
          abort_signal: signal,
        });
        const stream = found.stream();
        // A reader that leaves ends the request: the server stops, too.
        try {
          for await (const rows of stream) yield (rows as readonly { readonly text: string }[]).map(({ text }) => text);
        } finally {
          stream.destroy();
          found.close();
        }
      } catch (error) {
        throw explain(error);
      }
    },
    async run(query) {
      await client.command({ query }).catch((error: unknown) => Promise.reject(explain(error)));
    },
    async insert(path, { columns, rows, settings }) {
      // The names come quoted; the driver puts them behind the table as they are.
      await client
        .insert({
          table: path,
          columns: columns as [string, ...string[]],
          values: rows,
          format: 'JSONCompactEachRow',
          clickhouse_settings: settings,
        })
        .catch((error: unknown) => Promise.reject(explain(error)));
    },
    async close() {
      await client.close().catch(() => {});
      destroyAgents();
    },
  };
}

interface DriverError {
  readonly code?: string;
  readonly type?: string;
  readonly message?: string;
  readonly cause?: unknown;
}

const AWAY: ReadonlySet<string> = new Set(AWAY_CODES);
const LOGIN = new Set(['516', '192', '193', '194']);
const UNKNOWN = new Set(['60', '81']);

/** An error of the driver as a coded one: what the server said, without secrets. */
export function clickHouseError(error: unknown, target: string, secrets: readonly (SecretText | undefined)[]): VeloError {
  if (VeloError.is(error)) return error;
  const { code = '', message = '', cause } = (typeof error === 'object' && error !== null ? error : {}) as DriverError;
  if (VeloError.is(cause)) return cause;
  const problem = redacted(message === '' ? String(error) : message, secrets);
  const system = 'ClickHouse';
  if (LOGIN.has(code)) return databaseError('VS4503', { system, target });
  if (code === '497') return databaseError('VS4507', { system, permission: problem });
  if (code === '159' || code === '209' || /timeout/i.test(message)) return databaseError('VS4506', { system, target, timeoutMs: 0 });
  if (UNKNOWN.has(code)) return databaseError('VS4601', { system, table: problem, known: [] });
  if (AWAY.has(code) || /socket hang up|aborted|closed/i.test(message)) return databaseError('VS4502', { system, target, problem });
  return databaseError('VS4505', { system, problem: code === '' ? problem : `${problem} (${code})` }, { details: { serverCode: code } });
}

export async function withClickHouse<T>(context: ClickHouseContext, work: (server: ClickHouse) => Promise<T>): Promise<T> {
  const server = await openClickHouse(context);
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}

/** A name within backticks; ClickHouse reads backslash escapes in there. */
export const quoted = (name: string): string => `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('\0', '')}\``;
