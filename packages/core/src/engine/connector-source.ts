import type { ConnectorDefinition, ConnectorHost, Sink, Source } from '../connect/connector.ts';
import { resolveOptions } from '../connect/options/resolve-options.ts';
import { noConnector } from '../diagnostics/codes/engine.ts';

type AnyConnector = ConnectorDefinition<unknown>;

/** The connectors of one engine, found by URI scheme or by `'x.type'`. */
export interface Connectors {
  sourceFromUri(uri: string, options: Readonly<Record<string, unknown>>): Source;
  sourceFromType(type: string, options: Readonly<Record<string, unknown>>): Source;
  sinkFromUri(uri: string, options: Readonly<Record<string, unknown>>): Sink;
  sinkFromType(type: string, options: Readonly<Record<string, unknown>>): Sink;
}

const schemeOf = (uri: string): string => uri.slice(0, Math.max(0, uri.indexOf(':'))).toLowerCase();
/** `file_source_mmap`, `kafka_sink`, `stdout` → connector name. */
const nameOf = (type: string): string => type.toLowerCase().replace(/_(source|sink)(_mmap)?$/, '');

export function createConnectors(definitions: readonly AnyConnector[], host: ConnectorHost): Connectors {
  const names = definitions.map((d) => d.name);
  const byScheme = (uri: string): AnyConnector => {
    const scheme = schemeOf(uri);
    const found = definitions.find((d) => d.schemes.includes(scheme));
    if (!found) throw noConnector(`${scheme}:`, names);
    return found;
  };
  const byType = (type: string): AnyConnector => {
    const found = definitions.find((d) => d.name === nameOf(type));
    if (!found) throw noConnector(type, names);
    return found;
  };
  const source = (d: AnyConnector, input: Record<string, unknown>, what: string): Source => {
    if (!d.source) throw noConnector(`${what} (as a source)`, names);
    return d.source(resolveOptions(d, input, host), host);
  };
  const sink = (d: AnyConnector, input: Record<string, unknown>, what: string): Sink => {
    if (!d.sink) throw noConnector(`${what} (as a sink)`, names);
    return d.sink(resolveOptions(d, input, host), host);
  };
  const fromUri = (d: AnyConnector, uri: string) => d.fromUri?.(uri) ?? { uri };
  return {
    sourceFromUri(uri, options) {
      const d = byScheme(uri);
      return source(d, { ...fromUri(d, uri), ...options }, uri);
    },
    sourceFromType: (type, options) => source(byType(type), { ...(type.endsWith('_mmap') ? { mmap: true } : {}), ...options }, type),
    sinkFromUri(uri, options) {
      const d = byScheme(uri);
      return sink(d, { ...fromUri(d, uri), ...options }, uri);
    },
    sinkFromType: (type, options) => sink(byType(type), { ...options }, type),
  };
}

/** Properties of one name: `orders.path` → `path`. Job-level ones are not among them. */
export function propertiesOf(name: string, properties: ReadonlyMap<string, string | number | boolean>): Record<string, string | number | boolean> {
  const prefix = `${name}.`;
  const own: Record<string, string | number | boolean> = Object.create(null);
  for (const [key, value] of properties) if (key.startsWith(prefix)) own[key.slice(prefix.length)] = value;
  return own;
}
