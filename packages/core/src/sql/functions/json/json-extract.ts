import { ANY, type Scalar } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { jsonReader, pathProblem } from './json-reader.ts';
import { scalarOrText } from './scalar-or-text.ts';

export const jsonExtract = scalarFunction({
  name: 'json_extract',
  aliases: ['json_extract_scalar'],
  category: 'json',
  summary: 'As JSON_VALUE; the path `$` gives the whole text.',
  parameters: [
    { name: 'json', takes: 'json' },
    { name: 'path', takes: 'string' },
  ],
  returns: (_, constants) => pathProblem('JSON_EXTRACT', constants[1]) ?? ANY,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: `JSON_EXTRACT('{"a":"x"}', '$.a')`, gives: 'x' },
    { sql: `JSON_EXTRACT('{"a": 1}', '$')`, gives: '{"a": 1}' },
    { sql: "JSON_EXTRACT(NULL, '$')", gives: null },
  ],
  prepare: () => {
    const read = jsonReader('JSON_EXTRACT');
    return (json, path) => (path === '$' && typeof json === 'string' ? json : scalarOrText(read(json as Scalar, path as Scalar)));
  },
});
