import { scalarFunction } from '../adapt.ts';
import { commonOfAll, extreme } from './extreme.ts';

export const least = scalarFunction({
  name: 'least',
  category: 'math',
  summary: 'The smallest of the arguments that are not NULL; NULL when all are.',
  parameters: [{ name: 'value', takes: 'same', variadic: true }],
  returns: commonOfAll,
  nulls: 'own',
  volatility: 'immutable',
  examples: [
    { sql: 'LEAST(3, 1, 2)', gives: 1 },
    { sql: 'LEAST(1.5, NULL, 2)', gives: '1.5' },
    { sql: 'LEAST(NULL, NULL)', gives: null },
  ],
  prepare: (types) => extreme(types, 1),
});
