import { VeloError } from '@velostream/core/engine';
import type { Diagnostic } from '@velostream/core/sql';
import type { Failure } from './messages.ts';

/** An error as data, with the places in the SQL text that it is about. */
export function failureOf(error: unknown): Failure {
  if (!VeloError.is(error)) return { message: error instanceof Error ? error.message : String(error), diagnostics: [] };
  const found = error.details?.['diagnostics'];
  return {
    message: error.message,
    code: error.code,
    ...(error.hint !== undefined && { hint: error.hint }),
    // Planning errors carry the diagnostics of the whole text.
    diagnostics: Array.isArray(found) ? (found as readonly Diagnostic[]) : [],
  };
}
