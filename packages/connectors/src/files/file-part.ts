import type { ReadPart } from '@velostream/core/connect';
import { RangeDecoder } from './range-decoder.ts';
import type { FilePart } from './split-files.ts';

/** A decoder that nobody uses now: the next part of the same file takes it. */
let idle: { readonly plan: string; readonly decoder: RangeDecoder } | null = null;

/** Reads one range of a file, in whatever thread it is called. */
export const readPart: ReadPart = function* (part) {
  // Made by `splitFiles`, which gives nothing else.
  const { plan, range } = part as FilePart;
  const text = JSON.stringify(plan);
  const decoder = idle?.plan === text ? idle.decoder : new RangeDecoder(plan);
  idle = null;
  try {
    return yield* decoder.read(range);
  } finally {
    idle = { plan: text, decoder };
  }
};
