import { DAY_MS, daysOf } from '../../../values/calendar.ts';
import { parseDate, parseTimestamp } from '../../../values/time-text.ts';
import { DATE } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { parseWithFormat } from './parse-with-format.ts';

export const toDate = scalarFunction({
  name: 'to_date',
  category: 'time',
  summary: 'The day that a text names, in the usual forms or a strftime format.',
  parameters: [
    { name: 'text', takes: 'string' },
    { name: 'format', takes: 'string', optional: true },
  ],
  returns: DATE,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "TO_DATE('2024-02-29')", gives: '2024-02-29' },
    { sql: "TO_DATE('29.02.2024', '%d.%m.%Y')", gives: '2024-02-29' },
    { sql: 'TO_DATE(NULL)', gives: null },
  ],
  prepare: () => {
    const parse = parseWithFormat('TO_DATE', 'DATE', (text) => parseDate(text) ?? parseTimestamp(text));
    return (...args) => daysOf(parse(...args) as number) * DAY_MS;
  },
});
