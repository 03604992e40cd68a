import { INTEGER, type Scalar } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { collectionParameter, fromCollection, readCollection } from './collection-argument.ts';

export const arrayLength = scalarFunction({
  name: 'array_length',
  aliases: ['cardinality'],
  category: 'collection',
  summary: 'Number of elements of an array or of a JSON array in text.',
  parameters: [collectionParameter('array')],
  returns: fromCollection('array', 'array_length', () => INTEGER),
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'ARRAY_LENGTH(ARRAY(1, 2, NULL))', gives: 3 },
    { sql: "ARRAY_LENGTH('[1,2]')", gives: 2 },
    { sql: 'ARRAY_LENGTH(NULL)', gives: null },
  ],
  prepare: ([type]) => {
    const read = readCollection('array', 'array_length', type);
    return (array) => (read(array as Scalar) as readonly unknown[]).length;
  },
});
