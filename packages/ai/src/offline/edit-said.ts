import type { ColumnRef } from './column-facts.ts';
import type { Act, Acts } from './edit-acts.ts';
import type { Slots } from './edit-slots.ts';
import type { SqlParts } from './sql-parts.ts';

/** A change in words beside the query that it changes. */
export interface Said {
  readonly slots: Slots;
  readonly acts: Acts;
  /** Something is taken away; said twice it is given back. */
  readonly isTaken: boolean;
  readonly isGivenBack: boolean;
  readonly parts: SqlParts;
  readonly columns: readonly ColumnRef[];
}

/** What a change of one kind makes of the query; a text is a plainer way to say it. */
export type Way = (said: Said) => SqlParts | string | undefined;

export const has = ({ acts }: Said, ...any: readonly Act[]): boolean => any.some((a) => acts.acts.has(a));
