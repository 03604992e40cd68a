import type { SqlToken } from '../token.ts';
import * as t from '../token-types.ts';
import { nameOfPlace, type Proposal, shown } from './mend.ts';

/** Signs of other languages and of word processors, and what SQL has for them. */
const SIGNS: readonly (readonly [wrong: string, right: string])[] = [
  ['===', '='],
  ['==', '='],
  ['=>', '>='],
  ['=<', '<='],
  ['=!', '!='],
  ['!==', '!='],
  ['><', '<>'],
  ['&&', ' AND '],
  ['||', ' OR '],
  ['≥', '>='],
  ['≤', '<='],
  ['≠', '!='],
  ['×', '*'],
  ['÷', '/'],
  ['−', '-'],
  ['–', '-'],
  ['|', ' OR '],
  ['&', ' AND '],
  ['!', ' NOT '],
];
const CURLY = /[‘’‚‛´“”„]/g;

/** Commas and parentheses that are missing. */
export function proposeSigns(tokens: readonly SqlToken[], at: number): Proposal[] {
  const found: Proposal[] = [];
  const insert = (i: number, text: string, cost: number): void => {
    const next = tokens[i];
    const start = next?.startOffset ?? (tokens.at(-1)?.endOffset ?? -1) + 1;
    // A comma and a closing parenthesis belong to the word before them.
    const place = text === '(' ? start : (tokens[i - 1]?.endOffset ?? start - 1) + 1;
    found.push({ edits: [{ start: place, end: place, text }], title: `write ${shown(text)} ${nameOfPlace(next?.image)}`, cost });
  };
  for (const i of [at, at - 1, at - 2]) if (i > 0) insert(i, ',', 1.8 + (at - i) * 0.3);
  for (let i = at, depth = 0; i > Math.max(0, at - 12) && depth <= 1; i--) {
    insert(i, ')', 2 + (at - i) * 0.05);
    if (tokens[i - 1]?.tokenType === t.LParen) depth++;
  }
  for (const i of [at - 1, at, at - 2, at + 1]) if (i > 0 && i <= tokens.length) insert(i, '(', 2.2 + Math.abs(at - 1 - i) * 0.1);
  const [before, here] = [tokens[at - 1], tokens[at]];
  if (before && here)
    found.push({
      edits: [
        { start: before.startOffset, end: before.endOffset + 1, text: here.image },
        { start: here.startOffset, end: here.endOffset + 1, text: before.image },
      ],
      title: `swap ${shown(before.image)} and ${shown(here.image)}`,
      cost: 3.5,
    });
  return [...found, ...wrapped(tokens, at), ...otherToken(tokens, at)];
}

/** A value or a list of them without the parentheses around it: `IN 'a', 'b'`, `TUMBLING 5m`. */
function wrapped(tokens: readonly SqlToken[], at: number): Proposal[] {
  const isWord = (i: number): boolean => /^[\w'"`]/.test(tokens[i]?.image ?? '');
  if (!isWord(at)) return [];
  const start = (tokens[at] as SqlToken).startOffset;
  const ends: number[] = [at];
  // `5m` are two tokens, a list has commas between its values.
  if (isWord(at + 1)) ends.push(at + 1);
  for (let i = at; tokens[i + 1]?.tokenType === t.Comma && isWord(i + 2); i += 2) ends.push(i + 2);
  return ends.toReversed().map((i, k) => {
    const end = (tokens[i] as SqlToken).endOffset + 1;
    return {
      edits: [
        { start, end: start, text: '(' },
        { start: end, end, text: ')' },
      ],
      title: `write parentheses around ${shown((tokens[at] as SqlToken).image)}`,
      cost: 1.7 + k * 0.1,
    };
  });
}

/** Words and signs that stand for others: `IS 'paid'`, `a > 1, b > 2`, `BETWEEN 1, 5`. */
function otherToken(tokens: readonly SqlToken[], at: number): Proposal[] {
  return [at - 1, at, at - 2].flatMap((i): Proposal[] => {
    const token = tokens[i];
    const text = token?.tokenType === t.K.IS ? '=' : token?.tokenType === t.Comma ? 'AND' : undefined;
    if (!token || text === undefined) return [];
    const before = tokens[i - 1]?.endOffset === token.startOffset - 1 ? ' ' : '';
    return [
      {
        edits: [{ start: token.startOffset, end: token.endOffset + 1, text: `${before}${text}` }],
        title: `write ${text} instead of ${shown(token.image)}`,
        cost: 1.9 + Math.abs(at - i) * 0.1,
      },
    ];
  });
}

/** What lacks in a place that the grammar has a word for: the AND of BETWEEN, the IS before NOT. */
export function proposeLacking(tokens: readonly SqlToken[], at: number, reason: string): Proposal[] {
  const found: Proposal[] = [];
  for (const token of tokens.slice(at, at + 6)) {
    const { startOffset: start, endOffset, image } = token;
    if (reason === 'between-without-and' && token.tokenType === t.Comma)
      found.push({ edits: [{ start, end: endOffset + 1, text: ' AND' }], title: `write AND instead of ${shown(image)}`, cost: 0.8 });
    const equals = tokens[tokens.indexOf(token) + 1];
    if (reason === 'dangling-not' && token.tokenType === t.K.NOT && equals?.tokenType === t.Equals)
      found.push({ edits: [{ start, end: equals.endOffset + 1, text: '!=' }], title: 'write != instead of NOT =', cost: 0.7 });
    if (reason === 'dangling-not' && token.tokenType === t.K.NOT)
      found.push({ edits: [{ start, end: start, text: 'IS ' }], title: 'write IS before NOT', cost: 0.8 });
  }
  return found;
}

/** Signs around the fault that SQL writes otherwise. */
export function proposeOtherSigns(sql: string, start: number): Proposal[] {
  const from = Math.max(0, start - 2);
  const near = sql.slice(from, start + 3);
  const apart = /([!<>=])\s+([=>])/.exec(sql.slice(from, start + 4));
  if (apart) {
    const [text, place] = [`${apart[1]}${apart[2]}`, from + apart.index];
    return [{ edits: [{ start: place, end: place + apart[0].length, text }], title: `write ${text} without a space in it`, cost: 0.9 }];
  }
  const [wrong, right] = SIGNS.find(([sign]) => near.includes(sign)) ?? [];
  const at = wrong === undefined ? -1 : from + near.indexOf(wrong);
  const swapped: Proposal[] =
    wrong === undefined || right === undefined
      ? []
      : [{ edits: [{ start: at, end: at + wrong.length, text: right }], title: `write ${right.trim()} instead of ${wrong}`, cost: 0.9 }];
  const curly = [...sql.matchAll(CURLY)].map((m) => ({ start: m.index, end: m.index + 1, text: "'" }));
  return curly.length === 0 ? swapped : [{ edits: curly, title: 'write straight quotes instead of curly ones', cost: 1 }, ...swapped];
}

/** Places where a text in quotes that is never closed may end: after its word, before what closes its place, at the end of the line. */
export function proposeQuotes(sql: string, start: number): Proposal[] {
  const isComment = sql.startsWith('/*', start);
  const mark = isComment ? ' */' : (sql[start] ?? "'");
  const from = start + (isComment ? 2 : 1);
  const rest = sql.slice(from);
  const patterns = isComment ? [/\s*(?:\n|$)/] : [/[\s,)]/, /\s+(?:AND|OR|THEN|ELSE|END|GROUP|WINDOW|EMIT|AS)\b/i, /[,)]/, /\n|$/];
  return [...new Set(patterns.map((pattern) => rest.search(pattern)))]
    .filter((end) => end > 0)
    .map((end, i) => {
      const place = from + end;
      const what = isComment ? 'comment' : 'text';
      return {
        edits: [{ start: place, end: place, text: mark }],
        title: `close the ${what} ${sql.slice(start, place)}`,
        cost: 1 + i * 0.2,
      };
    });
}
