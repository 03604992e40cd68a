import { VeloError } from '../velo-error.ts';

const names = (known: readonly string[]): string => known.slice(0, 12).join(', ') + (known.length > 12 ? ', …' : '');

/** Errors of the studio: VS70xx. `reason` is what HTTP maps to its own codes. */
export const notFound = (what: 'notebook' | 'cell' | 'app' | 'template' | 'deployment' | 'job' | 'connection' | 'execution', id: string) =>
  new VeloError({
    code: 'VS7001',
    reason: `${what}-not-found`,
    message: `there is no ${what} "${id}"`,
    hint:
      what === 'execution'
        ? 'It has ended and its result is no longer kept; run the query again.'
        : `List what there is, then use one of those ids.`,
  });

export const unknownStudioSource = (name: string, known: readonly string[]) =>
  new VeloError({
    code: 'VS7002',
    reason: 'source-not-found',
    message: `nothing is connected under the name "${name}"`,
    hint:
      known.length > 0
        ? `Known are: ${names(known)}. Connect what holds "${name}", or name one of these.`
        : 'Connect a source first: kafka://…, file:///…, s3://…, postgres://….',
  });

export const noConnectorFor = (uri: string, schemes: readonly string[]) =>
  new VeloError({
    code: 'VS7003',
    reason: 'not-connected',
    message: `no connector of this studio reads "${uri}"`,
    hint:
      schemes.length > 0
        ? `Write a URI that begins with one of: ${schemes.map((scheme) => `${scheme}:`).join(', ')}. A program gives more connectors to createStudio({ connectors: […] }).`
        : 'Pass a connector to createStudio({ connectors: […] }).',
  });

export const cannotDo = (what: string, why: string, hint?: string) =>
  new VeloError({ code: 'VS7004', reason: 'unsupported', message: `${what} is not possible: ${why}`, hint });

/** What the system says where no such host is known, or nothing listens there. */
const NOBODY = /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)\b/;

export const connectionFailed = (uri: string, cause: unknown) => {
  const said = cause instanceof Error ? cause.message : String(cause);
  const isLate = VeloError.is(cause) && cause.reason === 'timeout';
  const place = /:\/\/([^/?#]+)/.exec(uri)?.[1];
  const isNobody = place !== undefined && (isLate || NOBODY.test(said));
  const silence = `nothing ${isLate ? 'answered in time' : 'answers'} at ${place}`;
  return new VeloError({
    code: 'VS7005',
    reason: 'connection-failed',
    message: `"${uri}" could not be reached: ${isNobody ? silence : said}`,
    hint: isNobody
      ? 'Start the server, or correct its host and port. They count as the studio sees them: in a container, "localhost" is the container.'
      : VeloError.is(cause)
        ? cause.hint
        : 'Is it reachable from this machine, and are the options right?',
    cause,
  });
};

export const studioClosed = (what: 'studio' | 'session') =>
  new VeloError({
    code: 'VS7006',
    reason: 'studio-closed',
    message: `this ${what} is closed`,
    hint: what === 'studio' ? 'Make a new one with createStudio.' : 'Open it again by its id, or make a new one.',
  });

/** Somebody else changed what this change was made from. */
export const notebookConflict = (cells: readonly string[]) =>
  new VeloError({
    code: 'VS7011',
    reason: 'conflict',
    message: `${cells.length === 1 ? 'cell' : 'cells'} ${cells.map((id) => `"${id}"`).join(', ')} of this notebook ${cells.length === 1 ? 'was' : 'were'} changed elsewhere, such as in another tab, since this version was read`,
    hint: 'Look at what is there now, which this notebook shows, and make the change again.',
    details: { cells },
  });

export const invalidRequest = (message: string, hint?: string) =>
  new VeloError({ code: 'VS7007', reason: 'invalid-request', message, hint });

export const timedOut = (what: string, afterMs: number) =>
  new VeloError({
    code: 'VS7008',
    reason: 'timeout',
    message: `${what} took longer than ${afterMs} ms`,
    hint: 'Ask for less, or allow more time.',
  });

export const tooMany = (what: string, allowed: number) =>
  new VeloError({
    code: 'VS7009',
    reason: 'limit-exceeded',
    message: `there are already ${allowed} ${what}`,
    hint: 'Close or delete some first, or raise the limit.',
    details: { allowed },
  });
