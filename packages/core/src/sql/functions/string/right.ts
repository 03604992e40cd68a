import { STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { characterCount, sliceCharacters } from '../characters.ts';

export const right = scalarFunction({
  name: 'right',
  category: 'string',
  summary: 'The last characters; all of them when there are fewer.',
  parameters: [
    { name: 'text', takes: 'string' },
    { name: 'count', takes: 'integer' },
  ],
  returns: STRING,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "RIGHT('abcdef', 2)", gives: 'ef' },
    { sql: "RIGHT('ab', 9)", gives: 'ab' },
    { sql: "RIGHT('ab', NULL)", gives: null },
  ],
  evaluate: (text, count) => {
    const length = characterCount(text as string);
    return sliceCharacters(text as string, Math.max(0, length - Number(count)), length);
  },
});
