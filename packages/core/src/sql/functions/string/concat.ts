import { STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const concat = scalarFunction({
  name: 'concat',
  category: 'string',
  summary: 'The texts of all arguments, one after the other; NULLs are skipped.',
  parameters: [{ name: 'value', takes: 'text', optional: true, variadic: true }],
  returns: STRING,
  nulls: 'own',
  volatility: 'immutable',
  examples: [
    { sql: "CONCAT('a', NULL, 1)", gives: 'a1' },
    { sql: 'CONCAT(1.50, TRUE)', gives: '1.50true' },
    { sql: 'CONCAT()', gives: '' },
  ],
  evaluate: (...values) => values.filter((v) => v !== null).join(''),
});
