import type { PlanCoverage } from '../../protocol/studio/testing.ts';

const NAMED_MAX = 3;

/** `4 of 5; no row of the test data reached: a row too late for its window`: what was reached, and the first places that no row of the run came to. */
export function coverageText({ covered, total, missing }: PlanCoverage): string {
  if (missing.length === 0) return `${covered} of ${total}`;
  const named = missing.slice(0, NAMED_MAX).map(({ text }) => text);
  const more = missing.length > NAMED_MAX ? `, and ${missing.length - NAMED_MAX} more` : '';
  return `${covered} of ${total}; no row of the test data reached: ${named.join(', ')}${more}`;
}
