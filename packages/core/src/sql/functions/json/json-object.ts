import { valueError } from '../../../diagnostics/codes/values.ts';
import { jsonTextOf } from '../../../values/json.ts';
import { textFunction } from '../../../values/scalar-text.ts';
import { type Scalar, STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const jsonObject = scalarFunction({
  name: 'json_object',
  category: 'json',
  summary: 'JSON text of an object from keys and values in turn; NULL becomes a JSON null.',
  parameters: [{ name: 'entry', takes: 'value', optional: true, variadic: true }],
  returns: (types) => (types.length % 2 === 0 ? STRING : { problem: '"JSON_OBJECT" needs a value for every key' }),
  nulls: 'own',
  volatility: 'immutable',
  examples: [
    { sql: "JSON_OBJECT('a', 1, 'b', NULL)", gives: '{"a":1,"b":null}' },
    { sql: "JSON_OBJECT('p', 1.50)", gives: '{"p":1.50}' },
    { sql: 'JSON_OBJECT()', gives: '{}' },
  ],
  prepare: (types) => {
    const texts = types.map((type, i) => (i % 2 === 0 ? textFunction(type) : jsonTextOf(type)));
    return (...values) => {
      const entries: string[] = [];
      for (let i = 0; i < values.length; i += 2) {
        const key = values[i] as Scalar;
        if (key === null)
          throw valueError('VS5106', {
            name: 'JSON_OBJECT',
            problem: 'has a NULL key',
            hint: 'Give every entry a name, for example with COALESCE.',
          });
        entries.push(`${JSON.stringify(texts[i]!(key))}:${texts[i + 1]!(values[i + 1] as Scalar)}`);
      }
      return `{${entries.join(',')}}`;
    };
  },
});
