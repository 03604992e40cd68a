import { generators } from './generators.ts';
import { canGenerate } from './new-function.ts';

/** Loads what generates code where the host lets code be generated; to be awaited before a plan is built. */
export async function loadGenerators(): Promise<void> {
  if (generators() !== null || !canGenerate()) return;
  const { provideAllGenerators } = await import('./all-generators.ts');
  provideAllGenerators();
}
