import { VeloError } from '../velo-error.ts';

export const unknownLimit = (name: string, nearest: string | undefined, known: readonly string[]) =>
  new VeloError({
    code: 'VS5315',
    reason: 'unknown-limit',
    message: `there is no limit "${name}"`,
    hint: `${nearest === undefined ? '' : `Did you mean "${nearest}"? `}Limits of a query: ${known.join(', ')}.`,
    details: { limit: name },
  });
