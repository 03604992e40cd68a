import { parseTimestamp } from '../../../values/time-text.ts';
import { TIMESTAMP } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { parseWithFormat } from './parse-with-format.ts';

export const toTimestamp = scalarFunction({
  name: 'to_timestamp',
  category: 'time',
  summary: 'The time that a text names, in the usual forms (RFC 3339 too) or a strftime format.',
  parameters: [
    { name: 'text', takes: 'string' },
    { name: 'format', takes: 'string', optional: true },
  ],
  returns: TIMESTAMP,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "TO_TIMESTAMP('2024-02-29T12:00:00+02:00')", gives: 1709200800000 },
    { sql: "TO_TIMESTAMP('29 Feb 2024 1PM', '%d %b %Y %I%p')", gives: 1709211600000 },
    { sql: 'TO_TIMESTAMP(NULL)', gives: null },
  ],
  prepare: () => parseWithFormat('TO_TIMESTAMP', 'TIMESTAMP', parseTimestamp),
});
