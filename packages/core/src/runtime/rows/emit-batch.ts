import { sliceBatch } from '../../values/batch-gather.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { OperatorMetrics, Output } from '../operator.ts';

/** Hands rows on in batches of at most `batchRows`, and counts them. */
export function emitBatch(batch: RecordBatch, batchRows: number, metrics: OperatorMetrics, out: Output): void {
  metrics.rowsOut += batch.length;
  if (batch.length === 0) return;
  if (batch.length <= batchRows) {
    out.batch(batch);
    return;
  }
  for (let from = 0; from < batch.length; from += batchRows) out.batch(sliceBatch(batch, from, Math.min(from + batchRows, batch.length)));
}
