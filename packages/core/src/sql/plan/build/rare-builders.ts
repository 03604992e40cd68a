import { assert } from '../../../diagnostics/assert.ts';
import type { buildJoin } from './build-join.ts';
import type { buildOver } from './build-over.ts';
import type { buildRank, rankingOf } from './build-rank.ts';
import type { buildUnion } from './build-union.ts';
import type { groupPairs, onlyWholePairs } from './sliding-join.ts';

/** Planners of what a SELECT over one relation does not have. A page loads them when a script does (`loadBuilders`). */
export interface RareBuilders {
  readonly buildJoin: typeof buildJoin;
  readonly buildOver: typeof buildOver;
  readonly buildRank: typeof buildRank;
  readonly buildUnion: typeof buildUnion;
  readonly groupPairs: typeof groupPairs;
  readonly onlyWholePairs: typeof onlyWholePairs;
  readonly rankingOf: typeof rankingOf;
}

/** Code, not state: the same for every engine of the page. */
let loaded: RareBuilders | null = null;

/** Makes the parts available to queries that are planned from now on. */
export function provideRareBuilders(parts: RareBuilders): void {
  loaded = parts;
}

/** Whether the parts are available. */
export const hasRareBuilders = (): boolean => loaded !== null;

/** The parts; they have been loaded. */
export function rareBuilders(): RareBuilders {
  assert(loaded !== null, 'the planner of a script is loaded before it is planned');
  return loaded;
}
