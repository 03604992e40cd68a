import type { ReactNode } from 'react';
import { ICON_PATHS, type IconName } from '../icon-paths.ts';

/** A small outline. Decoration: a word beside it says the same. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }): ReactNode {
  return (
    <svg className="velo-icon" viewBox="0 0 16 16" width={size} height={size} aria-hidden="true" focusable="false">
      <path d={ICON_PATHS[name]} />
    </svg>
  );
}
