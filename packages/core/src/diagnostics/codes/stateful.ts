import { VeloError } from '../velo-error.ts';

/** Errors of operators that keep state, and of the tables they read: VS503x. */
export const unknownTable = (table: string, known: readonly string[]) =>
  new VeloError({
    code: 'VS5030',
    reason: 'unknown-table',
    message: `there is no table "${table}" to look rows up in`,
    hint:
      known.length > 0
        ? `Tables at hand: ${known.join(', ')}. Create "${table}" with CREATE TABLE, or give it to the engine.`
        : `Create "${table}" with CREATE TABLE, or give it to the engine.`,
  });

export const unexpectedRetraction = (operator: string) =>
  new VeloError({
    code: 'VS5031',
    reason: 'unexpected-retraction',
    message: `"${operator}" got a deleted or replaced row, but takes inserted rows alone`,
    hint: 'Use EMIT FINAL in the query beneath it, so that its rows do not change any more.',
  });
