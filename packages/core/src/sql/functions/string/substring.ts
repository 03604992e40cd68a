import { valueError } from '../../../diagnostics/codes/values.ts';
import { STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { sliceCharacters } from '../characters.ts';

export const substring = scalarFunction({
  name: 'substring',
  aliases: ['substr'],
  category: 'string',
  summary: 'Characters from a position (the first is 1) to the end, or so many of them; a position before 1 means the beginning.',
  parameters: [
    { name: 'text', takes: 'string' },
    { name: 'start', takes: 'integer' },
    { name: 'length', takes: 'integer', optional: true },
  ],
  returns: STRING,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "SUBSTRING('abcdef', 2, 3)", gives: 'bcd' },
    { sql: "SUBSTRING('abc', 0, 2)", gives: 'ab' },
    { sql: "SUBSTRING('abc', 9)", gives: '' },
    { sql: 'SUBSTRING(NULL, 1)', gives: null },
  ],
  evaluate: (text, start, length) => {
    const from = Math.max(0, Number(start) - 1);
    if (length === undefined) return sliceCharacters(text as string, from, Number.POSITIVE_INFINITY);
    const count = Number(length);
    if (count < 0)
      throw valueError('VS5106', { name: 'SUBSTRING', problem: `of length ${count} does not exist`, hint: 'Give a length of 0 or more.' });
    return sliceCharacters(text as string, from, from + count);
  },
});
