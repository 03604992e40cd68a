import { equalityOf } from '../../../values/compare.ts';
import { ANY, BOOLEAN, type Scalar } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { collectionParameter, fromCollection, readCollection } from './collection-argument.ts';

export const arrayContains = scalarFunction({
  name: 'array_contains',
  category: 'collection',
  summary: 'Whether an array has an element equal to a value.',
  parameters: [collectionParameter('array'), { name: 'value', takes: 'value' }],
  returns: fromCollection('array', 'array_contains', () => BOOLEAN),
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "ARRAY_CONTAINS(ARRAY('new', 'vip'), 'vip')", gives: true },
    { sql: 'ARRAY_CONTAINS(ARRAY(1, NULL), 2)', gives: false },
    { sql: 'ARRAY_CONTAINS(ARRAY(1.50), 1.5)', gives: true },
    { sql: 'ARRAY_CONTAINS(NULL, 1)', gives: null },
  ],
  prepare: ([array, value]) => {
    const read = readCollection('array', 'array_contains', array);
    const equal = equalityOf(array?.kind === 'array' ? array.element : ANY, value ?? ANY);
    return (elements, wanted) =>
      (read(elements as Scalar) as readonly Scalar[]).some((element) => element !== null && equal(element, wanted as Scalar));
  },
});
