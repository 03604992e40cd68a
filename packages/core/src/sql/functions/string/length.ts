import { INTEGER } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { characterCount } from '../characters.ts';

export const length = scalarFunction({
  name: 'length',
  aliases: ['len', 'char_length', 'character_length'],
  category: 'string',
  summary: 'Number of characters.',
  parameters: [{ name: 'text', takes: 'string' }],
  returns: INTEGER,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "LENGTH('añb')", gives: 3 },
    { sql: 'LENGTH(NULL)', gives: null },
  ],
  evaluate: (text) => characterCount(text as string),
});
