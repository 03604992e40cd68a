import { equalityOf } from '../../../values/compare.ts';
import { ANY, BOOLEAN, type Scalar } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const arrayContains = scalarFunction({
  name: 'array_contains',
  category: 'collection',
  summary: 'Whether an array has an element equal to a value.',
  parameters: [
    { name: 'array', takes: 'array' },
    { name: 'value', takes: 'value' },
  ],
  returns: BOOLEAN,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "ARRAY_CONTAINS(ARRAY('new', 'vip'), 'vip')", gives: true },
    { sql: 'ARRAY_CONTAINS(ARRAY(1, NULL), 2)', gives: false },
    { sql: 'ARRAY_CONTAINS(ARRAY(1.50), 1.5)', gives: true },
    { sql: 'ARRAY_CONTAINS(NULL, 1)', gives: null },
  ],
  prepare: ([array, value]) => {
    const equal = equalityOf(array?.kind === 'array' ? array.element : ANY, value ?? ANY);
    return (elements, wanted) => (elements as readonly Scalar[]).some((element) => element !== null && equal(element, wanted as Scalar));
  },
});
