import type { Span } from '../../diagnostics/span.ts';
import type { Comment } from '../ast/index.ts';
import { scan } from '../syntax/scan.ts';
import { matches, type SqlToken } from '../syntax/token.ts';
import * as t from '../syntax/token-types.ts';

/** Where a person's cursor stands in a text, in tokens: works on text that does not parse. */
export interface Cursor {
  readonly sql: string;
  readonly offset: number;
  /** Tokens of the statement around the cursor. */
  readonly tokens: readonly SqlToken[];
  /** How many of them end before the cursor, the touched word left out. */
  readonly index: number;
  /** Word, number or string that the cursor is in or right behind. */
  readonly word: SqlToken | undefined;
  /** What an accepted completion replaces: the touched word, else nothing. */
  readonly replace: Span;
  readonly comment: Comment | undefined;
  /** 0-based index of the statement among those of the text. */
  readonly statement: number;
}

const end = (token: SqlToken): number => token.endOffset + 1;
const isWord = (token: SqlToken): boolean => /^[\p{L}_`"'\d]/u.test(token.image);

export function cursorAt(sql: string, offset: number): Cursor {
  const at = Math.max(0, Math.min(offset, sql.length));
  const { tokens, comments } = scan(sql);
  const { own, statement } = statementAround(tokens, at);
  const word = own.find((token) => token.startOffset < at && at <= end(token) && isWord(token) && !closedBefore(token, at));
  const index = own.findIndex((token) => token === word || token.startOffset >= at);
  const comment = comments.find((c) => c.span.start < at && at <= c.span.end);
  const replace = word ? { start: word.startOffset, end: end(word) } : { start: at, end: at };
  return { sql, offset: at, tokens: own, index: index < 0 ? own.length : index, word, replace, comment, statement };
}

/** Right behind a closed string or quoted name nothing is being typed. */
const closedBefore = (token: SqlToken, at: number): boolean =>
  at === end(token) && /^(["'`])[\s\S]*\1$/.test(token.image) && token.image.length > 1;

function statementAround(tokens: readonly SqlToken[], at: number): { own: SqlToken[]; statement: number } {
  let own: SqlToken[] = [];
  let statement = 0;
  for (const token of tokens) {
    if (token.tokenType !== t.Semicolon) own.push(token);
    else if (token.startOffset >= at) break;
    else {
      if (own.length > 0) statement++;
      own = [];
    }
  }
  return { own, statement };
}

/** Token under the offset, its first and last character included. */
export function tokenAt(cursor: Cursor): { readonly token: SqlToken; readonly index: number } | undefined {
  const { tokens, offset } = cursor;
  let index = tokens.findIndex((token) => token.startOffset <= offset && offset < end(token));
  const under = tokens[index];
  if (!under || !isWord(under)) {
    const before = tokens.findIndex((token) => offset === end(token) && isWord(token));
    if (before >= 0) index = before;
  }
  const token = tokens[index];
  return token && { token, index };
}

export const upper = (token: SqlToken | undefined): string => token?.image.toUpperCase() ?? '';
export const isName = (token: SqlToken | undefined): boolean => token !== undefined && matches(token, t.Name);

/** Indexes of the brackets that are open before token `index`, outermost first. */
export function openBrackets(tokens: readonly SqlToken[], index: number): number[] {
  const open: number[] = [];
  for (let i = 0; i < index; i++) {
    const type = tokens[i]?.tokenType;
    if (type === t.LParen || type === t.LBracket) open.push(i);
    else if (type === t.RParen || type === t.RBracket) open.pop();
  }
  return open;
}

/** Index of the bracket that closes the one at `open`; the number of tokens when none does. */
export function closingOf(tokens: readonly SqlToken[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    const type = tokens[i]?.tokenType;
    if (type === t.LParen || type === t.LBracket) depth++;
    else if ((type === t.RParen || type === t.RBracket) && --depth === 0) return i;
  }
  return tokens.length;
}
