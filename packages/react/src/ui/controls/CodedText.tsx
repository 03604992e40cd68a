import type { ReactNode } from 'react';

/** A sentence in which names stand between back ticks: those are set as code. */
export function CodedText({ text }: { readonly text: string }): ReactNode {
  // Every second piece stood between two back ticks; a last one without its partner is text.
  const pieces = text.split('`');
  return pieces.map((piece, i) => {
    const key = `${i}:${piece}`;
    if (i % 2 === 0) return piece;
    return i === pieces.length - 1 ? `\`${piece}` : <code key={key}>{piece}</code>;
  });
}
