import type { Comment } from '../../ast/index.ts';

/** A piece of printed text and where its source stood, so that comments find their place again. */
export interface Line {
  readonly text: string;
  /** Offset in the source; lines that add no place of their own take that of the line before. */
  readonly at?: number;
}

export const line = (text: string, at?: number): Line => (at === undefined ? { text } : { text, at });
export const indent = (lines: readonly Line[], by = '  '): Line[] => lines.map((l) => ({ ...l, text: l.text === '' ? '' : by + l.text }));
/** Appends to the last line. */
export const suffix = (lines: readonly Line[], text: string): Line[] =>
  lines.map((l, i) => (i === lines.length - 1 ? { ...l, text: l.text + text } : l));
/** Puts text before the first line. */
export const prefix = (text: string, lines: readonly Line[]): Line[] => lines.map((l, i) => (i === 0 ? { ...l, text: text + l.text } : l));
/** All lines as one; brackets keep no space inside. */
export function inline(lines: readonly Line[]): string {
  let text = '';
  for (const l of lines) {
    const part = l.text.trim();
    text += text === '' || text.endsWith('(') || part.startsWith(')') ? part : ` ${part}`;
  }
  return text;
}

/** Widest line before a list is broken into one entry a line. */
export const WIDTH = 100;

/** Text with every comment before the line that it stood before; what is left over comes at the end. */
export function withComments(
  lines: readonly Line[],
  comments: readonly Comment[],
): { readonly text: string; readonly endsInComment: boolean } {
  const pending = [...comments];
  const out: string[] = [];
  for (const { text, at } of lines) {
    const margin = /^ */.exec(text)?.[0] ?? '';
    while (at !== undefined && pending[0] && pending[0].span.start < at) out.push(margin + commentText(pending.shift() as Comment));
    out.push(text);
  }
  out.push(...pending.map(commentText));
  return { text: out.join('\n'), endsInComment: pending.length > 0 };
}

export const commentText = (comment: Comment): string => (comment.text === '' ? '--' : `-- ${comment.text}`);
