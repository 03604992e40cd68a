import type { TimeSettings } from './bound.ts';

/** Values of `late.data.strategy` (§6.5). */
const LATE: ReadonlyMap<string, TimeSettings['late']> = new Map([
  ['drop', 'drop'],
  ['dead_letter', 'dead-letter'],
  ['include_in_next_window', 'include-in-next-window'],
  ['update_previous', 'update-previous'],
] as const);

export const LATE_STRATEGIES: readonly string[] = [...LATE.keys()];

/** The policy of that name, in any case and with `-` or `_`; null when there is none. */
export const latePolicy = (text: string): TimeSettings['late'] | null => LATE.get(text.toLowerCase().replaceAll('-', '_')) ?? null;
