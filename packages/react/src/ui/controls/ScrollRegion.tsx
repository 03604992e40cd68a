import type { ReactNode } from 'react';

/** A place that scrolls, reachable by keyboard, as the ARIA practice for scrollable regions asks. */
export function ScrollRegion({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it, nobody could scroll with the keyboard
    <section className="velo-scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
