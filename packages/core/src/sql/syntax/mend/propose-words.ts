import { editDistance } from '../edit-distance.ts';
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
  return [...respelt(tokens, at), ...leftOut(tokens, at, expected), ...asName(tokens, at, expected), ...topRows(tokens)];
}

/** What a name can not be without quotes, or in two words; and a word where another is asked for. */
function asName(tokens: readonly SqlToken[], at: number, expected: string | undefined): Proposal[] {
  const [before, here] = [tokens[at - 1], tokens[at]];
  const found: Proposal[] = [];
  if (here && t.isReserved(here.image.toUpperCase()) && /name/.test(expected ?? ''))
    found.push({
      edits: [{ start: here.startOffset, end: here.endOffset + 1, text: `\`${here.image}\`` }],
      title: `write \`${here.image}\` in back-ticks`,
      cost: 1.4,
    });
  if (before && here?.tokenType === t.Identifier && before.tokenType === t.Identifier)
    found.push({
      edits: [{ start: before.endOffset + 1, end: here.startOffset, text: '_' }],
      title: `write ${before.image}_${here.image} in one word`,
      cost: 1.9,
    });
  const asked = /"([A-Z]+)"/.exec(expected ?? '')?.[1];
  for (const token of [before, here])
    if (asked !== undefined && token && /^[A-Za-z]+$/.test(token.image))
      found.push({
        edits: [{ start: token.startOffset, end: token.endOffset + 1, text: asked }],
        title: `write ${asked} instead of ${token.image}`,
        cost: t.KEYWORDS.has(token.image.toUpperCase()) ? 1.3 : 2.5,
      });
  return found;
}

/** `SELECT TOP 10 a` of other systems: LIMIT before EMIT, or at the end. */
function topRows(tokens: readonly SqlToken[]): Proposal[] {
  const at = tokens.findIndex((token, i) => /^TOP$/i.test(token.image) && tokens[i - 1]?.tokenType === t.K.SELECT);
  const [top, count, next] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (at < 0 || !top || !next || count?.tokenType !== t.IntegerNumber) return [];
  const emit = tokens.find((token) => token.tokenType === t.K.EMIT);
  const place = emit?.startOffset ?? (tokens.at(-1)?.endOffset ?? 0) + 1;
  return [
    {
      edits: [
        { start: top.startOffset, end: next.startOffset, text: '' },
        { start: place, end: place, text: emit ? `LIMIT ${count.image} ` : ` LIMIT ${count.image}` },
      ],
      title: `write LIMIT ${count.image} instead of TOP ${count.image}`,
      cost: 0.7,
    },
  ];
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
        cost: 1 + editDistance(word, text, 9) * 0.2 + Math.abs(at - i) * 0.01,
      });
  }
  return found;
}

const isSlip = (word: string, meant: string): boolean =>
  word.length >= 2 && meant.length >= 2 && editDistance(word, meant, 2) <= (word.length <= 4 ? 1 : 2);

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
