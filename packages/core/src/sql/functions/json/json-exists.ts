import { BOOLEAN, type Scalar } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { jsonReader, pathProblem } from './json-reader.ts';

export const jsonExists = scalarFunction({
  name: 'json_exists',
  category: 'json',
  summary: 'Whether there is anything at a path, a JSON null included; false for text that is not JSON.',
  parameters: [
    { name: 'json', takes: 'json' },
    { name: 'path', takes: 'string' },
  ],
  returns: (_, constants) => pathProblem('JSON_EXISTS', constants[1]) ?? BOOLEAN,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: `JSON_EXISTS('{"a":null}', '$.a')`, gives: true },
    { sql: "JSON_EXISTS('no json', '$.a')", gives: false },
    { sql: "JSON_EXISTS(NULL, '$')", gives: null },
  ],
  prepare: () => {
    const read = jsonReader('JSON_EXISTS');
    return (json, path) => read(json as Scalar, path as Scalar) !== undefined;
  },
});
