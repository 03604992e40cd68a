import type { Span } from '../../diagnostics/span.ts';

/** A kind of token. A category stands for all types that were made with it. */
export interface TokenType {
  readonly name: string;
  /** Its number among all types, from 0. */
  readonly index: number;
  readonly categories: readonly TokenType[];
  /** Of a category: the types that belong to it, directly or through another one. */
  readonly members: ReadonlySet<TokenType>;
}

let made = 0;

export function createTokenType(name: string, categories: readonly TokenType[] = []): TokenType {
  const type: TokenType = { name, index: made++, categories, members: new Set() };
  const join = (category: TokenType): void => {
    // only this function adds members
    (category.members as Set<TokenType>).add(type);
    category.categories.forEach(join);
  };
  categories.forEach(join);
  return type;
}

/** How many types there are; all are made when the vocabulary loads. */
export const tokenTypeCount = (): number => made;

/** One token as the grammar sees it. `endOffset` is inclusive; `value` is the text without quotes. */
export class SqlToken {
  readonly image: string;
  readonly startOffset: number;
  readonly endOffset: number;
  readonly tokenType: TokenType;
  readonly value: string;

  constructor(tokenType: TokenType, image: string, startOffset: number, value: string) {
    this.tokenType = tokenType;
    this.image = image;
    this.startOffset = startOffset;
    this.endOffset = startOffset + image.length - 1;
    this.value = value;
  }
}

/** What follows the last token. */
export const EOF = createTokenType('EOF');

export const matches = (token: SqlToken, type: TokenType): boolean => token.tokenType === type || type.members.has(token.tokenType);
export const tokenSpan = (token: SqlToken): Span => ({ start: token.startOffset, end: token.endOffset + 1 });
/** Text of a token without its quotes. */
export const tokenValue = (token: SqlToken): string => token.value;
/** Whether nothing stands between two tokens. */
export const adjacent = (left: SqlToken, right: SqlToken): boolean => left.endOffset === right.startOffset - 1;
