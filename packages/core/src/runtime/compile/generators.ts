import type { aggregateSource, keyFormOf } from './codegen/aggregate-source.ts';
import type { generateSegment } from './codegen/segment-kernel.ts';

/** What writes loops as source. A page loads it when it may generate code (`loadGenerators`); closures do without. */
export interface Generators {
  readonly aggregateSource: typeof aggregateSource;
  readonly generateSegment: typeof generateSegment;
  readonly keyFormOf: typeof keyFormOf;
}

/** Code, not state: the same for every engine of the page. */
let loaded: Generators | null = null;

/** Null until they are loaded: then everything is interpreted. */
export const generators = (): Generators | null => loaded;

/** Makes generated loops available to plans that are built from now on. */
export function provideGenerators(all: Generators): void {
  loaded = all;
}
