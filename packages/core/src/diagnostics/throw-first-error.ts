import type { Diagnostic } from './diagnostic.ts';
import { VeloError } from './velo-error.ts';

/** Throws the first error among them, with its place and all of them in `details`; says nothing of warnings. */
export function throwFirstError(diagnostics: readonly Diagnostic[]): void {
  const first = diagnostics.find((diagnostic) => diagnostic.severity === 'error');
  if (first === undefined) return;
  throw new VeloError({
    code: first.code,
    reason: first.reason,
    message: `${first.message} (line ${first.line}, column ${first.column})`,
    hint: first.hint,
    span: { start: first.start, end: first.end },
    details: { diagnostics },
  });
}
