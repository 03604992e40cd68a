import { STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { padTo } from '../characters.ts';

export const rpad = scalarFunction({
  name: 'rpad',
  category: 'string',
  summary: 'The text filled up at its end, or cut, to a number of characters.',
  parameters: [
    { name: 'text', takes: 'string' },
    { name: 'length', takes: 'integer' },
    { name: 'pad', takes: 'string', optional: true },
  ],
  returns: STRING,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "RPAD('ab', 4, '.')", gives: 'ab..' },
    { sql: "RPAD('abcd', 2)", gives: 'ab' },
    { sql: "RPAD('a', NULL, '.')", gives: null },
  ],
  evaluate: (text, length, pad) => {
    const padded = padTo('RPAD', text as string, Number(length), pad === undefined ? ' ' : (pad as string));
    return padded.text + padded.filling;
  },
});
