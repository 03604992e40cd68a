import { VeloError } from '../velo-error.ts';

/** Errors of a Velostream server that we start: VS5913. */
export const serverMissing = (binary: string, cause: unknown) =>
  new VeloError({
    code: 'VS5913',
    reason: 'server-missing',
    message: `the program "${binary}" cannot be started`,
    hint: 'Give the path of velo-sql as `binary`.',
    cause,
  });
