import { STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const ltrim = scalarFunction({
  name: 'ltrim',
  category: 'string',
  summary: 'The text without white space at its beginning.',
  parameters: [{ name: 'text', takes: 'string' }],
  returns: STRING,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "LTRIM('  a ')", gives: 'a ' },
    { sql: 'LTRIM(NULL)', gives: null },
  ],
  evaluate: (text) => (text as string).trimStart(),
});
