import { provideAllFunctions } from '../functions/all-functions.ts';
import { provideAllBinders } from './all-binders.ts';

/**
 * Makes every part of the language known at once, for callers that cannot wait: `validate`, `explain` and the editor's
 * services. The engine loads parts when a script needs them. Costs nothing the second time.
 */
export function provideWholeLanguage(): void {
  provideAllFunctions();
  provideAllBinders();
}
