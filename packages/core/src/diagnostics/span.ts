/** Half-open range of UTF-16 offsets into the text the user wrote. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const spanOver = (first: Span, last: Span): Span => ({ start: first.start, end: Math.max(first.end, last.end) });
export const NO_SPAN: Span = { start: 0, end: 0 };
