import { STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { compileRegex } from '../regex.ts';

export const regexpReplace = scalarFunction({
  name: 'regexp_replace',
  category: 'string',
  summary:
    'The text with the first match of a regular expression replaced, or with all of them (flag `g`); `i` ignores case, `$1` is a group.',
  parameters: [
    { name: 'text', takes: 'string' },
    { name: 'pattern', takes: 'string' },
    { name: 'by', takes: 'string' },
    { name: 'flags', takes: 'string', optional: true, description: '`g`: all matches. `i`: ignore case.' },
  ],
  returns: STRING,
  nulls: 'own',
  volatility: 'immutable',
  needs: 'regex',
  examples: [
    { sql: "REGEXP_REPLACE('a1b2', '\\d', '#', 'g')", gives: 'a#b#' },
    { sql: "REGEXP_REPLACE('ab', '(a)(b)', '$2$1')", gives: 'ba' },
    { sql: "REGEXP_REPLACE(NULL, 'a', 'b')", gives: null },
  ],
  evaluate: (text, pattern, by, flags) => {
    if (text === null || pattern === null || by === null) return null;
    const wanted = (flags ?? '') as string;
    return compileRegex(pattern as string, wanted.includes('i')).replace(text as string, by as string, wanted.includes('g'));
  },
});
