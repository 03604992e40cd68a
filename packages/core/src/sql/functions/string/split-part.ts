import { STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { splitText } from '../characters.ts';

export const splitPart = scalarFunction({
  name: 'split_part',
  category: 'string',
  summary: 'One piece of a text between separators, counted from 1; empty when there is no such piece.',
  parameters: [
    { name: 'text', takes: 'string' },
    { name: 'separator', takes: 'string' },
    { name: 'index', takes: 'integer' },
  ],
  returns: STRING,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "SPLIT_PART('x/y', '/', 2)", gives: 'y' },
    { sql: "SPLIT_PART('x/y', '/', 3)", gives: '' },
    { sql: "SPLIT_PART('x/y', NULL, 1)", gives: null },
  ],
  evaluate: (text, separator, index) => splitText(text as string, separator as string)[Number(index) - 1] ?? '',
});
