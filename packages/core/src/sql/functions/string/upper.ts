import { STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const upper = scalarFunction({
  name: 'upper',
  category: 'string',
  summary: 'The text in upper case.',
  parameters: [{ name: 'text', takes: 'string' }],
  returns: STRING,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "UPPER('Ab')", gives: 'AB' },
    { sql: 'UPPER(NULL)', gives: null },
  ],
  evaluate: (text) => (text as string).toUpperCase(),
});
