import { STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const rtrim = scalarFunction({
  name: 'rtrim',
  category: 'string',
  summary: 'The text without white space at its end.',
  parameters: [{ name: 'text', takes: 'string' }],
  returns: STRING,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "RTRIM(' a  ')", gives: ' a' },
    { sql: 'RTRIM(NULL)', gives: null },
  ],
  evaluate: (text) => (text as string).trimEnd(),
});
