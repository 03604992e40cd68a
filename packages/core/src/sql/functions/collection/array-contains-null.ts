import { equalityOf } from '../../../values/compare.ts';
import { ANY, BOOLEAN, type Scalar } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { collectionParameter, fromCollection, readCollection } from './collection-argument.ts';

/** As the reference has it: a NULL among the elements matches NULL. */
export const arrayContainsNull = scalarFunction({
  name: 'array_contains',
  category: 'collection',
  summary: 'Whether an array has an element equal to a value; NULL equals NULL, as in the reference implementation.',
  parameters: [collectionParameter('array'), { name: 'value', takes: 'value' }],
  returns: fromCollection('array', 'array_contains', () => BOOLEAN),
  nulls: 'own',
  volatility: 'immutable',
  examples: [
    { sql: "ARRAY_CONTAINS(ARRAY('new', 'vip'), 'vip')", gives: true },
    { sql: 'ARRAY_CONTAINS(ARRAY(1, NULL), NULL)', gives: true },
    { sql: 'ARRAY_CONTAINS(NULL, 1)', gives: null },
  ],
  prepare: ([array, value]) => {
    const read = readCollection('array', 'array_contains', array);
    const equal = equalityOf(array?.kind === 'array' ? array.element : ANY, value ?? ANY);
    return (elements, wanted) => {
      if (elements === null) return null;
      const matches = (element: Scalar) => (element === null || wanted === null ? element === wanted : equal(element, wanted as Scalar));
      return (read(elements as Scalar) as readonly Scalar[]).some(matches);
    };
  },
});
