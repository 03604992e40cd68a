import type { Span } from '../../diagnostics/span.ts';

/** Every node of the syntax tree carries the place it was written. Spans never take part in equality. */
export interface AstNode {
  readonly span: Span;
}

/** A name as written. `quoted` when it stood in back-ticks or quotes. */
export interface Name extends AstNode {
  readonly text: string;
  readonly quoted: boolean;
}

/** What a FROM, JOIN or INTO points at: a registered name or a URI (`kafka://…`, `file:///…`). */
export type RelationName =
  | (AstNode & { readonly kind: 'name'; readonly name: Name })
  | (AstNode & { readonly kind: 'uri'; readonly uri: string });

/** A type as written, e.g. `DECIMAL(12,2)`, `ARRAY<STRING>`. */
export interface TypeName extends AstNode {
  /** Upper case, `DOUBLE PRECISION` as one word. */
  readonly name: string;
  /** Numbers in parentheses: precision and scale, length. */
  readonly arguments: readonly number[];
  /** Element types: one for ARRAY, two for MAP. */
  readonly elements: readonly TypeName[];
  /** STRUCT and ROW. */
  readonly fields: readonly { readonly name: Name; readonly type: TypeName }[];
}

/** One `'key' = value` of a WITH list. */
export interface Property extends AstNode {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: string | number | boolean;
  readonly valueSpan: Span;
}
