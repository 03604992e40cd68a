import { unknownDeployment } from '../diagnostics/codes/deploy.ts';
import { VeloError } from '../diagnostics/velo-error.ts';
import { slugOf } from '../observability/prometheus-name.ts';
import type { AppInput } from '../protocol/studio/app.ts';
import type { Deployment, DeployOptions } from '../protocol/studio/deployment.ts';
import { isSameOwner, type Owner } from '../protocol/studio/owner.ts';
import type { DeployStrategy, JobStatement, ShowStatement, Statement } from '../sql/ast/index.ts';
import { parse, printStatement } from '../sql/syntax/index.ts';
import type { DeploymentService } from './deployment-service.ts';
import { type CanaryOptions, deployCanary } from './strategies/canary.ts';
import { deployRolling, type RollingOptions } from './strategies/rolling.ts';
import type { DeploySubject } from './subject.ts';

/** Answer of a command as a table. */
export interface CommandResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

export interface JobCommandContext {
  readonly deployments: DeploymentService;
  /** Whose jobs the names are of, those that are started as well; absent: those of the host program. Jobs of others are not there. */
  readonly owner?: Owner;
  /** Puts an application together with what it reads. */
  subject(app: AppInput): Promise<DeploySubject>;
  /** The hash of the approved plan, for statements that start something; absent: the host must allow `approve: 'auto'`. */
  readonly planHash?: string;
  /** What a version has to stand before `STRATEGY CANARY (p)` promotes it; `p` is the share of its keys that are judged. */
  readonly canary?: Omit<CanaryOptions, 'share'>;
  /** How `STRATEGY ROLLING` watches the jobs. */
  readonly rolling?: RollingOptions;
}

/** Whether a statement is one of those that `runJobCommand` carries out. */
export const isJobCommand = (statement: Statement): boolean =>
  statement.kind === 'job' ||
  (statement.kind === 'show' && ['JOBS', 'STATUS', 'METRICS', 'VERSIONS', 'JOB STATUS'].includes(statement.what));

/**
 * Carries out `START JOB`, `STOP JOB`, `PAUSE JOB`, `RESUME JOB`, `DEPLOY JOB`, `ROLLBACK JOB` and `SHOW JOBS | STATUS | METRICS | VERSIONS`.
 * A job of SQL is a deployment of one query under its name.
 *
 * @throws {VeloError} what the deployment says, and `not-a-job-command`
 */
export async function runJobCommand(sql: string, context: JobCommandContext): Promise<CommandResult> {
  const { statements, diagnostics } = parse(sql);
  const wrong = diagnostics.find((d) => d.severity === 'error');
  if (wrong !== undefined) throw new VeloError({ ...wrong, span: { start: wrong.start, end: wrong.end } });
  const [statement] = statements;
  if (statement?.kind === 'job') return runJob(statement, context);
  if (statement?.kind === 'show') return show(statement, context);
  throw new VeloError({
    code: 'VS5915',
    reason: 'not-a-job-command',
    message: 'the statement neither starts, stops nor shows a job',
    hint: 'Use START JOB, STOP JOB, PAUSE JOB, RESUME JOB, DEPLOY JOB, ROLLBACK JOB or SHOW JOBS.',
  });
}

async function runJob(statement: JobStatement, context: JobCommandContext): Promise<CommandResult> {
  const { deployments, owner, planHash } = context;
  const name = statement.name.text;
  const id = await deployments.idOf(name, owner);
  switch (statement.action) {
    case 'START':
    case 'DEPLOY': {
      const app: AppInput = { name, queries: [{ id: 'q1', name, sql: printStatement(statement.body) }] };
      const options = { name, ...(planHash === undefined ? { approve: 'auto' as const } : { planHash }) };
      const strategy = statement.action === 'DEPLOY' ? statement.strategy : undefined;
      const { owner: _other, ...subject } = await context.subject(app);
      return status([await byStrategy(strategy, id, owner === undefined ? subject : { ...subject, owner }, options, context)]);
    }
    default:
      if (!(await own(context)).some((d) => d.id === id)) throw unknownDeployment(slugOf(name));
      return status([await act(statement.action, id, deployments)]);
  }
}

/** The jobs of whom the command is from. */
const own = async ({ deployments, owner }: JobCommandContext): Promise<readonly Deployment[]> =>
  (await deployments.list()).filter((d) => isSameOwner(d.owner, owner));

async function act(
  action: Exclude<JobStatement['action'], 'START' | 'DEPLOY'>,
  id: string,
  deployments: DeploymentService,
): Promise<Deployment> {
  switch (action) {
    case 'STOP':
      return deployments.stop(id);
    case 'PAUSE':
      return deployments.pause(id);
    case 'RESUME': {
      const { status: now } = await deployments.get(id);
      return now === 'stopped' ? deployments.start(id) : deployments.resume(id);
    }
    case 'ROLLBACK':
      return deployments.rollback(id);
  }
}

async function byStrategy(
  strategy: DeployStrategy | undefined,
  id: string,
  subject: DeploySubject,
  options: DeployOptions,
  { deployments, canary, rolling }: JobCommandContext,
): Promise<Deployment> {
  switch (strategy?.kind) {
    case 'CANARY':
      return deployCanary(deployments, id, subject, { ...options, canary: { ...canary, share: strategy.percent } });
    case 'ROLLING': {
      const isThere = (await deployments.list()).some((d) => d.id === id);
      // A job of SQL is one query, so that there is one step, whatever runs.
      const current = isThere ? { name: subject.app.name, queries: [] } : undefined;
      return deployRolling(deployments, id, current, subject, { ...options, ...(rolling ? { rolling } : {}) });
    }
    default:
      return deployments.deploy(subject, options);
  }
}

async function show(statement: ShowStatement, context: JobCommandContext): Promise<CommandResult> {
  const all = await own(context);
  const named = statement.name?.text;
  const wanted = named === undefined ? all : all.filter((d) => slugOf(d.name) === slugOf(named));
  if (named !== undefined && wanted.length === 0) throw unknownDeployment(named);
  switch (statement.what) {
    case 'VERSIONS':
      return {
        columns: ['job', 'version', 'deployed_at'],
        rows: wanted.map((d) => [d.name, d.version, new Date(d.deployedAt).toISOString()]),
      };
    case 'METRICS':
      return {
        columns: ['job', 'records_processed', 'records_per_second', 'errors', 'lag', 'latency_p99_ms', 'uptime_seconds'],
        rows: wanted.flatMap((d) =>
          d.jobs.map(({ name, metrics: m }) => [
            name,
            m.recordsProcessed,
            m.recordsPerSecond,
            m.errors,
            m.consumerLag ?? null,
            m.latencyP99Ms ?? null,
            m.uptimeSeconds,
          ]),
        ),
      };
    default:
      return status(wanted);
  }
}

const status = (deployments: readonly Deployment[]): CommandResult => ({
  columns: ['deployment', 'version', 'job', 'status', 'health', 'error'],
  rows: deployments.flatMap((d) => d.jobs.map((job) => [d.name, d.version, job.name, job.status, job.health, job.error?.message ?? null])),
});
