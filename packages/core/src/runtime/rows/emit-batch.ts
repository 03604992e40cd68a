import { sliceBatch } from '../../values/batch-gather.ts';
import { Op, type RecordBatch } from '../../values/record-batch.ts';
import type { OperatorMetrics, Output } from '../operator.ts';

/** Hands rows on in batches of at most `batchRows`, and counts them. */
export function emitBatch(batch: RecordBatch, batchRows: number, metrics: OperatorMetrics, out: Output): void {
  metrics.rowsOut += batch.length;
  if (batch.length === 0) return;
  if (batch.length <= batchRows) {
    out.batch(batch);
    return;
  }
  for (let from = 0; from < batch.length; ) {
    let to = Math.min(from + batchRows, batch.length);
    // -U and its +U stay in one batch: readers look at them together
    if (to < batch.length && batch.ops?.[to - 1] === Op.updateBefore) to++;
    out.batch(sliceBatch(batch, from, to));
    from = to;
  }
}
