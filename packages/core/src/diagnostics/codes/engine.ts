import { VeloError } from '../velo-error.ts';

/** Errors of the engine itself: VS53xx. Each says what happened and what to do. */
export const notReady = () =>
  new VeloError({ code: 'VS5301', reason: 'not-ready', message: 'the query is not planned yet', hint: 'Wait for `query.ready` first.' });

export const noQuery = () =>
  new VeloError({
    code: 'VS5302',
    reason: 'no-query',
    message: 'the script has no SELECT and no CREATE … AS to run',
    hint: 'End the script with the query whose rows you want.',
  });

export const unknownSource = (name: string, known: readonly string[]) =>
  new VeloError({
    code: 'VS5303',
    reason: 'unknown-source',
    message: `there is no source "${name}"`,
    hint: known.length > 0 ? `Sources of this engine: ${known.join(', ')}.` : 'Name it under `sources` when the engine is made.',
  });

export const notOpen = (name: string) =>
  new VeloError({
    code: 'VS5304',
    reason: 'source-not-open',
    message: `source "${name}" takes no rows from outside`,
    hint: 'Leave out `rows` (and `uri`) when you declare it; it is then open until `end()`.',
  });

export const ended = (name: string) =>
  new VeloError({
    code: 'VS5305',
    reason: 'source-ended',
    message: `source "${name}" has ended`,
    hint: 'Push before `end()`, or make a new engine.',
  });

export const limitExceeded = (limit: string, allowed: number, observed: number, hint: string) =>
  new VeloError({
    code: 'VS5306',
    reason: 'limit-exceeded',
    message: `limit "${limit}" of ${allowed} was reached`,
    hint,
    details: { limit, allowed, observed },
  });

export const alreadyConsumed = () =>
  new VeloError({
    code: 'VS5307',
    reason: 'already-consumed',
    message: 'the rows of this query have another reader',
    hint: 'Run the query again for a second reader, or use rows(), which may be called more than once.',
  });

export const aborted = (cause: unknown) => new VeloError({ code: 'VS5308', reason: 'aborted', message: 'the query was aborted', cause });

export const cancelled = (reason?: string) =>
  new VeloError({ code: 'VS5316', reason: 'cancelled', message: `the query was cancelled${reason ? `: ${reason}` : ''}` });

export const engineClosed = () =>
  new VeloError({ code: 'VS5309', reason: 'engine-closed', message: 'the engine is closed', hint: 'Make a new one with createEngine().' });

export const noConnector = (what: string, known: readonly string[]) =>
  new VeloError({
    code: 'VS5310',
    reason: 'no-connector',
    message: `no connector reads "${what}"`,
    hint: `Pass one in \`createEngine({ connectors: […] })\`. Known here: ${known.join(', ') || 'none'}.`,
  });

export const missingPeer = (name: string, cause: unknown) =>
  new VeloError({
    code: 'VS5311',
    reason: 'missing-peer',
    message: `package "${name}" is not installed`,
    hint: `Install it: npm add ${name}.`,
    cause,
  });

export const unknownQuery = (name: string, known: readonly string[]) =>
  new VeloError({
    code: 'VS5312',
    reason: 'unknown-query',
    message: `the script makes no "${name}"`,
    hint: `It makes: ${known.join(', ')}.`,
  });

export const sourceFailed = (name: string, cause: unknown) =>
  new VeloError({
    code: 'VS5313',
    reason: 'source-failed',
    message: `source "${name}" failed: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint: 'The rows before the failure were processed; see `cause`.',
    cause,
  });

export const unknownRelation = (name: string) =>
  new VeloError({
    code: 'VS5314',
    reason: 'unknown-source',
    message: `nothing is known of "${name}"`,
    hint: `Register it as a source, or configure it: WITH ('${name}.type' = 'file_source', '${name}.path' = '…').`,
  });

/** `keys`: what the declaration has in its WITH. */
export const nothingFeeds = (name: string, keys: readonly string[]) => {
  const asked = keys.length > 0 && !keys.some((key) => key === 'type' || key.endsWith('.type'));
  return new VeloError({
    code: 'VS5325',
    reason: 'unknown-source',
    message: `"${name}" is declared, but nothing gives it rows`,
    hint: `${asked ? `Its WITH has no 'type', only ${keys.map((key) => `'${key}'`).join(', ')}. ` : ''}Write WITH ('type' = 'file_source', 'path' = '…') behind its columns (or 'kafka_source', …), fill it with INSERT INTO, or give its rows: \`sources\` of the engine, --source ${name}=… of velo run.`,
  });
};
