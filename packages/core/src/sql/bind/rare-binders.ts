import { assert } from '../../diagnostics/assert.ts';
import type { bindDelete, bindUpdate } from './bind-change.ts';
import type { bindCreate } from './bind-create.ts';
import type { bindInsert } from './bind-insert.ts';
import type { bindJoin } from './bind-join.ts';
import type { bindOver } from './bind-over.ts';
import type { bindSubquery } from './bind-subquery.ts';
import type { bindUnion } from './bind-union.ts';
import type { finishJoins } from './join-times.ts';
import type { keyOfInput } from './property-keys.ts';

/** Binders of what a SELECT over one relation does not have. A page loads them when a script does (`loadBinders`). */
export interface RareBinders {
  readonly bindCreate: typeof bindCreate;
  readonly bindDelete: typeof bindDelete;
  readonly bindInsert: typeof bindInsert;
  readonly bindJoin: typeof bindJoin;
  readonly bindOver: typeof bindOver;
  readonly bindSubquery: typeof bindSubquery;
  readonly bindUnion: typeof bindUnion;
  readonly bindUpdate: typeof bindUpdate;
  readonly finishJoins: typeof finishJoins;
  readonly keyOfInput: typeof keyOfInput;
}

/** Code, not state: the same for every engine of the page. */
let loaded: RareBinders | null = null;

/** Makes the parts available to scripts that are bound from now on. */
export function provideRareBinders(parts: RareBinders): void {
  loaded = parts;
}

/** Whether the parts are available. */
export const hasRareBinders = (): boolean => loaded !== null;

/** The parts; they have been loaded. */
export function rareBinders(): RareBinders {
  assert(loaded !== null, 'the binder of a script is loaded before it is bound');
  return loaded;
}
