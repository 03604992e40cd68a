import type { Deployment, DeployOptions, DeployPlan, DeployTarget } from '../protocol/studio/deployment.ts';
import type { Owner } from '../protocol/studio/owner.ts';
import type { StudioStore } from '../protocol/studio/store.ts';
import type { Deployments } from '../protocol/studio/studio.ts';
import type { Clock } from '../runtime/ports.ts';
import type { Grafana } from './grafana-client.ts';
import type { JobBounds } from './job-quota.ts';
import type { DeploySubject, SourceTraffic } from './subject.ts';

export interface DeploymentsOptions {
  readonly targets: readonly DeployTarget[];
  /** Keeps what is deployed over a restart of the host; `restore` reads it. */
  readonly store?: Pick<StudioStore, 'list' | 'get' | 'put' | 'delete' | 'lease' | 'release'>;
  /** How long a studio that died still keeps others on the same store from running its deployments; 10 s by default. */
  readonly leaseMs?: number;
  readonly clock?: Clock;
  /** Where dashboards go; by the `grafanaUrl` of the deployment where it has one. */
  readonly grafana?: (url: string | undefined) => Grafana | undefined;
  /** Jobs that may be deployed, of one caller and of all; without it only targets say how many. */
  readonly jobs?: JobBounds;
  /** Gives SQL that was stored back its secrets, when it is started again. */
  readonly bringSecrets?: (subject: DeploySubject) => Promise<DeploySubject['app']>;
  /** Lets `approve: 'auto'` go on without a plan hash. */
  readonly allowUnapproved?: boolean;
  /** What is known of the traffic of sources, for estimates. */
  readonly traffic?: (subject: DeploySubject) => Readonly<Record<string, SourceTraffic>>;
}

/** Deployments with what their host calls: planning and deploying of a subject that it has put together. */
export interface DeploymentService extends Deployments {
  plan(subject: DeploySubject, options: DeployOptions): Promise<DeployPlan>;
  /** Id of what `owner` has deployed under a name, or would deploy; others have ids of their own for the same name. */
  idOf(name: string, owner?: Owner): Promise<string>;
  /**
   * Carries out an approved plan. A deployment of the same name is replaced; its version stays for `rollback`.
   *
   * @throws {VeloError} `plan-not-approved`, `plan-blocked`, `unknown-target`, `deploy-failed`
   */
  deploy(subject: DeploySubject, options: DeployOptions): Promise<Deployment>;
  /**
   * Starts again what was running when the host ended; `inputs` brings what its SQL reads, see `origins` of the subject. What `inputs` refuses is
   * listed as failed with its message; `start` asks for the inputs again. Resolves when all were started; `list` does not wait for that.
   */
  restore(inputs: BringInputs): Promise<readonly Deployment[]>;
  /** Of those whose owner `sees` takes; of all without it. */
  metricsText(sees?: (owner: Owner | undefined) => boolean): Promise<string>;
  /** Stops everything and keeps its state. */
  close(): Promise<void>;
}

/** Inputs of a deployment that was stored, by the names that its SQL reads. */
export type BringInputs = (subject: DeploySubject) => Promise<Readonly<Record<string, unknown>>>;
