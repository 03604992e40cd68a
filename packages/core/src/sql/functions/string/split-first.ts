import { STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { splitText } from '../characters.ts';

export const splitFirst = scalarFunction({
  name: 'split',
  category: 'string',
  summary: 'The first piece of a text before a separator: what the reference implementation gives.',
  parameters: [
    { name: 'text', takes: 'string' },
    { name: 'separator', takes: 'string' },
  ],
  returns: STRING,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "SPLIT('a/b/c', '/')", gives: 'a' },
    { sql: "SPLIT(NULL, '/')", gives: null },
  ],
  evaluate: (text, separator) => splitText(text as string, separator as string)[0] as string,
});
