import { testingError } from '../../diagnostics/codes/testing.ts';
import { unknownAssertion } from '../assert/evaluate.ts';
import type { TestSpec } from './test-spec.ts';

/** Fails for an assertion whose type nobody can judge, before anything is run. @throws {VeloError} `test-spec` */
export function checkAssertions({ application, queries }: TestSpec): void {
  for (const { name, assertions } of queries)
    for (const assertion of assertions) {
      const problem = unknownAssertion(assertion);
      if (problem !== undefined) throw testingError('VS5402', { what: application, problem: `query "${name}": ${problem}` });
    }
}
