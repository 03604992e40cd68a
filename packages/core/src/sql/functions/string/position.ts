import { INTEGER } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { findCharacters } from '../characters.ts';

export const position = scalarFunction({
  name: 'position',
  category: 'string',
  summary: 'Where a text occurs in another, counted from 1; 0 when it does not.',
  parameters: [
    { name: 'needle', takes: 'string' },
    { name: 'text', takes: 'string' },
    { name: 'start', takes: 'integer', optional: true },
  ],
  returns: INTEGER,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "POSITION('@', 'a@b')", gives: 2 },
    { sql: "POSITION('a', 'banana', 3)", gives: 4 },
    { sql: "POSITION('x', 'abc')", gives: 0 },
    { sql: "POSITION(NULL, 'abc')", gives: null },
  ],
  evaluate: (needle, text, start) =>
    findCharacters(text as string, needle as string, start === undefined ? 0 : Math.max(0, Number(start) - 1)) + 1,
});
