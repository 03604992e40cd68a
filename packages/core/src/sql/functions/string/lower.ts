import { STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const lower = scalarFunction({
  name: 'lower',
  category: 'string',
  summary: 'The text in lower case.',
  parameters: [{ name: 'text', takes: 'string' }],
  returns: STRING,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "LOWER('Ab')", gives: 'ab' },
    { sql: 'LOWER(NULL)', gives: null },
  ],
  evaluate: (text) => (text as string).toLowerCase(),
});
