import type { Deployment, DeployOptions, DeployPlan } from '@velostream/core/protocol/deploy';
import { currentAppId } from './app-tools.ts';
import * as f from './fields.ts';
import { defineTool, putArtifact, type Tool, type ToolContext, type ToolPlan } from './tool.ts';
import { withSources } from './with-sources.ts';

const options = {
  name: f.maybe(f.shortText('Name of the pipeline')),
  deploy_dashboard: f.maybe(f.flag('With its dashboard')),
  deploy_alerts: f.maybe(f.flag('With its alerts')),
  target: f.maybe(f.shortText('Where it runs; embedded by default')),
};

const NAME_MAX = 60;

interface Input {
  readonly sql?: string | undefined;
  readonly name?: string | undefined;
  readonly app_id?: string | undefined;
  readonly deploy_dashboard?: boolean | undefined;
  readonly deploy_alerts?: boolean | undefined;
  readonly target?: string | undefined;
}

const optionsOf = (input: Input): Partial<DeployOptions> => ({
  ...(input.deploy_dashboard === undefined ? {} : { deployDashboard: input.deploy_dashboard }),
  ...(input.deploy_alerts === undefined ? {} : { deployAlerts: input.deploy_alerts }),
  ...(input.target === undefined ? {} : { target: input.target }),
});

const many = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** Nothing is said of what there is none of. */
const some = (n: number, noun: string): readonly string[] => (n === 0 ? [] : [many(n, noun)]);

const jobsText = (running: number, all: number): string => (running === all ? many(all, 'job') : `${running} of ${many(all, 'job')}`);

const CHANGES = { replace: 'Replaces', keep: 'Keeps', remove: 'Removes' } as const;

/** What becomes of jobs that run already; a job that is new needs no word. */
const changesText = (plan: DeployPlan): string =>
  (['replace', 'keep', 'remove'] as const)
    .map((action) => ({ action, names: plan.jobs.filter((job) => job.action === action).map((job) => job.title ?? job.name) }))
    .map(({ action, names }) => (names.length === 0 ? '' : ` ${CHANGES[action]} ${names.join(', ')}.`))
    .join('');

/** What a person reads before they approve. */
export const planText = (plan: DeployPlan): string => {
  const parts = [
    ...some(plan.jobs.filter(({ action }) => action === 'create' || action === 'replace').length, 'job'),
    ...some(plan.metrics.length, 'metric'),
    ...some(plan.alerts.length, 'alert'),
    ...(plan.dashboard ? ['a dashboard'] : []),
  ];
  const warnings = plan.warnings.length > 0 ? ` Warnings: ${plan.warnings.join('; ')}.` : '';
  const blockers = plan.blockers.length > 0 ? ` It cannot start: ${plan.blockers.join('; ')}.` : '';
  return `Starts ${parts.length === 0 ? 'nothing new' : parts.join(', ')} on ${plan.target}.${changesText(plan)}${warnings}${blockers}`;
};

const deployFacts = f.facts({
  deploymentId: f.z.string(),
  status: f.z.string(),
  jobs: f.z.array(f.z.looseObject({ name: f.z.string(), status: f.z.string() })),
});

async function show(context: ToolContext, deployment: Deployment, by: string) {
  context.history?.follow(context.studio);
  await context.snapshots?.keep(deployment.id, context.session.context.schemas);
  const artifact = await putArtifact(context, 'deploy-summary', {
    title: deployment.name,
    data: { deployment },
    by,
    state: deployment.status === 'failed' ? 'failed' : 'live',
  });
  const running = deployment.jobs.filter((j) => j.status === 'running' || j.status === 'finished' || j.status === 'starting').length;
  const url = deployment.dashboardUrl === undefined ? '' : ` Dashboard: ${deployment.dashboardUrl}`;
  return {
    output: {
      deploymentId: deployment.id,
      status: deployment.status,
      jobs: deployment.jobs.map((j) => ({ name: j.name, status: j.status })),
      metrics: deployment.metrics.length,
      alerts: deployment.alerts.length,
      dashboardUrl: deployment.dashboardUrl ?? null,
    },
    artifact,
    text: `${deployment.name} is ${deployment.status}: ${[jobsText(running, deployment.jobs.length), ...some(deployment.metrics.length, 'metric'), ...some(deployment.alerts.length, 'alert')].join(', ')}.${url}`,
  };
}

/** What is to be deployed: all queries of the thread, or one of them alone under its own name. */
function subjectOf(input: Input, { session }: ToolContext): DeployOptions {
  const { sql, name } = input;
  if (sql === undefined) return { name: name ?? session.name ?? 'pipeline', notebookId: session.id };
  const shown = session.notebook.artifacts.findLast((a) => a.kind === 'sql-editor' && a.data.sql === sql)?.title ?? 'Query';
  const called = (name ?? shown).slice(0, NAME_MAX);
  return { name: called, app: { name: called, queries: withSources({ name: called, sql }, session.notebook.cells) } };
}

const deployPipeline = defineTool({
  name: 'deploy_pipeline',
  title: 'Deploy queries',
  description:
    'Starts the queries of this thread, or one of them, as jobs with metrics, alerts and, if wanted, a dashboard. Needs an approval of the exact plan.',
  risk: 'deploy',
  artifact: 'deploy-summary',
  timeoutMs: 120_000,
  reachesOut: true,
  input: f.object({ sql: f.maybe(f.text('One query alone; all of the thread by default')), ...options }),
  output: deployFacts,
  async plan(input: Input, context): Promise<ToolPlan> {
    const plan = await context.session.plan({ ...subjectOf(input, context), ...optionsOf(input) });
    return { hash: plan.hash, summary: planText(plan), title: `Deploy ${plan.name}` };
  },
  async execute(input, context) {
    const deployment = await context.session.deploy({
      ...subjectOf(input, context),
      ...optionsOf(input),
      ...(context.approvedHash === undefined ? {} : { planHash: context.approvedHash }),
      ...(context.signal ? { signal: context.signal } : {}),
    });
    return show(context, deployment, 'deploy_pipeline');
  },
});

const deployApp = defineTool({
  name: 'deploy_app',
  title: 'Deploy the application',
  description:
    'Starts every query of an application as one unit, with its metrics, alerts and dashboard. Needs an approval of the exact plan.',
  risk: 'deploy',
  artifact: 'deploy-summary',
  timeoutMs: 120_000,
  reachesOut: true,
  input: f.object({ app_id: f.maybe(f.shortText('Application; the current one by default')), ...options }),
  output: deployFacts,
  async plan(input: Input, context): Promise<ToolPlan> {
    const plan = await context.studio.apps.plan(appOf(input, context), {
      sessionId: context.session.id,
      ...optionsOf(input),
      ...(input.name === undefined ? {} : { name: input.name }),
    });
    return { hash: plan.hash, summary: planText(plan), title: `Deploy ${plan.name}` };
  },
  async execute(input, context) {
    const deployment = await context.studio.apps.deploy(appOf(input, context), {
      sessionId: context.session.id,
      ...optionsOf(input),
      ...(input.name === undefined ? {} : { name: input.name }),
      ...(context.approvedHash === undefined ? {} : { planHash: context.approvedHash }),
      ...(context.signal ? { signal: context.signal } : {}),
    });
    return show(context, deployment, 'deploy_app');
  },
});

function appOf(input: Input, context: ToolContext): string {
  const id = input.app_id ?? currentAppId(context);
  if (id === undefined) throw new Error('there is no application to deploy yet');
  return id;
}

export const deployTools: readonly Tool[] = [deployPipeline, deployApp];
