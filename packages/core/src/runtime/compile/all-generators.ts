import { aggregateSource, keyFormOf } from './codegen/aggregate-source.ts';
import { generateSegment } from './codegen/segment-kernel.ts';
import { provideGenerators } from './generators.ts';

/** Provides everything that generates code at once. */
export function provideAllGenerators(): void {
  provideGenerators({ aggregateSource, generateSegment, keyFormOf });
}
