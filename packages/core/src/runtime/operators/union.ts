import type { UnionNode } from '../../sql/plan/plan.ts';
import { sliceBatch } from '../../values/batch-gather.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { CompileEnv } from '../compile/compile-expression.ts';
import { newMetrics, type Operator, type Output, type RuntimeContext } from '../operator.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';

/**
 * Passes the rows of all inputs on as they come. Watermark: the minimum over the inputs; rows that say which watermark
 * was in force before them get the minimum in its place. The inputs have the same types; lanes may differ from batch to batch.
 *
 * State: one watermark per input. Never freed. A restored operator has the same watermarks.
 */
export const makeUnion = (node: UnionNode, _context: RuntimeContext, _env: CompileEnv): Operator => new Union(node.inputs.length);

class Union implements Operator {
  readonly kind = 'union';
  readonly metrics = newMetrics();
  private readonly watermarks: Float64Array;

  constructor(inputs: number) {
    this.watermarks = new Float64Array(inputs).fill(Number.NEGATIVE_INFINITY);
  }

  process(port: number, batch: RecordBatch, from: number, to: number, out: Output): void {
    this.metrics.rowsIn += to - from;
    this.metrics.rowsOut += to - from;
    if (from === to) return;
    const part = sliceBatch(batch, from, to);
    out.batch(part.watermarks === null ? part : { ...part, watermarks: this.combined(port, part.watermarks, part.length) });
  }

  watermark(port: number, time: number, out: Output): void {
    this.watermarks[port] = time;
    const lowest = this.lowest();
    if (lowest <= this.metrics.watermark) return;
    this.metrics.watermark = lowest;
    out.watermark(lowest);
  }

  end(): void {
    // The last input's watermark of +Infinity has told everything.
  }

  snapshot(writer: StateWriter): void {
    writer.section('union');
    writer.float64s(this.watermarks, this.watermarks.length);
    writer.float(this.metrics.watermark);
  }

  restore(reader: StateReader): void {
    reader.section('union');
    this.watermarks.set(reader.float64s());
    this.metrics.watermark = reader.float();
  }

  private lowest(): number {
    return this.watermarks.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
  }

  private combined(port: number, own: Float64Array, length: number): Float64Array {
    let others = Number.POSITIVE_INFINITY;
    for (const [p, time] of this.watermarks.entries()) if (p !== port) others = Math.min(others, time);
    const combined = new Float64Array(length);
    for (let i = 0; i < length; i++) combined[i] = Math.min(own[i]!, others);
    return combined;
  }
}
