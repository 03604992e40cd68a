import { INTEGER } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { findCharacters } from '../characters.ts';

export const instr = scalarFunction({
  name: 'instr',
  aliases: ['strpos'],
  category: 'string',
  summary: 'Where a text has another one in it, counted from 1; 0 when it has not.',
  parameters: [
    { name: 'text', takes: 'string' },
    { name: 'needle', takes: 'string' },
  ],
  returns: INTEGER,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "INSTR('a@b', '@')", gives: 2 },
    { sql: "INSTR('abc', 'x')", gives: 0 },
    { sql: "INSTR(NULL, '@')", gives: null },
  ],
  evaluate: (text, needle) => findCharacters(text as string, needle as string, 0) + 1,
});
