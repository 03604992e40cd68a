import { scalarFunction } from '../adapt.ts';
import { commonOfAll, extreme } from './extreme.ts';

export const greatest = scalarFunction({
  name: 'greatest',
  category: 'math',
  summary: 'The largest of the arguments that are not NULL; NULL when all are.',
  parameters: [{ name: 'value', takes: 'same', variadic: true }],
  returns: commonOfAll,
  nulls: 'own',
  volatility: 'immutable',
  examples: [
    { sql: 'GREATEST(3, 1, 2)', gives: 3 },
    { sql: "GREATEST('a', NULL, 'b')", gives: 'b' },
    { sql: 'GREATEST(NULL, NULL)', gives: null },
  ],
  prepare: (types) => extreme(types, -1),
});
