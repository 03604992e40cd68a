import { jsonText } from '../../../values/json.ts';
import { type Scalar, STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { jsonReader, pathProblem } from './json-reader.ts';

export const jsonQuery = scalarFunction({
  name: 'json_query',
  category: 'json',
  summary: 'The object or array at a path as JSON text; NULL for a scalar and where there is none.',
  parameters: [
    { name: 'json', takes: 'json' },
    { name: 'path', takes: 'string' },
  ],
  returns: (_, constants) => pathProblem('JSON_QUERY', constants[1]) ?? STRING,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: `JSON_QUERY('{"a":{"b":1}}', '$.a')`, gives: '{"b":1}' },
    { sql: `JSON_QUERY('{"a":1}', '$.a')`, gives: null },
    { sql: "JSON_QUERY(NULL, '$')", gives: null },
  ],
  prepare: () => {
    const read = jsonReader('JSON_QUERY');
    return (json, path) => {
      const value = read(json as Scalar, path as Scalar);
      return typeof value === 'object' && value !== null ? jsonText(value) : null;
    };
  },
});
