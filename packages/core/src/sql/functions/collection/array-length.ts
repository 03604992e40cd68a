import { INTEGER } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const arrayLength = scalarFunction({
  name: 'array_length',
  aliases: ['cardinality'],
  category: 'collection',
  summary: 'Number of elements of an array or of a JSON array in text.',
  parameters: [{ name: 'array', takes: 'array' }],
  returns: INTEGER,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'ARRAY_LENGTH(ARRAY(1, 2, NULL))', gives: 3 },
    { sql: "ARRAY_LENGTH('[1,2]')", gives: 2 },
    { sql: 'ARRAY_LENGTH(NULL)', gives: null },
  ],
  evaluate: (array) => (array as readonly unknown[]).length,
});
