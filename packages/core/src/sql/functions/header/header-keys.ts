import { compareText } from '../../../values/compare.ts';
import { STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const headerKeys = scalarFunction({
  name: 'header_keys',
  category: 'header',
  summary: 'Names of the headers of the record, sorted, with commas between them.',
  parameters: [],
  returns: STRING,
  nulls: 'propagate',
  volatility: 'stable',
  examples: [
    { sql: 'HEADER_KEYS()', gives: 'region,trace' },
    { sql: "SPLIT_PART(HEADER_KEYS(), ',', 1)", gives: 'region' },
  ],
  evaluateInContext: (context) => [...(context.headers()?.keys() ?? [])].sort(compareText).join(','),
});
