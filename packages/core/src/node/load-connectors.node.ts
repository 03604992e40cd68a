import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ConnectorDefinition } from '../connect/connector.ts';
import type { CaptureFormat, TestBroker } from '../testing/ports.ts';

export interface LoadedConnectors {
  readonly definitions: readonly ConnectorDefinition[];
  /** Packages that are not installed. */
  readonly missing: readonly string[];
}

/** What the command line can use of another package of ours: the subpath and the factory that it exports. */
const OPTIONAL = ['files', 'kafka', 's3', 'clickhouse', 'postgres'] as const;
const PACKAGE = '@velostream/connectors';

type Factory = (options: { readonly roots?: readonly string[]; readonly setBy?: string }) => ConnectorDefinition;

/** Installed beside this package, or in the project that the command was started in. */
export async function loadOptional(specifier: string, cwd: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    return await import(specifier);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  try {
    return await import(pathToFileURL(createRequire(join(cwd, 'velo.js')).resolve(specifier)).href);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return undefined;
  }
}

const isNotFound = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND');

/**
 * The connectors that a run may use. Files are read only below `roots`.
 * Core does not depend on the package of connectors; the command is the one place that looks for it.
 */
export async function loadConnectors(roots: readonly string[], cwd: string, hasRootOption = true): Promise<LoadedConnectors> {
  const definitions: ConnectorDefinition[] = [];
  const missing = new Set<string>();
  for (const name of OPTIONAL) {
    const make = (await loadOptional(`${PACKAGE}/${name}`, cwd))?.[name];
    if (typeof make === 'function')
      definitions.push((make as Factory)(name === 'files' ? { roots, ...(hasRootOption && { setBy: '--root <directory>' }) } : {}));
    else missing.add(PACKAGE);
  }
  return { definitions, missing: [...missing] };
}

/** What outputs of tests can be captured in, by the names of specs. */
const FORMATS: Readonly<Record<string, string>> = { json: 'json', csv: 'csv', avro: 'avro', protobuf: 'protobuf', proto: 'protobuf' };

/** A format of the package of connectors; undefined where it is not installed, or has no such format. */
export async function loadFormat(name: string, cwd: string): Promise<CaptureFormat | undefined> {
  const own = FORMATS[name];
  if (own === undefined) return undefined;
  const make = (await loadOptional(`${PACKAGE}/formats/${own}`, cwd))?.[own];
  return typeof make === 'function' ? (make as () => CaptureFormat)() : undefined;
}

/** Topics of a broker for `velo test --kafka`; undefined where the package of connectors is not installed. */
export async function loadBroker(brokers: string, cwd: string): Promise<(TestBroker & { close(): Promise<void> }) | undefined> {
  const module = await loadOptional(`${PACKAGE}/kafka`, cwd);
  const make = module?.['kafka'];
  const admin = module?.['kafkaAdmin'];
  if (typeof make !== 'function' || typeof admin !== 'function') return undefined;
  const opened = (admin as (options: object) => TestBroker['admin'] & { close(): Promise<void> })({
    'bootstrap.servers': brokers,
    // Who waits for a test wants to know soon that nobody is there.
    'request.timeout.ms': 10_000,
  });
  return {
    connector: (make as () => ConnectorDefinition)(),
    admin: opened,
    uri: (topic) => `kafka://${brokers}/${topic}`,
    close: () => opened.close(),
  };
}
