import type { ConnectorDefinition, ConnectorHost } from '../connect/connector.ts';
import { resolveOptions } from '../connect/options/resolve-options.ts';
import { uriParts } from '../connect/options/uri-parts.ts';
import { connectionFailed, noConnectorFor, notFound, timedOut } from '../diagnostics/codes/studio.ts';
import type { SourceInput } from '../engine/api.ts';
import type { Query } from '../protocol/query.ts';
import type { Explorer, FoundSource, SourceInfo } from '../protocol/studio/exploration.ts';
import type { Connection } from '../protocol/studio/notebook.ts';
import type { ConnectOptions } from '../protocol/studio/session.ts';
import type { SecretParts } from './bring-secrets.ts';
import { compileFilter } from './compile-filter.ts';
import { engineExplorer } from './engine-explorer.ts';
import { newId } from './new-id.ts';
import { publicOptions, publicUri } from './public-uri.ts';
import type { SessionRuntime } from './session-runtime.ts';
import type { SourceRegistry } from './source-registry.ts';

/** An open connection with what only the process may know of it. */
export interface OpenConnection {
  readonly connection: Connection;
  readonly explorer: Explorer;
  readonly secrets: SecretParts;
  /** A found source as the session knows it. One that was not among the first found, made since or beyond the limit, gets its names now. */
  remember(found: FoundSource): SourceInfo;
}

export interface ConnectSetup {
  readonly runtime: SessionRuntime;
  readonly registry: SourceRegistry;
  /** Runs SQL over a registered name, for connectors that cannot be explored otherwise. */
  run(sql: string, signal: AbortSignal | undefined): Query;
}

const LIST_MAX = 500;
const CONNECT_TIMEOUT_MS = 15_000;

const schemeOf = (uri: string): string => (/^([A-Za-z][\w+.-]*):/.exec(uri)?.[1] ?? '').toLowerCase();
const TYPES: Readonly<Record<string, string>> = { postgres: 'database' };

/** Finds the connector of a URI, lists what it holds, and registers the names. */
export async function openConnection(setup: ConnectSetup, uri: string, options: ConnectOptions): Promise<OpenConnection> {
  const { runtime, registry } = setup;
  const definition = connectorFor(runtime.connectors, uri, options.type);
  const host = connectorHost(runtime);
  const given: Record<string, unknown> = { ...options.options, ...(options.format === undefined ? {} : { format: options.format }) };
  const { use_mmap: useMmap, ...rest } = given;
  const mapped = useMmap === true || useMmap === 'true' || options.type === 'file_mmap';
  const own: Record<string, unknown> = mapped ? { ...rest, mmap: true } : rest;
  const id = newId('conn', runtime.rng);
  const connection: Connection = {
    id,
    ...(options.as === undefined ? {} : { alias: options.as }),
    uri: publicUri(uri),
    type: mapped ? 'file_mmap' : (TYPES[definition.name] ?? definition.name),
    ...(options.format === undefined ? {} : { format: options.format }),
    options: publicOptions(rest),
    connectedAt: runtime.clock.now(),
    status: 'connected',
  };
  const explorer = explorerOf(setup, definition, { uri, own, host, alias: options.as });
  const found = await within(CONNECT_TIMEOUT_MS, options.signal, (signal) => explorer.list({ limit: LIST_MAX, signal })).catch(
    (error: unknown) => {
      throw connectionFailed(publicUri(uri), error);
    },
  );
  const inUri = optionsInUri(definition, uri);
  for (const source of found)
    register(registry, connection, source, { raw: uri, own, inUri, only: found.length === 1 ? options.as : undefined });
  const remember = (later: FoundSource): SourceInfo => {
    const info = infoOf(connection, later);
    if (!registry.has(info.id)) register(registry, connection, later, { raw: uri, own, inUri, only: undefined });
    return info;
  };
  return { connection: { ...connection, details: { sources: found.length } }, explorer, secrets: { uri, options: own }, remember };
}

export function connectorFor(connectors: readonly ConnectorDefinition[], uri: string, type?: string): ConnectorDefinition {
  const scheme = schemeOf(uri);
  const named = type?.replace(/_mmap$/, '');
  const found = connectors.find((c) => c.schemes.includes(scheme)) ?? connectors.find((c) => c.name === named);
  if (!found)
    throw noConnectorFor(
      publicUri(uri),
      connectors.flatMap((c) => c.schemes),
    );
  return found;
}

export const connectorHost = (runtime: SessionRuntime): ConnectorHost => ({
  warn: (message) => runtime.logger.log('warn', message),
  now: () => runtime.clock.now(),
  compileFilter,
});

interface Opening {
  readonly uri: string;
  readonly own: Readonly<Record<string, unknown>>;
  readonly host: ConnectorHost;
  readonly alias: string | undefined;
}

function explorerOf(setup: ConnectSetup, definition: ConnectorDefinition, { uri, own, host, alias }: Opening): Explorer {
  if (definition.explore) {
    const options = resolveOptions(definition, { ...(definition.fromUri?.(uri) ?? { uri }), ...own }, { ...host, known: ['format'] });
    return definition.explore(options, host);
  }
  const name = alias ?? leafOf(uri);
  const source: FoundSource = { name, kind: 'stream', uri: publicUri(uri) };
  return engineExplorer({ sources: [source], run: setup.run, schemaOf: (n) => setup.registry.find(n)?.schema });
}

const leafOf = (uri: string): string =>
  uri
    .replace(/^[A-Za-z][\w+.-]*:(\/\/)?/, '')
    .replace(/\?.*$/, '')
    .split('/')
    .filter((p) => p !== '')
    .pop() ?? 'source';

/** Credentials of the connection's URI, put back for the engine only. */
const withUser = (found: string, raw: string): string => {
  const user = /^[A-Za-z][\w+.-]*:\/\/([^/?#]*@)/.exec(raw)?.[1];
  return user === undefined ? found : found.replace(/^([A-Za-z][\w+.-]*:\/\/)(?![^/?#]*@)/, `$1${user}`);
};

type InUri = (found: string) => Readonly<Record<string, unknown>>;

/**
 * Options in the query part of the address that was connected, such as `?header=false`, for one of the sources found there. What the address of the
 * source says itself, such as its table, stands.
 */
function optionsInUri(definition: ConnectorDefinition, raw: string): InUri {
  const named = Object.keys(uriParts(raw)?.query ?? {});
  if (named.length === 0) return () => ({});
  const given: Readonly<Record<string, unknown>> = definition.fromUri?.(raw) ?? {};
  return (found) => {
    const said = definition.fromUri?.(withUser(found, raw)) ?? {};
    return Object.fromEntries(named.filter((name) => name in given && !(name in said)).map((name) => [name, given[name]]));
  };
}

interface Registration {
  readonly raw: string;
  readonly own: Readonly<Record<string, unknown>>;
  readonly inUri: InUri;
  readonly only: string | undefined;
}

const infoOf = (connection: Connection, found: FoundSource): SourceInfo => ({
  ...found,
  id: `${connection.alias ?? connection.id}/${found.name}`,
  connectionId: connection.id,
});

function register(registry: SourceRegistry, connection: Connection, found: FoundSource, { raw, own, inUri, only }: Registration): void {
  const info = infoOf(connection, found);
  const format = found.format ?? connection.format;
  registry.add(
    {
      name: only ?? sqlName(registry, found),
      info,
      input: (): SourceInput => ({
        uri: withUser(found.uri, raw),
        ...(format === undefined ? {} : { format }),
        options: { ...inUri(found.uri), ...own },
      }),
      schema: undefined,
      inspected: undefined,
    },
    { replace: only !== undefined },
  );
}

/** A file goes by its name without the extension, where nothing else is called that. */
function sqlName(registry: SourceRegistry, { name, kind }: FoundSource): string {
  if (kind !== 'file' && kind !== 'object') return name;
  const stem = (name.split('/').pop() ?? name).replace(/(\.[A-Za-z0-9]+)+$/, '');
  return stem === '' || registry.find(stem) ? name : stem;
}

/** Runs `work` with a signal that also ends after `ms`. */
export async function within<T>(ms: number, outer: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const limit = AbortSignal.timeout(ms);
  const signal = outer ? AbortSignal.any([outer, limit]) : limit;
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(limit.aborted ? timedOut('the source', ms) : signal.reason), { once: true });
  });
  aborted.catch(() => {});
  return Promise.race([work(signal), aborted]);
}

export function connectionOf(open: ReadonlyMap<string, OpenConnection>, id: string): OpenConnection {
  const found = open.get(id) ?? [...open.values()].find((o) => o.connection.alias === id || o.connection.uri === id);
  if (!found) throw notFound('connection', id);
  return found;
}
