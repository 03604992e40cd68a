import { VeloError } from '../diagnostics/velo-error.ts';
import type { Field } from '../values/column.ts';
import type { RecordBatch } from '../values/record-batch.ts';

/**
 * A test of rows from a boolean SQL expression over the given columns, for connectors that look around (`ConnectorHost.compileFilter`).
 * Nothing of the text becomes code. A row for which it is NULL or cannot be calculated does not pass.
 *
 * @throws {VeloError} `filter-invalid` with what is wrong and where.
 */
export async function compileFilter(expression: string, fields: readonly Field[]): Promise<(batch: RecordBatch, row: number) => boolean> {
  const [{ parseExpression }, { rowCondition }] = await Promise.all([
    import('../sql/syntax/parse-expression.ts'),
    import('../observability/row-context.ts'),
  ]);
  const { expression: parsed, diagnostics } = parseExpression(expression);
  const [first] = diagnostics;
  if (first || !parsed) throw invalid(expression, first?.message ?? 'it is no expression');
  if (hasQuery(parsed)) throw invalid(expression, 'it holds a query, and one row is all there is to look at');
  const { test, problem } = rowCondition(parsed, expression, fields);
  if (!test) throw invalid(expression, problem ?? 'it cannot be understood');
  return test;
}

/** Whether a query stands anywhere in the tree. */
function hasQuery(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if ('query' in node) return true;
  return Object.values(node).some(hasQuery);
}

const invalid = (expression: string, problem: string): VeloError =>
  new VeloError({
    code: 'VS4820',
    reason: 'filter-invalid',
    message: `filter "${expression.slice(0, 200)}" cannot be used: ${problem}`,
    hint: "Write a condition over the columns, such as: price > 10 AND symbol = 'A'.",
  });
