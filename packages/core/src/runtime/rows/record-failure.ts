import { failedUnexpectedly } from '../../diagnostics/codes/runtime.ts';
import { VeloError } from '../../diagnostics/velo-error.ts';
import type { Field } from '../../values/column.ts';
import { scalarAt } from '../../values/column-read.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import type { OperatorMetrics, RuntimeContext } from '../operator.ts';

const SAMPLE_COLUMNS_MAX = 16;
const SAMPLE_TEXT_MAX = 120;

/** Tells the context about a row that could not be processed, and counts it. A reached limit is no matter of one row: it is thrown on. */
export function reportRow(
  operator: { readonly kind: string; readonly metrics: OperatorMetrics },
  context: RuntimeContext,
  fields: readonly Field[],
  at: { readonly batch: RecordBatch; readonly row: number },
  cause: unknown,
): void {
  const error = VeloError.is(cause) ? cause : failedUnexpectedly(cause);
  if (error.reason === 'limit-exceeded') throw error;
  operator.metrics.rowErrors++;
  context.recordError({ error, operator: operator.kind, sample: sampleOf(fields, at.batch, at.row) });
}

function sampleOf(fields: readonly Field[], batch: RecordBatch, row: number): Record<string, Scalar> {
  // A column may be called "__proto__".
  const sample: Record<string, Scalar> = Object.create(null);
  for (let c = 0; c < fields.length && c < SAMPLE_COLUMNS_MAX; c++) {
    const value = scalarAt(batch.columns[c]!, row);
    sample[fields[c]!.name] = typeof value === 'string' && value.length > SAMPLE_TEXT_MAX ? `${value.slice(0, SAMPLE_TEXT_MAX)}…` : value;
  }
  return sample;
}
