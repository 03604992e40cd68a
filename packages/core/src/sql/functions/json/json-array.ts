import { jsonTextOf } from '../../../values/json.ts';
import { STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const jsonArray = scalarFunction({
  name: 'json_array',
  category: 'json',
  summary: 'JSON text of an array of the arguments.',
  parameters: [{ name: 'value', takes: 'value', optional: true, variadic: true }],
  returns: STRING,
  nulls: 'own',
  volatility: 'immutable',
  examples: [
    { sql: "JSON_ARRAY(1, 'a', NULL)", gives: '[1,"a",null]' },
    { sql: 'JSON_ARRAY()', gives: '[]' },
  ],
  prepare: (types) => {
    const texts = types.map(jsonTextOf);
    return (...values) => `[${values.map((v, i) => texts[i]!(v)).join(',')}]`;
  },
});
