import { parseTypeText } from '../../values/type-text.ts';
import type { SqlType } from '../../values/types.ts';

/** How a value of one type gets to be one of another. */
export interface TypeFit {
  /** 0 to 1. */
  readonly score: number;
  /** It needs a cast in the SQL. */
  readonly cast: boolean;
}

const NUMERIC = new Set(['integer', 'float', 'decimal']);

/** Whether a column of type `actual` can stand where `wanted` is expected. */
export function typeFit(wanted: string, actual: string): TypeFit {
  const [to, from] = [parseTypeText(wanted), parseTypeText(actual)];
  if (to === undefined || from === undefined) return { score: 0.5, cast: false };
  return fitOf(to, from);
}

function fitOf(to: SqlType, from: SqlType): TypeFit {
  if (to.kind === from.kind) return { score: 1, cast: false };
  if (from.kind === 'any' || from.kind === 'json') return { score: 0.7, cast: true };
  if (NUMERIC.has(to.kind) && NUMERIC.has(from.kind)) return { score: 0.9, cast: to.kind === 'integer' || to.kind === 'decimal' };
  // Epoch milliseconds are a time wherever a time is expected.
  if (to.kind === 'timestamp' && (from.kind === 'integer' || from.kind === 'float')) return { score: 0.85, cast: false };
  if (to.kind === 'timestamp' && from.kind === 'date') return { score: 0.8, cast: true };
  if (to.kind === 'timestamp' && from.kind === 'string') return { score: 0.5, cast: true };
  if (NUMERIC.has(to.kind) && from.kind === 'string') return { score: 0.5, cast: true };
  if (to.kind === 'string') return { score: NUMERIC.has(from.kind) ? 0.6 : 0.5, cast: true };
  if (to.kind === 'boolean' && (from.kind === 'string' || from.kind === 'integer')) return { score: 0.4, cast: true };
  return { score: 0, cast: true };
}
