import { STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { sliceCharacters } from '../characters.ts';

export const left = scalarFunction({
  name: 'left',
  category: 'string',
  summary: 'The first characters; all of them when there are fewer.',
  parameters: [
    { name: 'text', takes: 'string' },
    { name: 'count', takes: 'integer' },
  ],
  returns: STRING,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "LEFT('abcdef', 2)", gives: 'ab' },
    { sql: "LEFT('ab', 9)", gives: 'ab' },
    { sql: 'LEFT(NULL, 2)', gives: null },
  ],
  evaluate: (text, count) => sliceCharacters(text as string, 0, Number(count)),
});
