import type { ReactNode } from 'react';

/** Grey lines where content will stand. */
export function Skeleton({ lines = 4, label = 'Loading' }: { readonly lines?: number; readonly label?: string }): ReactNode {
  return (
    <div className="velo-skeleton" role="img" aria-label={label}>
      {Array.from({ length: lines }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are alike and never move
        <div key={i} />
      ))}
    </div>
  );
}
