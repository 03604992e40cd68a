import type { ConnectorDefinition } from '../connect/connector.ts';
import type { SourceOrigin } from '../deploy/index.ts';
import type { EngineOptions } from '../engine/api.ts';
import type { Limits } from '../protocol/limits.ts';
import type { Assistant } from '../protocol/studio/assistant.ts';
import type { DeployTarget } from '../protocol/studio/deployment.ts';
import type { Owner } from '../protocol/studio/owner.ts';
import type { StudioStore } from '../protocol/studio/store.ts';
import type { Studio } from '../protocol/studio/studio.ts';
import type { Template } from '../protocol/studio/template.ts';
import type { Clock, Rng } from '../runtime/ports.ts';
import type { SecretParts } from '../sessions/bring-secrets.ts';
import type { HostSource, Logger } from '../sessions/session-runtime.ts';
import type { StudioQuotas } from './quotas.ts';

/** Where templates come from, beside the built-in ones. */
export interface TemplateSource {
  load(): Promise<readonly Template[]>;
}

export interface StudioOptions {
  readonly connectors?: readonly ConnectorDefinition[];
  /** `memoryStore()` by default. */
  readonly store?: StudioStore;
  /** `embedded()` by default. */
  readonly targets?: readonly DeployTarget[];
  readonly templates?: readonly TemplateSource[];
  /** An assistant, or how one is made over the finished studio. */
  readonly assistant?: Assistant | ((studio: Studio) => Assistant);
  /** Relations that every session sees, beside what it connects. */
  readonly sources?: Readonly<Record<string, HostSource | HostSource['input']>>;
  /** Bounds of each query; for what callers may hold at once see `quotas`. */
  readonly limits?: Partial<Limits>;
  /** How many notebooks and jobs one caller, and all of them together, may hold at once. */
  readonly quotas?: Partial<StudioQuotas>;
  readonly engine?: Pick<EngineOptions, 'compat' | 'decimals' | 'divisionByZero' | 'missingFields' | 'codegen' | 'changes'>;
  /** Lets `deploy` go on without a plan hash; for tests and trusted hosts. */
  readonly allowUnapprovedDeploys?: boolean;
  /** Deployments of the store that were running are started again; true by default. */
  readonly restoreDeployments?: boolean;
  /**
   * Several studios may stand on one store; each deployment is run by one of them. How long one that died keeps the others waiting: 10 s by
   * default, less where the store sees that its process has ended.
   */
  readonly leaseMs?: number;
  /**
   * Brings what a store never keeps: passwords, keys, tokens of a connection whose deployment is started again, and of addresses in its SQL.
   * Undefined: the deployment waits until a session has connected to the address, and `deployments.start` is called. It is also asked when a
   * stored notebook that belongs to no caller is opened. `owner` is the caller whose deployment it is; none of the host program's own.
   */
  readonly secrets?: (origin: SourceOrigin, owner?: Owner) => SecretParts | undefined | Promise<SecretParts | undefined>;
  /**
   * The same for stored notebooks of callers, when one is opened. The address stands in SQL that the caller wrote: whatever is returned they can
   * use, so look at `owner` and bring only what that caller may have. Absent: they connect in their notebook again.
   */
  readonly callerSecrets?: (origin: SourceOrigin, owner: Owner) => SecretParts | undefined | Promise<SecretParts | undefined>;
  readonly clock?: Clock;
  readonly rng?: Rng;
  readonly logger?: Logger;
}
