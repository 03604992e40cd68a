import { equalityOf } from '../../../values/compare.ts';
import { ANY, BOOLEAN, type Scalar } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

/** As the reference has it: a NULL among the elements matches NULL. */
export const arrayContainsNull = scalarFunction({
  name: 'array_contains',
  category: 'collection',
  summary: 'Whether an array has an element equal to a value; NULL equals NULL, as in the reference implementation.',
  parameters: [
    { name: 'array', takes: 'array' },
    { name: 'value', takes: 'value' },
  ],
  returns: BOOLEAN,
  nulls: 'own',
  volatility: 'immutable',
  examples: [
    { sql: "ARRAY_CONTAINS(ARRAY('new', 'vip'), 'vip')", gives: true },
    { sql: 'ARRAY_CONTAINS(ARRAY(1, NULL), NULL)', gives: true },
    { sql: 'ARRAY_CONTAINS(ARRAY(1.50), 1.5)', gives: true },
    { sql: 'ARRAY_CONTAINS(NULL, 1)', gives: null },
  ],
  prepare: ([array, value]) => {
    const equal = equalityOf(array?.kind === 'array' ? array.element : ANY, value ?? ANY);
    return (elements, wanted) => {
      if (elements === null) return null;
      const matches = (element: Scalar) => (element === null || wanted === null ? element === wanted : equal(element, wanted as Scalar));
      return (elements as readonly Scalar[]).some(matches);
    };
  },
});
