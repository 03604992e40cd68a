import { STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const initcap = scalarFunction({
  name: 'initcap',
  category: 'string',
  summary: 'The first letter of every word in upper case, the others in lower case.',
  parameters: [{ name: 'text', takes: 'string' }],
  returns: STRING,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "INITCAP('new YORK-city')", gives: 'New York-City' },
    { sql: 'INITCAP(NULL)', gives: null },
  ],
  evaluate: (text) =>
    (text as string).toLowerCase().replace(/[\p{L}\p{N}]+/gu, (word) => {
      const first = String.fromCodePoint(word.codePointAt(0) as number);
      return first.toUpperCase() + word.slice(first.length);
    }),
});
