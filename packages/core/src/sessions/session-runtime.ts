import type { ConnectorDefinition } from '../connect/connector.ts';
import type { EngineOptions, SourceInput } from '../engine/api.ts';
import type { Limits } from '../protocol/limits.ts';
import type { Owner } from '../protocol/studio/owner.ts';
import type { StudioStore } from '../protocol/studio/store.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import type { Clock, Rng } from '../runtime/ports.ts';
import type { SecretParts } from './bring-secrets.ts';
import type { SourceOrigin } from './source-origin.ts';

/** Where the studio writes what happened. Never a secret, never a record's content. */
export interface Logger {
  log(level: 'debug' | 'info' | 'warn' | 'error', message: string, facts?: Readonly<Record<string, unknown>>): void;
}

/** A relation that the host offers to every session: rows, a URI, or a function that makes either for each run. */
export interface HostSource {
  readonly input: SourceInput | (() => SourceInput);
  readonly schema?: TableSchema;
  readonly description?: string;
  /** Shown as where it comes from; `host:<name>` by default. */
  readonly uri?: string;
  /** Streams go on; tables and finished streams end. */
  readonly kind?: 'stream' | 'table';
}

/** What all sessions of one studio share. */
export interface SessionRuntime {
  readonly connectors: readonly ConnectorDefinition[];
  readonly engine: Pick<EngineOptions, 'compat' | 'decimals' | 'divisionByZero' | 'missingFields' | 'codegen' | 'changes'>;
  readonly hostSources: ReadonlyMap<string, HostSource>;
  readonly store: StudioStore;
  readonly limits: Partial<Limits>;
  readonly clock: Clock;
  readonly rng: Rng;
  readonly logger: Logger;
  /** Brings what a store never keeps. */
  readonly secrets?: (origin: SourceOrigin, owner?: Owner) => SecretParts | undefined | Promise<SecretParts | undefined>;
  /** The same for what callers have written into their notebooks. */
  readonly callerSecrets?: (origin: SourceOrigin, owner: Owner) => SecretParts | undefined | Promise<SecretParts | undefined>;
}
