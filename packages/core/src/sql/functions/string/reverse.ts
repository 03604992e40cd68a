import { STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const reverse = scalarFunction({
  name: 'reverse',
  category: 'string',
  summary: 'The characters of the text from last to first.',
  parameters: [{ name: 'text', takes: 'string' }],
  returns: STRING,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "REVERSE('abc')", gives: 'cba' },
    { sql: 'REVERSE(NULL)', gives: null },
  ],
  evaluate: (text) => [...(text as string)].reverse().join(''),
});
