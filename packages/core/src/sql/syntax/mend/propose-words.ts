import { edits } from '../closest.ts';
import { RUN_TOGETHER, WORDS } from '../misspelt-word.ts';
import type { SqlToken } from '../token.ts';
import * as t from '../token-types.ts';
import { nameOfPlace, type Proposal, shown } from './mend.ts';

/** Words that are often left out. */
const LEFT_OUT = [
  'BY',
  'ON',
  'THEN',
  'END',
  'AS',
  'FROM',
  'AND',
  'SELECT',
  'WINDOW',
  'INTERVAL',
  'EMIT',
  'WHERE',
  'WHEN',
  'JOIN',
  'IN',
  'IS',
];

/** Words near a fault that are misspelt, missing, or there twice. `at` is the place of the fault among the tokens. */
export function proposeWords(tokens: readonly SqlToken[], at: number, expected: string | undefined): Proposal[] {
  return [...respelt(tokens, at), ...leftOut(tokens, at, expected)];
}

function respelt(tokens: readonly SqlToken[], at: number): Proposal[] {
  const found: Proposal[] = [];
  for (let i = Math.max(0, at - 4); i <= Math.min(tokens.length - 1, at + 1); i++) {
    const token = tokens[i] as SqlToken;
    if (token.tokenType !== t.Identifier) continue;
    const word = token.image.toUpperCase();
    const split = RUN_TOGETHER.get(word);
    const near = split === undefined ? WORDS.filter((w) => !t.KEYWORDS.has(word) && isSlip(word, w)) : [split];
    for (const text of near)
      found.push({
        edits: [{ start: token.startOffset, end: token.endOffset + 1, text }],
        title: `write ${text} instead of ${token.image}`,
        cost: 1 + edits(word, text) * 0.2 + Math.abs(at - i) * 0.01,
      });
  }
  return found;
}

const isSlip = (word: string, meant: string): boolean =>
  word.length >= 2 && meant.length >= 2 && Math.abs(word.length - meant.length) <= 2 && edits(word, meant) <= (word.length <= 4 ? 1 : 2);

function leftOut(tokens: readonly SqlToken[], at: number, expected: string | undefined): Proposal[] {
  const asked = [...(expected ?? '').matchAll(/"([A-Z]+)"/g)].map((m) => m[1] as string);
  const words = [...new Set([...asked, ...LEFT_OUT])];
  return words.flatMap((word): Proposal[] =>
    [at, at - 1, at - 2].flatMap((i) => {
      if (i < 0) return [];
      const next = tokens[i];
      const start = (tokens[i - 1]?.endOffset ?? -1) + 1;
      const cost = (asked.includes(word) ? 1.5 : 3) + (at - i) * 0.2;
      const text = `${start > 0 ? ' ' : ''}${word}${next?.startOffset === start && /^\w/.test(next.image) ? ' ' : ''}`;
      return [{ edits: [{ start, end: start, text }], title: `write ${word} ${nameOfPlace(next?.image)}`, cost }];
    }),
  );
}

/** A word or sign near the fault that is too many. */
export function proposeLess(tokens: readonly SqlToken[], at: number): Proposal[] {
  return [at - 1, at, at - 2].flatMap((i) => {
    const token = tokens[i];
    if (!token) return [];
    const isSign = /^[^\w`'"]/.test(token.image);
    const twice = tokens[i - 1]?.image.toUpperCase() === token.image.toUpperCase();
    return [
      {
        edits: [{ start: token.startOffset, end: token.endOffset + 1, text: '' }],
        title: `leave out ${shown(token.image)}`,
        cost: (twice ? 1 : isSign ? 2 : 5) + Math.abs(at - i) * 0.1,
      },
    ];
  });
}
