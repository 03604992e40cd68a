import type { ConnectorDefinition, ConnectorHost, Sink, Source } from '../connect/connector.ts';
import type { OpenConnectors } from './open-connectors.ts';

type Given = Readonly<Record<string, unknown>>;

/** The connectors of one engine, found by URI scheme or by `'x.type'`. They load when the first of them is asked for. */
export interface Connectors {
  sourceFromUri(uri: string, options: Given): Promise<Source>;
  sourceFromType(type: string, options: Given): Promise<Source>;
  sinkFromUri(uri: string, options: Given): Promise<Sink>;
  sinkFromType(type: string, options: Given): Promise<Sink>;
}

/** `given` are there besides `memory` and `datagen`. */
export function createConnectors(given: readonly ConnectorDefinition[], host: ConnectorHost): Connectors {
  let opened: Promise<OpenConnectors> | null = null;
  const open = (): Promise<OpenConnectors> => {
    opened ??= import('./open-connectors.ts').then((m) => m.openConnectors(given, host));
    return opened;
  };
  return {
    sourceFromUri: async (uri, options) => (await open()).sourceFromUri(uri, options),
    sourceFromType: async (type, options) => (await open()).sourceFromType(type, options),
    sinkFromUri: async (uri, options) => (await open()).sinkFromUri(uri, options),
    sinkFromType: async (type, options) => (await open()).sinkFromType(type, options),
  };
}

/** Properties of one name: `orders.path` → `path`. Job-level ones are not among them. */
export function propertiesOf(
  name: string,
  properties: ReadonlyMap<string, string | number | boolean>,
): Record<string, string | number | boolean> {
  const prefix = `${name}.`;
  const own: Record<string, string | number | boolean> = Object.create(null);
  for (const [key, value] of properties) if (key.startsWith(prefix)) own[key.slice(prefix.length)] = value;
  return own;
}
