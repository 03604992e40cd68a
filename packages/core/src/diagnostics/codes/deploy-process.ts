import { VeloError } from '../velo-error.ts';

/** Errors of a Velostream server that we start, and of its jobs: VS5913, VS5914. */
export const serverMissing = (binary: string, cause: unknown) =>
  new VeloError({
    code: 'VS5913',
    reason: 'server-missing',
    message: `the program "${binary}" cannot be started`,
    hint: 'Give the path of velo-sql as `binary`.',
    cause,
  });

/** What the server says of a job of it that failed. */
export const serverJobFailed = (text: string) =>
  new VeloError({
    code: 'VS5914',
    reason: 'server-job-failed',
    message: `the job failed on the server: ${text}`,
    hint: 'Look into the log of the server, and into the records at the place where the job stands.',
  });
