import { arrayOf } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { commonOfAll } from '../math/extreme.ts';

export const array = scalarFunction({
  name: 'array',
  category: 'collection',
  summary: 'An array of the arguments.',
  parameters: [{ name: 'value', takes: 'same', optional: true, variadic: true }],
  returns: (types, constants) => {
    const element = commonOfAll(types, constants);
    return 'problem' in element ? element : arrayOf(element);
  },
  nulls: 'own',
  volatility: 'immutable',
  examples: [
    { sql: 'ARRAY(1, 2, NULL)', gives: [1, 2, null] },
    { sql: 'ARRAY()', gives: [] },
    { sql: 'ARRAY(1, 2.5)', gives: ['1.0', '2.5'] },
  ],
  evaluate: (...values) => values,
});
