import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** Seeded stream of numbers whose position can be saved. Same seed and name: same numbers, on every machine. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  next(): number;
  /** Whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  /** Position; `restoreRandom` continues after it. */
  save(): readonly number[];
  restore(state: readonly number[]): void;
}

/** A stream of its own per name, so that leaving out a column does not change the others. */
export function createRandom(seed: number, name = ''): Random {
  let generator: RandomGenerator = xoroshiro128plus(mixSeed(seed, name));
  return {
    next: () => uniformFloat64(generator),
    integer: (min, max) => min + Math.floor(uniformFloat64(generator) * (max - min + 1)),
    save: () => [...generator.getState()],
    restore(state) {
      generator = xoroshiro128plusFromState(state);
    },
  };
}

/** FNV-1a over the name, folded into the seed: 32 bits. */
function mixSeed(seed: number, name: string): number {
  let hash = 0x811c9dc5 ^ (seed | 0) ^ Math.floor(seed / 0x1_0000_0000);
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) | 0;
}
