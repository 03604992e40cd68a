import { testingError } from '../../diagnostics/codes/testing.ts';
import { VeloError } from '../../diagnostics/velo-error.ts';
import { lateText, skippedText } from '../../engine/explain-silence.ts';
import type { RowDiff } from '../assert/row-diff.ts';
import type { LiveOutput } from './live-run.ts';

const MISMATCH = Symbol('mismatch');
export const isMismatch = (error: unknown): boolean => typeof error === 'object' && error !== null && MISMATCH in error;

/** An error that test runners show with a diff, at the line of the expectation. */
export function mismatch(text: string, site: string, expected: unknown, actual: unknown): Error {
  const error = testingError('VS5407', { text });
  error.stack = `${error.name}: ${text}\n${site}`;
  Object.defineProperty(error, MISMATCH, { value: true });
  return Object.assign(error, { expected, actual, showDiff: true });
}

/** An error of the SQL as a test runner shows it, which prints the message alone: what helps is part of it. */
export function withHint(error: unknown): unknown {
  if (!VeloError.is(error) || error.hint === undefined) return error;
  const { code, reason, hint, span, details, cause } = error;
  const told = new VeloError({ code, reason, message: `${error.message}. ${hint}`, hint, span, details, cause });
  told.stack = error.stack?.replace(error.message, told.message) ?? '';
  return told;
}

/** `rows of "totals" differ`; a statement without a name needs none. */
export const subject = (what: string, { name }: LiveOutput): string => (/^stmt_\d+$/.test(name) ? what : `${what} of "${name}"`);

/** How far rows are from what was expected, in numbers. */
export function extent(diff: RowDiff, expected: number, actual: number): string {
  if (expected !== actual) return `expected ${expected}, got ${actual}`;
  const wrong = new Set([...diff.cells.map((c) => c.row), ...diff.missing]).size;
  return `${wrong} of ${expected}`;
}

/** Rows that the engine left out, which is often why others are missing or less than expected. */
export function leftOut(output: LiveOutput): string[] {
  const { rowsLate, rowErrors, lastErrors } = output.metrics();
  const last = lastErrors.at(-1);
  return [
    ...(rowsLate > 0 ? [`${lateText(rowsLate)} (say .expectLate(${rowsLate}) if so).`] : []),
    ...(rowErrors > 0 ? [`${skippedText(rowErrors)}${last === undefined ? '.' : `; the last: ${last.message}`}`] : []),
  ];
}

/** Why nothing came out, and what a test can do about it. */
export function silenceOf(output: LiveOutput): string[] {
  const { reasons } = output.silence();
  const cure = 'In a test, .advanceTo(time) moves event time on, and .end() or .expectFinal(rows) ends the input.';
  return [...reasons.map((r) => r.text), ...(reasons.some((r) => r.reason === 'window-open') ? [cure] : [])];
}
