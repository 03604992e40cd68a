import type { Span } from '../span.ts';
import { VeloError } from '../velo-error.ts';

/** Errors of Apache Flink as a deployment target: VS593x. No message holds a credential: callers take them out first. */
export const flinkUnreachable = (what: string, address: string, cause: unknown) =>
  new VeloError({
    code: 'VS5930',
    reason: 'flink-unreachable',
    message: `${what} at "${address}" does not answer`,
    hint: 'Check the address, and that the cluster and its SQL Gateway run.',
    cause,
  });

export const flinkTimeout = (what: string, timeoutMs: number) =>
  new VeloError({
    code: 'VS5931',
    reason: 'flink-timeout',
    message: `${what} took longer than ${timeoutMs} ms`,
    hint: 'Raise the timeout of the target, or look at the load of the cluster.',
    details: { timeoutMs },
  });

export const flinkRefused = (what: string, status: number, detail: string) =>
  new VeloError({
    code: 'VS5932',
    reason: 'flink-refused',
    message: `Flink refused ${what}: ${detail === '' ? `status ${status}` : detail}`,
    hint: status === 401 || status === 403 ? 'Give the target the headers that the cluster asks for.' : undefined,
    details: { status },
  });

export const flinkSqlRejected = (
  detail: string,
  at: { readonly span?: Span | undefined; readonly printed: string; readonly queryId?: string },
) =>
  new VeloError({
    code: 'VS5933',
    reason: 'flink-sql-rejected',
    message: `Flink does not accept the statement: ${detail}`,
    hint: 'The span is that of your SQL; `details.sql` is what was sent for it.',
    ...(at.span === undefined ? {} : { span: at.span }),
    details: { sql: at.printed, ...(at.queryId === undefined ? {} : { queryId: at.queryId }) },
  });

export const flinkJobFailed = (job: string, detail: string) =>
  new VeloError({
    code: 'VS5935',
    reason: 'flink-job-failed',
    message: `job "${job}" failed on Flink: ${detail}`,
    hint: 'Put right what the message names; a restart goes on from the last checkpoint.',
  });

export const flinkSavepointFailed = (job: string, detail: string) =>
  new VeloError({
    code: 'VS5936',
    reason: 'flink-savepoint-failed',
    message: `no savepoint of job "${job}" could be taken: ${detail}`,
    hint: 'The job still runs. Check that the cluster can write to the directory of savepoints.',
  });

export const flinkStateMissing = (job: string, path: string, detail: string) =>
  new VeloError({
    code: 'VS5937',
    reason: 'flink-state-missing',
    message: `job "${job}" cannot go on from "${path}": ${detail}`,
    hint: 'Deploy it under another name to begin without state; it is never dropped silently.',
  });

export const flinkResultsTooMany = (allowed: number) =>
  new VeloError({
    code: 'VS5938',
    reason: 'flink-result-too-large',
    message: `the result has more than ${allowed} rows`,
    hint: 'Raise `rowsMax`, or read it page by page.',
    details: { allowed },
  });

export const flinkCancelled = (what: string, cause: unknown) =>
  new VeloError({ code: 'VS5939', reason: 'flink-cancelled', message: `${what} was cancelled`, cause });
