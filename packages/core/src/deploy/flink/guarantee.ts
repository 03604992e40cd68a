import type { FlinkJobs } from './client/jobs.ts';

const NEVER = Number.MAX_SAFE_INTEGER;

/** What a job promises, read back from the cluster: the mode of its checkpoints, and what each of its sinks was made with. */
export async function guaranteeOn(jobs: FlinkJobs, jobId: string, sinks: readonly string[]): Promise<string> {
  const { mode, interval } = await jobs.checkpointSettings(jobId);
  if (interval >= NEVER) return 'at most once: the job takes no checkpoints';
  if (mode !== 'exactly_once') return 'at least once: its checkpoints do not wait for all inputs';
  return sinkGuarantee(sinks);
}

/** The weakest of what tables, as `CREATE TABLE` has them, are written with. */
export function sinkGuarantee(tables: readonly string[]): string {
  const sinks = tables.map((sql) => ({ connector: option(sql, 'connector'), delivery: option(sql, 'sink.delivery-guarantee') }));
  const weak = sinks.find(({ connector, delivery }) => connector === 'kafka' && delivery !== 'exactly-once');
  if (weak !== undefined)
    return `${weak.delivery === 'none' ? 'at most once' : 'at least once'}: the topic is written without transactions`;
  if (sinks.some(({ connector }) => connector === 'upsert-kafka'))
    return sinks.every(({ connector, delivery }) => connector !== 'upsert-kafka' || delivery === 'exactly-once')
      ? 'exactly once'
      : 'at least once, and the last row of a key is right: the topic is written by key without transactions';
  const known = sinks.every(({ connector }) => connector === 'kafka' || connector === 'filesystem');
  return known ? 'exactly once' : 'at least once: the sink does not commit with the state';
}

const option = (sql: string, key: string): string | undefined =>
  new RegExp(`'${key.replaceAll('.', '\\.')}'\\s*=\\s*'([^']*)'`).exec(sql)?.[1];
