import { bindDelete, bindUpdate } from './bind-change.ts';
import { bindCreate } from './bind-create.ts';
import { bindInsert } from './bind-insert.ts';
import { bindJoin } from './bind-join.ts';
import { bindOver } from './bind-over.ts';
import { bindSubquery } from './bind-subquery.ts';
import { bindUnion } from './bind-union.ts';
import { finishJoins } from './join-times.ts';
import { keyOfInput } from './property-keys.ts';
import { hasRareBinders, provideRareBinders } from './rare-binders.ts';

/** Makes the whole binder available. Does nothing the second time. */
export function provideAllBinders(): void {
  if (hasRareBinders()) return;
  provideRareBinders({
    bindCreate,
    bindDelete,
    bindInsert,
    bindJoin,
    bindOver,
    bindSubquery,
    bindUnion,
    bindUpdate,
    finishJoins,
    keyOfInput,
  });
}
