import { STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const concatWs = scalarFunction({
  name: 'concat_ws',
  category: 'string',
  summary: 'The texts of the arguments with a separator between them; NULLs are skipped.',
  parameters: [
    { name: 'separator', takes: 'string' },
    { name: 'value', takes: 'text', optional: true, variadic: true },
  ],
  returns: STRING,
  nulls: 'own',
  volatility: 'immutable',
  examples: [
    { sql: "CONCAT_WS('-', 'a', NULL, 2)", gives: 'a-2' },
    { sql: "CONCAT_WS(NULL, 'a')", gives: null },
  ],
  evaluate: (separator, ...values) => (separator === null ? null : values.filter((v) => v !== null).join(separator as string)),
});
