import { equalityOf } from '../../../values/compare.ts';
import { ANY, type Scalar } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const nullif = scalarFunction({
  name: 'nullif',
  category: 'conditional',
  summary: 'NULL when both arguments are equal, else the first.',
  parameters: [
    { name: 'value', takes: 'value' },
    { name: 'other', takes: 'value' },
  ],
  returns: (types) => types[0] ?? ANY,
  nulls: 'own',
  volatility: 'immutable',
  examples: [
    { sql: 'NULLIF(0, 0)', gives: null },
    { sql: 'NULLIF(1.50, 1.5)', gives: null },
    { sql: 'NULLIF(3, 0)', gives: 3 },
    { sql: 'NULLIF(3, NULL)', gives: 3 },
    { sql: 'NULLIF(NULL, 1)', gives: null },
  ],
  prepare: ([left, right]) => {
    const equal = equalityOf(left ?? ANY, right ?? ANY);
    return (value, other) => (value !== null && other !== null && equal(value as Scalar, other as Scalar) ? null : (value as Scalar));
  },
});
