import { STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { compileRegex } from '../regex.ts';

export const regexpExtract = scalarFunction({
  name: 'regexp_extract',
  category: 'string',
  summary: 'The first match of a regular expression, or one of its groups; NULL when nothing matches.',
  parameters: [
    { name: 'text', takes: 'string' },
    { name: 'pattern', takes: 'string' },
    { name: 'group', takes: 'integer', optional: true, description: '0, the default, is the whole match.' },
  ],
  returns: STRING,
  nulls: 'propagate',
  volatility: 'immutable',
  needs: 'regex',
  examples: [
    { sql: "REGEXP_EXTRACT('id=42;', '[0-9]+')", gives: '42' },
    { sql: "REGEXP_EXTRACT('k=v', '(.)=(.)', 2)", gives: 'v' },
    { sql: "REGEXP_EXTRACT('a', 'b')", gives: null },
    { sql: "REGEXP_EXTRACT(NULL, 'b')", gives: null },
  ],
  evaluate: (text, pattern, group) => compileRegex(pattern as string).extract(text as string, Number(group ?? 0)),
});
