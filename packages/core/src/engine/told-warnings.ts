import { VeloError } from '../diagnostics/velo-error.ts';

/** Different sentences that are kept of one run; a source may have one per record to tell. */
const KEPT = 100;

/** What connectors had to tell people during one run: options that nobody knows, topics without columns, files that were cut. */
export interface ToldWarnings {
  /** Each sentence, and how often it was told. */
  readonly counts: ReadonlyMap<string, number>;
  add(message: string): void;
}

export function createToldWarnings(onWarning?: (message: string) => void): ToldWarnings {
  const counts = new Map<string, number>();
  return {
    counts,
    add(message) {
      const before = counts.get(message);
      if (before === undefined && counts.size >= KEPT) return;
      counts.set(message, (before ?? 0) + 1);
      // Said once, however often it comes.
      if (before === undefined) onWarning?.(message);
    },
  };
}

/** A failure with what was told before it: often the reason for it. */
export function withWarnings(error: unknown, told: ToldWarnings): unknown {
  if (told.counts.size === 0 || !VeloError.is(error)) return error;
  const warnings = [...told.counts.keys()];
  const { code, reason, message, span, details } = error;
  const hint = [error.hint, ...warnings].filter((text) => text !== undefined).join(' ');
  const joined = new VeloError({ code, reason, message, hint, span, cause: error.cause, details: { ...details, warnings } });
  if (error.stack !== undefined) joined.stack = error.stack;
  return joined;
}
