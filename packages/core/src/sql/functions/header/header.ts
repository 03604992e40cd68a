import { STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const header = scalarFunction({
  name: 'header',
  category: 'header',
  summary: 'Value of a header of the record; NULL where it has none of that name.',
  parameters: [{ name: 'key', takes: 'text' }],
  returns: STRING,
  nulls: 'propagate',
  volatility: 'stable',
  examples: [
    { sql: "HEADER('trace')", gives: 't-1' },
    { sql: "HEADER('Trace')", gives: null },
    { sql: 'HEADER(NULL)', gives: null },
  ],
  evaluateInContext: (context, key) => context.headers()?.get(key as string) ?? null,
});
