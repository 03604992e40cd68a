import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { renderDiagnostic, visible } from '../diagnostics/render.ts';
import { VeloError } from '../diagnostics/velo-error.ts';
import type { SqlInput } from './read-input.node.ts';
import { UsageError } from './usage-error.ts';

const isDiagnostics = (value: unknown): value is readonly Diagnostic[] =>
  Array.isArray(value) && value.every((d: unknown) => typeof d === 'object' && d !== null && 'code' in d && 'start' in d && 'line' in d);

/** The diagnostics that an error of planning carries; empty for any other error. */
export function diagnosticsOf(error: unknown): readonly Diagnostic[] {
  const found = VeloError.is(error) ? error.details?.['diagnostics'] : undefined;
  return isDiagnostics(found) ? found : [];
}

/** An error as a person reads it: coded errors with code and hint, those of the SQL text with their place in it. */
export function errorText(error: unknown, input: SqlInput | undefined, color: boolean): string {
  const diagnostics = diagnosticsOf(error);
  if (input && diagnostics.length > 0) {
    // What stopped it, by itself: notes on a script that does not run are in the way.
    const errors = diagnostics.filter((d) => d.severity === 'error');
    return (errors.length > 0 ? errors : diagnostics).map((d) => renderDiagnostic(input.sql, d, { file: input.name, color })).join('\n\n');
  }
  const title = VeloError.is(error) ? `error ${error.code}` : 'error';
  const hint = VeloError.is(error) || error instanceof UsageError ? error.hint : undefined;
  const message = error instanceof Error ? error.message : String(error);
  return [`${color ? `\x1b[1;31m${title}\x1b[0m` : title}: ${visible(message)}`, ...(hint ? [`hint: ${visible(hint)}`] : [])].join('\n');
}

/** The same for programs: one JSON object. */
export function errorJson(error: unknown): string {
  const diagnostics = diagnosticsOf(error);
  const coded = VeloError.is(error) ? { code: error.code, reason: error.reason } : { code: null, reason: 'usage' };
  const hint = VeloError.is(error) || error instanceof UsageError ? error.hint : undefined;
  return JSON.stringify({
    error: {
      ...coded,
      message: error instanceof Error ? error.message : String(error),
      ...(hint && { hint }),
      ...(diagnostics.length > 0 && { diagnostics }),
    },
  });
}

/** A name that nothing is known of is, on the command line, mostly an input that was not given. */
export function withSourceHint(error: unknown): unknown {
  const unknown = diagnosticsOf(error).filter((d) => d.code === 'VS2001' && d.hint === undefined);
  if (!VeloError.is(error) || unknown.length === 0) return error;
  const hint = "Say where its rows come from: --source name=file.csv, or FROM 'file.csv', 'kafka://broker/topic'.";
  const diagnostics = diagnosticsOf(error).map((d) => (unknown.includes(d) ? { ...d, hint } : d));
  const { code, reason, message, span, details, cause } = error;
  return new VeloError({ code, reason, message, hint, span, cause, details: { ...details, diagnostics } });
}

/** "No connector reads file:" means that a package is missing, where one is. */
export function withInstallHint(error: unknown, missing: readonly string[]): unknown {
  if (!VeloError.is(error) || error.reason !== 'no-connector' || missing.length === 0) return error;
  const { code, reason, message, span, details, cause } = error;
  return new VeloError({ code, reason, message, span, details, cause, hint: `Install what reads it: npm add ${missing.join(' ')}.` });
}
