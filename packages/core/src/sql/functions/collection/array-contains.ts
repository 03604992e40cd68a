import { equalityOf } from '../../../values/compare.ts';
import { ANY, BOOLEAN, type Scalar } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import type { FunctionExample, ScalarFunction } from '../define.ts';
import { collectionParameter, fromCollection, readCollection } from './collection-argument.ts';

/** Under `nullMatches` a NULL among the elements equals NULL. */
function contains(nullMatches: boolean, summary: string, example: FunctionExample): ScalarFunction {
  return scalarFunction({
    name: 'array_contains',
    category: 'collection',
    summary,
    parameters: [collectionParameter('array'), { name: 'value', takes: 'value' }],
    returns: fromCollection('array', 'array_contains', () => BOOLEAN),
    nulls: nullMatches ? 'own' : 'propagate',
    volatility: 'immutable',
    examples: [
      { sql: "ARRAY_CONTAINS(ARRAY('new', 'vip'), 'vip')", gives: true },
      { sql: 'ARRAY_CONTAINS(ARRAY(1.50), 1.5)', gives: true },
      { sql: 'ARRAY_CONTAINS(ARRAY(1, NULL), 2)', gives: false },
      { sql: 'ARRAY_CONTAINS(NULL, 1)', gives: null },
      example,
    ],
    prepare: ([array, value]) => {
      const read = readCollection('array', 'array_contains', array);
      const equal = equalityOf(array?.kind === 'array' ? array.element : ANY, value ?? ANY);
      return (elements, wanted) => {
        if (elements === null) return null;
        const matches = (element: Scalar) =>
          element === null || wanted === null ? nullMatches && element === wanted : equal(element, wanted as Scalar);
        return (read(elements as Scalar) as readonly Scalar[]).some(matches);
      };
    },
  });
}

export const arrayContains = contains(false, 'Whether an array has an element equal to a value.', {
  sql: 'ARRAY_CONTAINS(ARRAY(1, NULL), NULL)',
  gives: null,
});

/** As the reference has it. */
export const arrayContainsNull = contains(true, 'Whether an array has an element equal to a value; NULL equals NULL.', {
  sql: 'ARRAY_CONTAINS(ARRAY(1, NULL), NULL)',
  gives: true,
});
