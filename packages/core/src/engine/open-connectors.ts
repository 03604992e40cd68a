import type { ConnectorDefinition, ConnectorHost, Sink, Source } from '../connect/connector.ts';
import { datagen } from '../connect/datagen/index.ts';
import { memory } from '../connect/memory/index.ts';
import { resolveOptions } from '../connect/options/resolve-options.ts';
import { noConnector } from '../diagnostics/codes/engine.ts';

type AnyConnector = ConnectorDefinition<unknown>;

/** The connectors of one engine, found by URI scheme or by `'x.type'`; those that were given come before the built-in ones. */
export interface OpenConnectors {
  sourceFromUri(uri: string, options: Readonly<Record<string, unknown>>): Source;
  sourceFromType(type: string, options: Readonly<Record<string, unknown>>): Source;
  sinkFromUri(uri: string, options: Readonly<Record<string, unknown>>): Sink;
  sinkFromType(type: string, options: Readonly<Record<string, unknown>>): Sink;
}

const schemeOf = (uri: string): string => uri.slice(0, Math.max(0, uri.indexOf(':'))).toLowerCase();
/** `file_source_mmap`, `kafka_sink`, `stdout` → connector name. */
const nameOf = (type: string): string => type.toLowerCase().replace(/_(source|sink)(_mmap)?$/, '');

export function openConnectors(given: readonly ConnectorDefinition[], host: ConnectorHost): OpenConnectors {
  const definitions = [...given, memory(), datagen()] as readonly AnyConnector[];
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
  const source = (d: AnyConnector, input: Record<string, unknown>): Source => {
    if (!d.source) throw noConnector(`${d.name} (as a source)`, names);
    return d.source(resolveOptions(d, input, host), host);
  };
  const sink = (d: AnyConnector, input: Record<string, unknown>): Sink => {
    if (!d.sink) throw noConnector(`${d.name} (as a sink)`, names);
    return d.sink(resolveOptions(d, input, host), host);
  };
  const fromUri = (d: AnyConnector, uri: string) => d.fromUri?.(uri) ?? { uri };
  return {
    sourceFromUri(uri, options) {
      const d = byScheme(uri);
      return source(d, { ...fromUri(d, uri), ...options });
    },
    sourceFromType: (type, options) => source(byType(type), { ...(type.endsWith('_mmap') ? { mmap: true } : {}), ...options }),
    sinkFromUri(uri, options) {
      const d = byScheme(uri);
      return sink(d, { ...fromUri(d, uri), ...options });
    },
    sinkFromType: (type, options) => sink(byType(type), { ...options }),
  };
}
