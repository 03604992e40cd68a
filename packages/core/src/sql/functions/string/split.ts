import { arrayOf, STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { pieceOf, splitText } from '../characters.ts';

export const split = scalarFunction({
  name: 'split',
  aliases: ['string_to_array'],
  category: 'string',
  summary: 'The pieces of a text between separators, as an array.',
  parameters: [
    { name: 'text', takes: 'string' },
    { name: 'separator', takes: 'string' },
  ],
  returns: arrayOf(STRING),
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "SPLIT('a/b/c', '/')", gives: ['a', 'b', 'c'] },
    { sql: "SPLIT('abc', '')", gives: ['abc'] },
    { sql: "SPLIT(NULL, '/')", gives: null },
  ],
  evaluate: (text, separator) => splitText(text as string, separator as string),
  elementOf: (text, separator, n) => pieceOf(text as string, separator as string, n as number),
});
