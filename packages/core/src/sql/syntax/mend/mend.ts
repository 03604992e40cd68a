/** One change of a text that does not parse. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A change that was thought of; whether the text parses with it is found by trying. */
export interface Proposal {
  readonly edits: readonly Edit[];
  /** What it does, as an order: `write FROM instead of FORM`. */
  readonly title: string;
  /** The lower, the likelier it is what was meant. */
  readonly cost: number;
}

/** A change with which a text parses. */
export interface Mend {
  readonly sql: string;
  /** What was changed, as orders, one for each mistake. */
  readonly changes: readonly string[];
}

/** Applies edits that do not overlap. */
export function applied(sql: string, edits: readonly Edit[]): string {
  return edits.toSorted((a, b) => b.start - a.start).reduce((text, e) => text.slice(0, e.start) + e.text + text.slice(e.end), sql);
}

/** How a place in a text is called: the word there, or the end. */
export const nameOfPlace = (text: string | undefined): string => (text === undefined ? 'at the end' : `before ${shown(text)}`);

/** A word as it stands, a sign in quotes. */
export const shown = (text: string): string => (/^[\w`'"]/.test(text) ? text : `"${text}"`);
