import { scalarFunction } from '../adapt.ts';
import { commonOfAll } from '../math/extreme.ts';

export const coalesce = scalarFunction({
  name: 'coalesce',
  category: 'conditional',
  summary: 'The first argument that is not NULL.',
  parameters: [{ name: 'value', takes: 'same', variadic: true }],
  returns: commonOfAll,
  nulls: 'own',
  volatility: 'immutable',
  examples: [
    { sql: 'COALESCE(NULL, 2, 3)', gives: 2 },
    { sql: 'COALESCE(NULL, NULL)', gives: null },
  ],
  evaluate: (...values) => values.find((v) => v !== null) ?? null,
});
