import { STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const trim = scalarFunction({
  name: 'trim',
  category: 'string',
  summary: 'The text without white space at either end.',
  parameters: [{ name: 'text', takes: 'string' }],
  returns: STRING,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "TRIM('  a b ')", gives: 'a b' },
    { sql: 'TRIM(NULL)', gives: null },
  ],
  evaluate: (text) => (text as string).trim(),
});
