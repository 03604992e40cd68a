import { generators, provideGenerators } from './generators.ts';
import { canGenerate } from './new-function.ts';

/** Loads what generates code where the host lets code be generated; to be awaited before a plan is built. */
export async function loadGenerators(needs: { readonly aggregates: boolean }): Promise<void> {
  if (!canGenerate()) return;
  const { generateSegment, aggregateSource } = generators();
  await Promise.all([
    generateSegment ?? import('./codegen/segment-kernel.ts').then((m) => provideGenerators({ generateSegment: m.generateSegment })),
    needs.aggregates && aggregateSource === undefined
      ? import('./codegen/aggregate-source.ts').then((m) =>
          provideGenerators({ aggregateSource: m.aggregateSource, keyFormOf: m.keyFormOf }),
        )
      : null,
  ]);
}
