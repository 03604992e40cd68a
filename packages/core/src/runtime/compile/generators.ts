import type { aggregateSource, keyFormOf } from './codegen/aggregate-source.ts';
import type { generateSegment } from './codegen/segment-kernel.ts';

/** What writes loops as source. A page loads it when it may generate code (`loadGenerators`); closures do without. */
export interface Generators {
  readonly generateSegment: typeof generateSegment;
  readonly aggregateSource: typeof aggregateSource;
  readonly keyFormOf: typeof keyFormOf;
}

/** Code, not state: the same for every engine of the page. */
const loaded: { -readonly [K in keyof Generators]?: Generators[K] } = {};

/** A generator that is missing is not loaded: then everything is interpreted. */
export const generators = (): Partial<Generators> => loaded;

/** Makes generated loops available to plans that are built from now on. */
export function provideGenerators(some: Partial<Generators>): void {
  Object.assign(loaded, some);
}
