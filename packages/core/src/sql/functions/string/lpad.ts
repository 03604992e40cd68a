import { STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { padTo } from '../characters.ts';

export const lpad = scalarFunction({
  name: 'lpad',
  category: 'string',
  summary: 'The text filled up at its beginning, or cut, to a number of characters.',
  parameters: [
    { name: 'text', takes: 'string' },
    { name: 'length', takes: 'integer' },
    { name: 'pad', takes: 'string', optional: true },
  ],
  returns: STRING,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "LPAD('7', 3, '0')", gives: '007' },
    { sql: "LPAD('abcd', 2)", gives: 'ab' },
    { sql: "LPAD(NULL, 3, '0')", gives: null },
  ],
  evaluate: (text, length, pad) => {
    const padded = padTo('LPAD', text as string, Number(length), pad === undefined ? ' ' : (pad as string));
    return padded.filling + padded.text;
  },
});
