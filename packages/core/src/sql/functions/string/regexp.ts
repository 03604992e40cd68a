import { BOOLEAN } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { compileRegex } from '../regex.ts';

export const regexp = scalarFunction({
  name: 'regexp',
  aliases: ['regexp_like', 'rlike'],
  category: 'string',
  summary: 'Whether a regular expression (RE2 syntax) matches anywhere in the text.',
  parameters: [
    { name: 'text', takes: 'string' },
    { name: 'pattern', takes: 'string' },
  ],
  returns: BOOLEAN,
  nulls: 'propagate',
  volatility: 'immutable',
  needs: 'regex',
  examples: [
    { sql: "REGEXP('eu-west', '^eu-')", gives: true },
    { sql: "REGEXP('us', '^eu-')", gives: false },
    { sql: "REGEXP(NULL, 'a')", gives: null },
  ],
  evaluate: (text, pattern) => compileRegex(pattern as string).test(text as string),
});
