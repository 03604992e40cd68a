import type { ReactNode } from 'react';
import type { DiffLine } from '../text/diff-lines.ts';

const SIGNS = { same: ' ', added: '+', removed: '−' } as const;
const WORDS = { same: '', added: 'added: ', removed: 'removed: ' } as const;

/** Changed lines with a sign, a word for those who hear them, and a colour. */
export function DiffView({ lines, label }: { readonly lines: readonly DiffLine[]; readonly label: string }): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and without it nobody could with the keyboard
    <section className="velo-diff-lines velo-scroll" aria-label={label} tabIndex={0}>
      {lines.map(({ kind, text }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has nothing else, and a diff is drawn as a whole
        <div key={i} data-line={kind}>
          <span aria-hidden="true">{SIGNS[kind]}</span>
          <span data-visually-hidden="">{WORDS[kind]}</span>
          {text}
        </div>
      ))}
    </section>
  );
}
