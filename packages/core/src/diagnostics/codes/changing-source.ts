import { VeloError } from '../velo-error.ts';

/** A query needs the old row of an update and its source does not tell it: VS4605. Apart from the codes of connectors, which load on use. */
export const beforeImageMissing = (table: string, operator: string) =>
  new VeloError({
    code: 'VS4605',
    reason: 'before-image-missing',
    message: `updates of "${table}" come without the old row, which "${operator}" needs`,
    hint: 'Run ALTER TABLE … REPLICA IDENTITY FULL for the table in PostgreSQL, so that changes hold the old row.',
  });
