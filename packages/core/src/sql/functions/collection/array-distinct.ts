import { keyFunction } from '../../../values/key.ts';
import { ANY, arrayOf, type Scalar } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { collectionParameter, fromCollection, readCollection } from './collection-argument.ts';

export const arrayDistinct = scalarFunction({
  name: 'array_distinct',
  category: 'collection',
  summary: 'The different elements of an array, in order of their first occurrence.',
  parameters: [collectionParameter('array')],
  returns: fromCollection('array', 'array_distinct', (type) => (type?.kind === 'array' ? type : arrayOf(ANY))),
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'ARRAY_DISTINCT(ARRAY(2, 1, 2, NULL, NULL))', gives: [2, 1, null] },
    { sql: 'ARRAY_DISTINCT(NULL)', gives: null },
  ],
  prepare: ([type]) => {
    const read = readCollection('array', 'array_distinct', type);
    const keyOf = keyFunction(type?.kind === 'array' ? type.element : ANY);
    return (elements) => {
      const seen = new Set<string>();
      return (read(elements as Scalar) as readonly Scalar[]).filter((element) => seen.size < seen.add(keyOf(element)).size);
    };
  },
});
