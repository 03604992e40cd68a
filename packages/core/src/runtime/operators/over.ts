import { unexpectedRetraction } from '../../diagnostics/codes/stateful.ts';
import type { OverCall } from '../../sql/bind/expression.ts';
import type { OverNode } from '../../sql/plan/plan.ts';
import { takeBatch } from '../../values/batch-gather.ts';
import type { ColumnBuilder } from '../../values/column-builder.ts';
import { columnBuilder } from '../../values/column-builder.ts';
import { type RecordBatch, weightOf } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import { expressionKey } from '../aggregates/expression-key.ts';
import type { CompileEnv } from '../compile/compile-expression.ts';
import { newMetrics, type Operator, type Output, type RuntimeContext } from '../operator.ts';
import { OverGroup } from '../over/over-group.ts';
import { emitBatch } from '../rows/emit-batch.ts';
import { reportRow } from '../rows/record-failure.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';

/**
 * Appends the value of each OVER call to its input row (§5.9). Per call and partition the last `bufferRows` rows by
 * arrival are kept, the current one included, in ORDER BY order (by arrival without one, and among equals). Frames are clipped
 * to the buffer. With ON BUFFER FULL a row comes out only when the buffer is full.
 *
 * State: what the calls need of the buffered rows; calls with the same PARTITION BY, ORDER BY, size and EXPIRE share it.
 * Bound: `bufferRows` per partition, `maxGroups` partitions. With EXPIRE AFTER a partition is freed when the watermark is that far
 * above its last row. A restored operator has the same buffers, and sums to the last bit. Retractions are record errors.
 */
export const makeOver = (node: OverNode, context: RuntimeContext, env: CompileEnv): Operator => new Over(node, context, env);

class Over implements Operator {
  readonly kind = 'over';
  readonly metrics = newMetrics();
  private readonly node: OverNode;
  private readonly context: RuntimeContext;
  private readonly groups: readonly OverGroup[];
  private readonly builders: readonly ColumnBuilder[];
  private readonly results: Scalar[];
  private inForce = Number.NEGATIVE_INFINITY;

  constructor(node: OverNode, context: RuntimeContext, env: CompileEnv) {
    this.node = node;
    this.context = context;
    this.groups = groupsOf(node.calls).map((calls) => new OverGroup(calls, env));
    this.builders = node.calls.map((call) => columnBuilder(call.type));
    this.results = node.calls.map(() => null);
  }

  process(_port: number, batch: RecordBatch, from: number, to: number, out: Output): void {
    this.metrics.rowsIn += to - from;
    for (const group of this.groups) group.bind(batch, from, to);
    const kept = new Int32Array(to - from);
    let n = 0;
    for (let row = from; row < to; row++) {
      try {
        if (!this.take(batch, row)) {
          this.metrics.rowsFiltered++;
          continue;
        }
      } catch (error) {
        reportRow(this, this.context, this.node.input.fields, { batch, row }, error);
        continue;
      }
      for (let c = 0; c < this.builders.length; c++) this.builders[c]!.append(this.results[c]!);
      kept[n++] = row;
    }
    this.emit(batch, kept, n, out);
    this.measure();
  }

  watermark(_port: number, time: number, out: Output): void {
    this.inForce = time;
    for (const group of this.groups) group.freeExpired(time);
    this.metrics.watermark = time;
    this.measure();
    out.watermark(time);
  }

  end(): void {
    // Buffers are not flushed.
  }

  snapshot(writer: StateWriter): void {
    writer.section('over');
    writer.float(this.inForce);
    for (const group of this.groups) group.write(writer);
  }

  restore(reader: StateReader): void {
    reader.section('over');
    this.inForce = reader.float();
    for (const group of this.groups) group.restore(reader);
    this.measure();
  }

  private take(batch: RecordBatch, row: number): boolean {
    if (batch.ops !== null && weightOf(batch.ops[row]!) < 0) throw unexpectedRetraction('OVER');
    const time = timeAt(batch, row);
    const watermark = batch.watermarks === null ? this.inForce : batch.watermarks[row]!;
    const { maxGroups } = this.context.limits;
    const { groups, results } = this;
    for (const group of groups) group.calculate(row);
    let isFull = true;
    for (let g = 0; g < groups.length; g++) {
      try {
        if (!groups[g]!.take(row, time, watermark, maxGroups, results)) isFull = false;
      } catch (error) {
        for (const taken of groups.slice(0, g)) taken.undoLast();
        throw error;
      }
    }
    return isFull;
  }

  private emit(batch: RecordBatch, kept: Int32Array, count: number, out: Output): void {
    const columns = this.builders.map((builder) => builder.finish());
    if (count === 0) return;
    const rows = count === batch.length ? batch : takeBatch(batch, kept, count);
    emitBatch({ ...rows, columns: [...rows.columns, ...columns], ops: null }, this.context.batchRows, this.metrics, out);
  }

  private measure(): void {
    this.metrics.stateEntries = this.groups.reduce((sum, group) => sum + group.size, 0);
    this.metrics.stateBytes = this.groups.reduce((sum, group) => sum + group.bytes, 0);
  }
}

function timeAt({ meta }: RecordBatch, row: number): number {
  const time = meta.eventTime === null ? Number.NaN : meta.eventTime[row]!;
  return Number.isNaN(time) && meta.timestamp !== null ? meta.timestamp[row]! : time;
}

/** Calls that can share a buffer, each with the number of its result. */
function groupsOf(calls: readonly OverCall[]): { call: OverCall; result: number }[][] {
  const groups = new Map<string, { call: OverCall; result: number }[]>();
  for (const [result, call] of calls.entries()) {
    const key = shareKey(call) ?? `alone ${result}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ call, result }]);
    else group.push({ call, result });
  }
  return [...groups.values()];
}

function shareKey({ partitionBy, orderBy, bufferRows, expireAfterMs }: OverCall): string | null {
  const parts = [
    ...partitionBy.map(expressionKey),
    ...orderBy.map((key) => (expressionKey(key.expr) === null ? null : `${expressionKey(key.expr)} ${key.descending} ${key.nullsFirst}`)),
  ];
  return parts.includes(null) ? null : JSON.stringify([partitionBy.length, bufferRows, expireAfterMs, parts]);
}
