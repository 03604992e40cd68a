import { expect, test } from 'vitest';
import { KEYWORDS as GRAMMAR } from '../../../core/src/sql/syntax/token-types.ts';
import { KEYWORDS } from './dialect-words.ts';
import { languageTokens } from './language-tokens.ts';

test('the editor colours every keyword of the grammar', () => {
  expect([...GRAMMAR.keys()].filter((word) => /^[A-Z_]+$/.test(word) && !KEYWORDS.includes(word))).toEqual([]);
});

test('the words of windows and streams are among them', () => {
  expect(
    ['WINDOW', 'EMIT', 'ROWS', 'BUFFER', 'TUMBLING'].filter((word) => !KEYWORDS.includes(word) && !languageTokens([]).tokenizer),
  ).toEqual([]);
});
