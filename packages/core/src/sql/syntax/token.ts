import type { IToken, TokenType } from 'chevrotain';
import type { Span } from '../../diagnostics/span.ts';

/** One token as the grammar sees it. `endOffset` is inclusive, as chevrotain wants it; `value` is the text without quotes. */
export class SqlToken implements IToken {
  readonly image: string;
  readonly startOffset: number;
  readonly endOffset: number;
  readonly tokenType: TokenType;
  readonly tokenTypeIdx: number;
  readonly value: string;

  constructor(tokenType: TokenType, image: string, startOffset: number, value: string) {
    this.tokenType = tokenType;
    // chevrotain numbers every type when it is created
    this.tokenTypeIdx = tokenType.tokenTypeIdx as number;
    this.image = image;
    this.startOffset = startOffset;
    this.endOffset = startOffset + image.length - 1;
    this.value = value;
  }
}

export const tokenSpan = (token: IToken): Span => ({ start: token.startOffset, end: (token.endOffset as number) + 1 });
/** Text of a token without its quotes. All tokens that reach the grammar come from `scan`. */
export const tokenValue = (token: IToken): string => (token as SqlToken).value;
/** Whether nothing stands between two tokens. */
export const adjacent = (left: IToken, right: IToken): boolean => left.endOffset === right.startOffset - 1;
