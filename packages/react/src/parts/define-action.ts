import type { ReactNode } from 'react';
import { definePart, type Part } from './define-part.ts';

/** A button for something that may not be possible now. `action` is `null` then, and the button says so by being disabled. */
export interface ActionState {
  readonly action: (() => void) | null;
  readonly label: ReactNode;
  readonly isPending?: boolean;
  /** Leaves the button out instead of disabling it. */
  readonly isAbsent?: boolean;
}

/** Makes a button part from a hook that returns a callback or `null`. */
export const defineAction = (name: string, use: (part: string) => ActionState): Part<'button', ActionState> =>
  definePart({
    name,
    tag: 'button',
    use,
    own: ({ action, label, isPending, isAbsent }) =>
      isAbsent
        ? null
        : {
            type: 'button',
            disabled: action === null || isPending === true,
            'aria-busy': isPending === true ? true : undefined,
            'data-pending': isPending ? '' : undefined,
            onClick: action ? () => action() : undefined,
            children: label,
          },
  });
