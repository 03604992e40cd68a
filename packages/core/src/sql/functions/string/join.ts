import { STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const join = scalarFunction({
  name: 'join',
  category: 'string',
  summary: 'The texts of the arguments with a separator between them; NULL prints as `NULL`.',
  parameters: [
    { name: 'separator', takes: 'string' },
    { name: 'value', takes: 'text', optional: true, variadic: true },
  ],
  returns: STRING,
  nulls: 'own',
  volatility: 'immutable',
  examples: [
    { sql: "JOIN('|', 'a', NULL, 2)", gives: 'a|NULL|2' },
    { sql: "JOIN(NULL, 'a')", gives: null },
  ],
  evaluate: (separator, ...values) => (separator === null ? null : values.map((v) => v ?? 'NULL').join(separator as string)),
});
