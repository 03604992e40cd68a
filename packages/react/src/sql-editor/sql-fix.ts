import type { Diagnostic } from '@velostream/core/protocol';

export interface SqlFix {
  readonly label: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The whole text with the fix in it. */
  readonly sql: string;
}

/** `Did you mean "price"?`, `write "price"`: hints that name what to put in the place of the faulty words. */
const INSTEAD = /\b(?:did you mean|write|use)\s+(?:"([^"\n]{1,120})"|`([^`\n]{1,120})`)/i;

/** The fix that a hint names; `null` where it names none. */
export function fixOf({ hint, start, end }: Diagnostic, sql: string): SqlFix | null {
  const match = hint === undefined ? null : INSTEAD.exec(hint);
  const word = match?.[1] ?? match?.[2];
  if (word === undefined || end <= start || end > sql.length || /\s/.test(sql.slice(start, end).trim())) return null;
  const before = sql.slice(start, end);
  if (before === word) return null;
  return { label: `Replace with ${word}`, start, end, text: word, sql: sql.slice(0, start) + word + sql.slice(end) };
}
