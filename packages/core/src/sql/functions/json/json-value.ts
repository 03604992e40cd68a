import { ANY, type Scalar } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { jsonReader, pathProblem } from './json-reader.ts';
import { scalarOrText } from './scalar-or-text.ts';

export const jsonValue = scalarFunction({
  name: 'json_value',
  category: 'json',
  summary: 'The value at a path: text, number or boolean as such, an object or array as JSON text; NULL where there is none.',
  parameters: [
    { name: 'json', takes: 'json' },
    { name: 'path', takes: 'string' },
  ],
  returns: (_, constants) => pathProblem('JSON_VALUE', constants[1]) ?? ANY,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: `JSON_VALUE('{"a":{"b":[4,5]}}', '$.a.b.1')`, gives: 5 },
    { sql: `JSON_VALUE('{"a":[1,2]}', 'a')`, gives: '[1,2]' },
    { sql: `JSON_VALUE('{"a":1}', '$.x')`, gives: null },
    { sql: "JSON_VALUE('no json', '$.x')", gives: null },
    { sql: "JSON_VALUE(NULL, '$.x')", gives: null },
  ],
  prepare: () => {
    const read = jsonReader('JSON_VALUE');
    return (json, path) => scalarOrText(read(json as Scalar, path as Scalar));
  },
});
