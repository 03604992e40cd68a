import { targetGone } from '../diagnostics/codes/deploy.ts';
import { VeloError } from '../diagnostics/velo-error.ts';
import type { App } from '../protocol/studio/app.ts';
import type {
  Deployment,
  DeploymentStep,
  DeployOptions,
  DeployPlan,
  TargetCapabilities,
  TargetDeployment,
} from '../protocol/studio/deployment.ts';
import type { Owner } from '../protocol/studio/owner.ts';
import type { StoredSummary } from '../protocol/studio/store.ts';
import type { JobShape } from './job-plans.ts';
import { NO_CAPABILITIES } from './no-capabilities.ts';
import { originsOf } from './source-origin.ts';
import type { DeploySubject } from './subject.ts';

/** One version of a deployment: all that is needed to run it again. */
export interface DeploymentVersion {
  readonly version: number;
  readonly subject: DeploySubject;
  readonly options: DeployOptions;
  readonly plan: DeployPlan;
  readonly app: App;
  readonly shapes: readonly JobShape[];
  readonly deployedAt: number;
  /** Read from a store: its inputs have to be brought at each start. */
  readonly isStored?: boolean;
}

/** A deployment as it stands now, with the versions before. */
export interface DeploymentRecord {
  readonly id: string;
  /** Of the first version; later ones change nothing of it. */
  readonly owner: Owner | undefined;
  current: DeploymentVersion;
  /** The newest first, at most ten. */
  previous: DeploymentVersion[];
  running: TargetDeployment | null;
  /** What the user wants, kept for the next start of the host. */
  wanted: 'running' | 'stopped';
  dashboardUrl: string | undefined;
  extraSteps: Deployment['steps'];
  /** It is being started again after the host was. */
  isStarting?: boolean;
  /** What is stored of it cannot be read: it is listed, and can be deleted. */
  readonly damage?: VeloError;
}

export const VERSIONS_MAX = 10;

/** What a store keeps: everything but the inputs, which the host brings again. */
export interface StoredDeployment {
  readonly id: string;
  readonly owner?: Owner;
  readonly wanted: 'running' | 'stopped';
  readonly versions: readonly StoredVersion[];
}

export interface StoredVersion {
  readonly version: number;
  readonly app: DeploySubject['app'];
  readonly schemas: DeploySubject['schemas'];
  readonly origins?: DeploySubject['origins'];
  readonly appId?: string;
  readonly notebookId?: string;
  readonly options: Omit<DeployOptions, 'signal'>;
  readonly deployedAt: number;
}

export function storedForm(record: DeploymentRecord): StoredDeployment {
  return {
    id: record.id,
    ...(record.owner === undefined ? {} : { owner: record.owner }),
    wanted: record.wanted,
    versions: [record.current, ...record.previous].map(({ version, subject, options, deployedAt }) => {
      const { signal: _signal, ...kept } = options;
      return {
        version,
        app: subject.app,
        schemas: subject.schemas,
        origins: originsOf(subject),
        ...(subject.appId === undefined ? {} : { appId: subject.appId }),
        ...(subject.notebookId === undefined ? {} : { notebookId: subject.notebookId }),
        options: kept,
        deployedAt,
      };
    }),
  };
}

/** A version is deployed as the one before was, under an approval of its own. */
export function shadowOptions({ options }: DeploymentVersion): DeployOptions {
  const { signal: _signal, planHash: _hash, approve: _approve, ...kept } = options;
  return kept;
}

/** What tells one state of a stored deployment from another. */
export const factsOf = ({ updatedAt, summary }: StoredSummary): string => JSON.stringify([updatedAt, summary]);

/** Shown as it is stored, and run by somebody else. */
export function leaveElsewhere(record: DeploymentRecord): void {
  record.running = null;
  record.isStarting = false;
  record.extraSteps =
    record.wanted === 'running'
      ? [{ kind: 'job', name: record.id, status: 'skipped', message: 'another studio on this store runs it' }]
      : [];
}

/** Ends a run; its state stays where the target has a way to keep it. */
export async function endRun(running: TargetDeployment | null): Promise<void> {
  await (running?.close === undefined ? running?.stop() : running.close());
}

const HEALTH_ORDER = ['critical', 'warning', 'unknown', 'healthy'] as const;

/** What kept a deployment from running. */
export function failedStep(name: string, error: unknown): DeploymentStep {
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'job', name, status: 'failed', message, ...(VeloError.is(error) ? { code: error.code } : {}) };
}

/** A deployment as everybody sees it; without `capabilities`, its target is not one of this host. */
export function deploymentView(record: DeploymentRecord, capabilities: TargetCapabilities | undefined): Deployment {
  const { current, running } = record;
  const { subject, app, plan } = current;
  const titles = new Map(plan.jobs.map(({ queryId, title }) => [queryId, title]));
  const jobs = (running?.jobs() ?? []).map((job) => titled(job, titles.get(job.queryId)));
  const titlesByName = new Map(jobs.map(({ name, title }) => [name, title]));
  const isElsewhere = record.extraSteps.some((step) => step.status === 'skipped');
  const steps =
    capabilities === undefined && !isElsewhere && record.damage === undefined
      ? [failedStep(record.id, targetGone(plan.target))]
      : [...(running?.steps ?? []).map((step) => titled(step, titlesByName.get(step.name))), ...record.extraSteps];
  return {
    id: record.id,
    ...(record.owner === undefined ? {} : { owner: record.owner }),
    name: plan.name,
    target: plan.target,
    version: current.version,
    status: record.isStarting === true ? 'starting' : statusOf(jobs, steps, record.wanted),
    health: HEALTH_ORDER.find((health) => jobs.some((job) => job.health === health)) ?? 'unknown',
    ...(subject.appId === undefined ? {} : { appId: subject.appId }),
    ...(subject.notebookId === undefined ? {} : { notebookId: subject.notebookId }),
    jobs,
    steps,
    metrics: app.metrics,
    alerts: app.alerts,
    activeAlerts: running?.alerts() ?? [],
    ...(plan.dashboard === undefined ? {} : { dashboard: plan.dashboard }),
    ...(record.dashboardUrl === undefined ? {} : { dashboardUrl: record.dashboardUrl }),
    planHash: plan.hash,
    deployedAt: current.deployedAt,
    capabilities: capabilities ?? NO_CAPABILITIES,
    ...(running?.files === undefined ? {} : { files: running.files }),
  };
}

/** With what people call it; a target knows names alone. */
const titled = <T extends { readonly title?: string }>(it: T, title: string | undefined): T =>
  title === undefined || it.title !== undefined ? it : { ...it, title };

function statusOf(jobs: Deployment['jobs'], steps: Deployment['steps'], wanted: 'running' | 'stopped'): Deployment['status'] {
  const hasFailed = steps.some((step) => step.kind === 'job' && step.status === 'failed');
  if (jobs.length === 0) return wanted === 'stopped' ? 'stopped' : hasFailed ? 'failed' : 'running';
  const all = (...statuses: readonly string[]): boolean => jobs.every((job) => statuses.includes(job.status));
  if (all('stopped')) return steps.some((step) => step.status === 'failed') ? 'failed' : 'stopped';
  if (all('failed')) return 'failed';
  if (all('paused')) return 'paused';
  if (jobs.some((job) => job.status === 'starting')) return 'starting';
  if (jobs.some((job) => job.status === 'failed') || steps.some((step) => step.kind === 'job' && step.status === 'failed'))
    return 'partial';
  return all('stopped', 'finished') && wanted === 'stopped' ? 'stopped' : 'running';
}
