import { hasRareBinders } from '../../bind/rare-binders.ts';
import { hasRareBuilders } from './rare-builders.ts';

/** Loads the rest of the planner once a script needed the rest of the binder; to be awaited before what was bound is planned. */
export async function loadBuilders(): Promise<void> {
  if (hasRareBuilders() || !hasRareBinders()) return;
  const { provideAllBuilders } = await import('./all-builders.ts');
  provideAllBuilders();
}
