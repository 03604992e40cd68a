import type { Span } from '../../diagnostics/span.ts';

export type CompletionKind = 'keyword' | 'relation' | 'column' | 'function' | 'snippet' | 'type' | 'property';

/** One proposal of an editor. */
export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** Text to insert; plain, without placeholders. */
  readonly insertText: string;
  /** Type of a column, signature of a function, kind of a relation. */
  readonly detail?: string;
  readonly documentation?: string;
  /** Order among proposals; by label where absent. */
  readonly sortText?: string;
  /** What `insertText` replaces. */
  readonly replace: Span;
}

/** A proposal before it is placed. */
export type Proposal = Omit<Completion, 'replace'>;

export const keyword = (label: string, sort = '5'): Proposal => ({
  label,
  kind: 'keyword',
  insertText: label,
  sortText: `${sort}${label}`,
});
export const snippet = (label: string, insertText: string, documentation: string): Proposal => ({
  label,
  kind: 'snippet',
  insertText,
  documentation,
  sortText: `4${label}`,
});
