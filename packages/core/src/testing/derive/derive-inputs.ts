import type { InputPlan, MadeInputs } from '../run/make-inputs.ts';
import type { TestQueryOptions } from '../run/test-query.ts';

export async function deriveInputs(_sql: string, _plan: InputPlan, made: MadeInputs, _options: TestQueryOptions): Promise<MadeInputs> {
  return made;
}
