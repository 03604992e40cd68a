import type { Artifact } from '@velostream/core/protocol';
import type { Job } from '@velostream/core/protocol/deploy';
import { latestArtifact, type ToolContext } from '../tools/tool.ts';

/** Why nothing comes: of the run or the deployment that was shown last. */
export async function silenceOf({ studio, session }: ToolContext): Promise<string> {
  const last = session.notebook.artifacts.findLast((a) => a.kind === 'query-results' || a.kind === 'deploy-summary');
  if (last?.kind === 'query-results') return silenceOfRun(last.data);
  const all = await studio.deployments.list().catch(() => []);
  const deployment = last?.kind === 'deploy-summary' ? all.find(({ id }) => id === last.data.deployment.id) : all.at(-1);
  if (deployment) return deployment.jobs.map(flowOf).join(' ');
  return latestArtifact(session, 'sql-editor')
    ? 'Nothing has run yet: write "run it" to see rows, or "test it" to try it on rows that are made up.'
    : 'Nothing has run yet: ask a question first, then write "run it".';
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
