import type { Row } from '../../protocol/query.ts';
import type { Assertion, SuiteReport, TestReport } from '../../protocol/studio/testing.ts';
import { evaluate } from '../assert/evaluate.ts';
import { diffRows, diffText, isSame } from '../assert/row-diff.ts';
import { renderReport } from '../report/render-report.ts';

interface MatcherResult {
  readonly pass: boolean;
  message(): string;
  readonly expected?: unknown;
  readonly actual?: unknown;
}

/**
 * Matchers for `expect.extend` of vitest and jest.
 *
 * @example
 * expect.extend(streamMatchers);
 * expect(rows).toHaveRows([{ symbol: 'A', n: 2 }]);
 * expect(rows).toPassAssertion({ type: 'no_nulls', fields: ['symbol'] });
 */
export const streamMatchers = {
  /** Exactly these rows, in any order; only the named columns count. */
  toHaveRows(actual: readonly Row[], expected: readonly object[]): MatcherResult {
    const diff = diffRows(expected, actual, { ordered: false });
    return { pass: isSame(diff), message: () => diffText(diff, expected, actual) || 'the rows are the same', expected, actual };
  },
  /** These rows in this order. */
  toHaveRowsInOrder(actual: readonly Row[], expected: readonly object[]): MatcherResult {
    const diff = diffRows(expected, actual, { ordered: true });
    return { pass: isSame(diff), message: () => diffText(diff, expected, actual) || 'the rows are the same', expected, actual };
  },
  /** These rows among others. */
  toContainRows(actual: readonly Row[], expected: readonly object[]): MatcherResult {
    const diff = diffRows(expected, actual, { ordered: false, subset: true });
    return { pass: isSame(diff), message: () => diffText(diff, expected, actual) || 'the rows are there', expected, actual };
  },
  /** An assertion of the catalogue, e.g. `{ type: 'unique', field: 'id' }`. */
  toPassAssertion(actual: readonly Row[], assertion: Assertion): MatcherResult {
    const result = evaluate(assertion, { rows: actual });
    return { pass: result.passed, message: () => result.message, expected: result.expected, actual: result.actual };
  },
  /** A report of `testQuery` or `runTestSpec` without failures. */
  toHavePassed(report: TestReport | SuiteReport): MatcherResult {
    return { pass: report.passed, message: () => renderReport(report, 'text') };
  },
};
