import { VeloError } from '../../diagnostics/velo-error.ts';
import type { Assertion, AssertionResult } from '../../protocol/studio/testing.ts';
import { nearestName } from '../../sql/bind/nearest-name.ts';
import type { CapturedOutput } from './captured-output.ts';
import { type Check, CheckContext } from './check.ts';
import { CONTENT_CHECKS } from './content-checks.ts';
import { FILE_CHECKS } from './file-checks.ts';
import { METRIC_CHECKS } from './metric-checks.ts';
import { RECORD_CHECKS } from './record-checks.ts';
import { RELATION_CHECKS } from './relation-checks.ts';
import { RUN_CHECKS } from './run-checks.ts';
import { STATISTIC_CHECKS } from './statistic-checks.ts';
import { TIME_CHECKS } from './time-checks.ts';

const CHECKS: ReadonlyMap<string, Check> = new Map(
  [RECORD_CHECKS, RELATION_CHECKS, STATISTIC_CHECKS, RUN_CHECKS, TIME_CHECKS, CONTENT_CHECKS, FILE_CHECKS, METRIC_CHECKS].flatMap((group) =>
    Object.entries(group),
  ),
);

/** Every type of assertion, aliases included. */
export const assertionTypes = (): readonly string[] => [...CHECKS.keys()];

const fold = (type: string): string =>
  type
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/[-\s]/g, '_')
    .toLowerCase();

/** Types that need the changes of the result, not only its rows. */
const NEEDS_CHANGES = new Set(['changelog_valid', 'final_equals_last_change', 'emitted_before']);
export const needsChanges = (assertions: readonly Assertion[]): boolean => assertions.some((a) => NEEDS_CHANGES.has(fold(a.type)));

/** What is wrong with the type of an assertion, with the one that was probably meant; undefined: it is known. */
export function unknownAssertion({ type }: Assertion): string | undefined {
  const word = fold(String(type));
  if (CHECKS.has(word)) return undefined;
  const nearest = nearestName(word, CHECKS.keys());
  return `assertion type "${type}" is not known${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`;
}

/**
 * Judges one assertion. Never throws: an unknown type or a parameter that cannot be read is a failed result that says so.
 *
 * @example evaluate({ type: 'record_count', greater_than: 0 }, { rows: [] }).passed // false
 */
export function evaluate(assertion: Assertion, output: CapturedOutput): AssertionResult {
  const type = typeof assertion.type === 'string' ? fold(assertion.type) : String(assertion.type);
  const of = new CheckContext(type, assertion, output);
  of.raw('type', 'query', 'severity');
  const check = CHECKS.get(type);
  if (!check) return of.result(false, unknownAssertion(assertion) ?? '', { expected: 'a known type', actual: assertion.type });
  try {
    return check(of);
  } catch (error) {
    const text = VeloError.is(error) || error instanceof Error ? error.message : String(error);
    return of.result(false, `${type} cannot be judged: ${text}`, { expected: 'an assertion that can be read', actual: text });
  }
}
