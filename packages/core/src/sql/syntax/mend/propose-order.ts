import type { SqlToken } from '../token.ts';
import * as t from '../token-types.ts';
import type { Proposal } from './mend.ts';

const { K } = t;
/** Words that begin a clause, in the order of clauses. */
const CLAUSES = [K.SELECT, K.FROM, K.WHERE, K.GROUP, K.WINDOW, K.HAVING, K.ORDER, K.LIMIT, K.EMIT, K.INTO];

/** The clauses of the query around the fault in the order in which they have to stand. */
export function proposeOrder(sql: string, tokens: readonly SqlToken[], at: number): Proposal[] {
  const depths = depthsOf(tokens);
  const depth = depths[Math.min(at, tokens.length - 1)] ?? 0;
  const [first, last] = bounds(tokens, depths, at, depth);
  const begins: number[] = [];
  for (let i = first; i <= last; i++) if (depths[i] === depth && CLAUSES.includes((tokens[i] as SqlToken).tokenType)) begins.push(i);
  const parts = begins.map((begin, k) => {
    const end = (begins[k + 1] ?? last + 1) - 1;
    const [from, to] = [tokens[begin] as SqlToken, tokens[end] as SqlToken];
    return { rank: CLAUSES.indexOf(from.tokenType), word: from.image, start: from.startOffset, end: to.endOffset + 1 };
  });
  const sorted = parts.toSorted((a, b) => a.rank - b.rank);
  const moved = parts.filter((part, i) => part !== sorted[i]);
  if (moved.length === 0) return [];
  const edits = parts.map((part, i) => {
    const now = sorted[i] ?? part;
    return { start: part.start, end: part.end, text: sql.slice(now.start, now.end) };
  });
  const words = sorted.filter((part) => moved.includes(part)).map((part) => part.word.toUpperCase());
  return [{ edits, title: `write ${words.join(' before ')}`, cost: 1.2 }];
}

function depthsOf(tokens: readonly SqlToken[]): number[] {
  let depth = 0;
  return tokens.map(({ tokenType }) => {
    if (tokenType === t.LParen) return depth++;
    return tokenType === t.RParen ? --depth : depth;
  });
}

/** First and last token of the query that a token belongs to: up to the parentheses around it, or the statement's ends. */
function bounds(tokens: readonly SqlToken[], depths: readonly number[], at: number, depth: number): [number, number] {
  const ends = (i: number): boolean => (depths[i] ?? 0) < depth || tokens[i]?.tokenType === t.Semicolon;
  let first = Math.min(at, tokens.length - 1);
  while (first > 0 && !ends(first - 1)) first--;
  let last = Math.min(at, tokens.length - 1);
  while (last < tokens.length - 1 && !ends(last + 1)) last++;
  return [first, last];
}
