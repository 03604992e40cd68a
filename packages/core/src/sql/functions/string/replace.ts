import { STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const replace = scalarFunction({
  name: 'replace',
  category: 'string',
  summary: 'The text with every occurrence of one text replaced by another.',
  parameters: [
    { name: 'text', takes: 'string' },
    { name: 'find', takes: 'string' },
    { name: 'by', takes: 'string' },
  ],
  returns: STRING,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "REPLACE('a-b-c', '-', '')", gives: 'abc' },
    { sql: "REPLACE('abc', '', 'x')", gives: 'abc' },
    { sql: "REPLACE('a', NULL, 'x')", gives: null },
  ],
  evaluate: (text, find, by) => (find === '' ? (text as string) : (text as string).replaceAll(find as string, () => by as string)),
});
