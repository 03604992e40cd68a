import type { Artifact } from '@velostream/core/protocol';
import type { Deployment, Job } from '@velostream/core/protocol/deploy';
import { latestArtifact, type ToolContext } from '../tools/tool.ts';

export type RunTalk = 'silence' | 'alerts' | 'logs';

/** What is asked of what has run or runs. */
export async function tellOfRuns(
  context: ToolContext,
  { about, ofDeployed = false }: { readonly about: RunTalk; readonly ofDeployed?: boolean },
): Promise<string> {
  if (about === 'silence') return silenceOf(context, ofDeployed);
  const all = await context.studio.deployments.list().catch(() => []);
  if (all.length === 0) return 'Nothing is deployed yet.';
  return about === 'alerts' ? alertsOf(all) : logsOf(context, all);
}

const ALERTS_MAX = 5;

function alertsOf(all: readonly Deployment[]): string {
  const active = all.flatMap(({ activeAlerts }) => activeAlerts);
  const watched = all.reduce((n, { alerts }) => n + alerts.length, 0);
  if (active.length === 0)
    return watched === 0
      ? 'No alert is deployed: write "alert me when …" beside a query.'
      : `None of the ${watched} deployed alerts fires.`;
  const told = active.slice(0, ALERTS_MAX).map(({ name, state, condition, since, value, labels }) => {
    const of = Object.values(labels).join(', ');
    const now = value === undefined ? '' : `, it is ${value} now`;
    return `${name}${of === '' ? '' : ` (${of})`} is ${state} since ${new Date(since).toISOString().replace(/\.\d+/, '')}: ${condition}${now}.`;
  });
  return `${told.join(' ')}${active.length > ALERTS_MAX ? ` And ${active.length - ALERTS_MAX} more.` : ''}`;
}

const LINES_MAX = 10;

/** The last lines of the deployment that was shown last, newest last. */
async function logsOf({ studio, session }: ToolContext, all: readonly Deployment[]): Promise<string> {
  const shown = latestArtifact(session, 'deploy-summary')?.data.deployment.id;
  const deployment = all.find(({ id }) => id === shown) ?? all.at(-1);
  const lines = deployment === undefined ? [] : await studio.deployments.logs(deployment.id, { limit: LINES_MAX });
  const titles = new Map(deployment?.jobs.map(({ name, title = name }) => [name, title]));
  return lines.length === 0
    ? `${deployment?.name ?? 'It'} has logged nothing yet.`
    : lines
        .slice(-LINES_MAX)
        .map(({ at, level, job, message }) => {
          const who = job === undefined ? '' : ` ${titles.get(job) ?? job}:`;
          return `${new Date(at).toISOString().slice(11, 19)} ${level}${who} ${message}`;
        })
        .join('\n');
}

const NOT_RUN = 'write "run it" to see rows, or "test it" to try it on rows that are made up.';

/** Why nothing comes: of the query, the run or the deployment that was shown last; of what is deployed where the words name that. */
async function silenceOf({ studio, session }: ToolContext, ofDeployed: boolean): Promise<string> {
  const last = session.notebook.artifacts.findLast(
    (a) => a.kind === 'deploy-summary' || (!ofDeployed && (a.kind === 'query-results' || a.kind === 'sql-editor')),
  );
  if (last?.kind === 'query-results') return silenceOfRun(last.data);
  if (last?.kind === 'sql-editor') return `${last.title} has not run yet: ${NOT_RUN}`;
  const all = await studio.deployments.list().catch(() => []);
  const deployment = last?.kind === 'deploy-summary' ? all.find(({ id }) => id === last.data.deployment.id) : all.at(-1);
  if (deployment) return deployment.jobs.map(flowOf).join(' ');
  return ofDeployed ? 'Nothing is deployed yet.' : `Nothing has run yet: ask a question first, then ${NOT_RUN}`;
}

function silenceOfRun({ silence, rowCount }: Extract<Artifact, { kind: 'query-results' }>['data']): string {
  if (rowCount > 0) return `The last run gave ${rowCount.toLocaleString('en-US')} row${rowCount === 1 ? '' : 's'}.`;
  const reasons = silence?.reasons.map(({ text }) => `${text.replace(/^./, (c) => c.toUpperCase()).replace(/[.]?$/, '.')}`) ?? [];
  return reasons.length === 0 ? 'No rows came out, and nothing tells why: try it on made-up rows with "test it".' : reasons.join(' ');
}

function flowOf({ name, title = name, status, error, metrics }: Job): string {
  if (error) return `${title} ${status}: ${error.message.replace(/[.]?$/, '.')}`;
  const [taken, given] = [metrics.recordsIn, metrics.recordsProcessed].map((n) => n.toLocaleString('en-US'));
  const why =
    status !== 'running'
      ? `: it is ${status}`
      : metrics.recordsIn === 0
        ? ': its source has sent nothing since it started'
        : metrics.recordsProcessed === 0
          ? ': no window has closed yet, or its conditions let nothing through'
          : '';
  return `${title} took in ${taken} and put out ${given}${why}.`;
}
