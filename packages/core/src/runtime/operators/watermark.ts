import { eventInFuture, noEventTime } from '../../diagnostics/codes/runtime.ts';
import type { WatermarkNode } from '../../sql/plan/plan.ts';
import { sliceBatch, takeBatch } from '../../values/batch-gather.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import { type CompileEnv, compileExpression, type RowExpression } from '../compile/compile-expression.ts';
import { newMetrics, type Operator, type OperatorParts, type Output, type RuntimeContext } from '../operator.ts';
import { reportRow } from '../rows/record-failure.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';

/**
 * Gives each row its event time and moves the watermark: the highest event time seen, minus the delay. Rows without a time
 * are errors of the record. State: the highest time and the watermark; a restored operator goes on exactly there.
 */
export function makeWatermark(node: WatermarkNode, context: RuntimeContext, env: CompileEnv): WatermarkOperator {
  return new Watermark(node, context, env);
}

/** Rows with their times, taken in before what is downstream gets to know of the watermark. */
export interface TimedRows {
  readonly batch: RecordBatch;
  /** Row of the batch that was taken in, by row; null: all of them, from the first on. */
  readonly origins: Int32Array | null;
  /** The watermark in force before each row that was taken in. */
  readonly before: Float64Array;
}

export interface WatermarkOperator extends Operator {
  /** Takes rows in, and passes nothing on: neither rows nor the watermark, which `passOn` does. */
  take(batch: RecordBatch, from: number, to: number): TimedRows;
  /** The watermark after the last row that was taken in. */
  readonly current: number;
  /** Tells a watermark that is in force by now. */
  passOn(time: number, out: Output): void;
}

class Watermark implements WatermarkOperator {
  readonly kind = 'Watermark';
  readonly metrics = newMetrics();
  private readonly node: WatermarkNode;
  private readonly context: RuntimeContext;
  private readonly evaluate: RowExpression | null;
  private maximum = Number.NEGATIVE_INFINITY;
  /** In force after the last row. */
  current = Number.NEGATIVE_INFINITY;
  /** Why the time expression failed, by row of the batch at hand. */
  private failed: Map<number, unknown> | null = null;
  readonly byPart: OperatorParts = {
    hold: () => undefined,
    startAt: (watermark, latest) => this.startAt(watermark, latest),
    take: (writer) => {
      writer.float(this.maximum);
      writer.float(this.current);
      this.startAt(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY);
    },
    read: (reader) => {
      const [maximum, current] = [reader.float(), reader.float()];
      const join = (): void => {
        this.maximum = Math.max(this.maximum, maximum);
        this.current = Math.max(this.current, current);
      };
      return { fits: true, join, drop: () => undefined };
    },
    position: () => ({ watermark: this.current, latest: this.maximum }),
  };

  constructor(node: WatermarkNode, context: RuntimeContext, env: CompileEnv) {
    this.node = node;
    this.context = context;
    const { time } = node;
    this.evaluate = time === null ? null : compileExpression(time, env);
  }

  process(_port: number, batch: RecordBatch, from: number, to: number, out: Output): void {
    const good = this.timed(batch, from, to, null).batch;
    if (good.length > 0) out.batch(good);
    this.passOn(this.current, out);
  }

  take(batch: RecordBatch, from: number, to: number): TimedRows {
    const before = new Float64Array(to - from);
    return { ...this.timed(batch, from, to, before), before };
  }

  /** `told`: gets the watermark before each row; null where nobody wants to know. */
  private timed(batch: RecordBatch, from: number, to: number, told: Float64Array | null): Omit<TimedRows, 'before'> {
    const { metrics } = this;
    metrics.rowsIn += to - from;
    const rows = to - from;
    const times = this.timesOf(batch, from, to);
    const before = this.current;
    const latest = this.node.maxFutureMs === null ? Number.POSITIVE_INFINITY : this.context.clock.now() + this.node.maxFutureMs;
    let [maximum, current, behind, bad] = [this.maximum, this.current, false, 0];
    const { delayMs } = this.node;
    for (let i = 0; i < rows; i++) {
      const time = times[i]!;
      // Most rows are neither the latest nor behind.
      if (time <= maximum && time >= current && time <= latest) continue;
      // Also false for NaN.
      if (!(time <= latest)) {
        bad++;
        continue;
      }
      if (time < current) behind = true;
      if (time > maximum) {
        maximum = time;
        if (time - delayMs > current) current = time - delayMs;
      }
    }
    this.maximum = maximum;
    this.current = current;
    const isTold = behind || this.node.perRow;
    const watermarks = isTold || told !== null ? watermarksOf(times, { before, delayMs, latest }, told ?? new Float64Array(rows)) : null;
    const timed = withTimes(sliceBatch(batch, from, to), times, isTold ? watermarks : null);
    metrics.rowsOut += rows - bad;
    return bad === 0 ? { batch: timed, origins: null } : this.withoutBad(timed, latest, rows - bad);
  }

  watermark(_port: number, time: number, out: Output): void {
    if (this.node.replaces && time !== Number.POSITIVE_INFINITY) return;
    if (time > this.current) this.current = time;
    this.passOn(this.current, out);
  }

  passOn(time: number, out: Output): void {
    if (!(time > this.metrics.watermark)) return;
    this.metrics.watermark = time;
    out.watermark(time);
  }

  end(): void {
    // The watermark of +Infinity came before.
  }

  snapshot(writer: StateWriter): void {
    writer.section('watermark');
    writer.float(this.maximum);
    writer.float(this.current);
    writer.float(this.metrics.watermark);
  }

  restore(reader: StateReader): void {
    reader.section('watermark');
    this.maximum = reader.float();
    this.current = reader.float();
    this.metrics.watermark = reader.float();
  }

  private startAt(watermark: number, latest: number): void {
    this.maximum = latest;
    this.current = watermark;
    this.metrics.watermark = watermark;
  }

  /** Event times of rows `from` to `to`; NaN where a row has none, or its expression failed (which is reported here). */
  private timesOf(batch: RecordBatch, from: number, to: number): Float64Array {
    const { time } = this.node;
    const { meta } = batch;
    this.failed = null;
    if (time === null || this.evaluate === null) {
      if (meta.eventTime === null) return meta.timestamp?.subarray(from, to) ?? new Float64Array(to - from).fill(Number.NaN);
      return meta.timestamp === null ? meta.eventTime.subarray(from, to) : firstKnown(meta.eventTime, meta.timestamp, from, to);
    }
    const column = time.kind === 'column' ? batch.columns[time.index]! : null;
    if (column?.lane === 'f64' && column.nulls === null) return column.values.subarray(from, to);
    const times = new Float64Array(to - from);
    if (column?.lane === 'f64') {
      for (let row = from; row < to; row++) times[row - from] = column.nulls?.[row] === 1 ? Number.NaN : column.values[row]!;
      return times;
    }
    for (let row = from; row < to; row++) times[row - from] = this.timeAt(this.evaluate, batch, row, row - from);
    return times;
  }

  private timeAt(evaluate: RowExpression, batch: RecordBatch, row: number, at: number): number {
    try {
      const value = evaluate(batch, row);
      if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
    } catch (error) {
      this.failed ??= new Map();
      this.failed.set(at, error);
    }
    return Number.NaN;
  }

  private withoutBad(batch: RecordBatch, latest: number, count: number): Omit<TimedRows, 'before'> {
    const times = batch.meta.eventTime!;
    const selection = new Int32Array(count);
    let at = 0;
    for (let row = 0; row < batch.length; row++) {
      const time = times[row]!;
      if (time <= latest) selection[at++] = row;
      else this.report(batch, row, this.failed?.get(row) ?? (Number.isNaN(time) ? noEventTime() : eventInFuture(time, latest)));
    }
    return { batch: takeBatch(batch, selection, count), origins: selection };
  }

  private report(batch: RecordBatch, row: number, error: unknown): void {
    reportRow(this, this.context, this.node.input.fields, { batch, row }, error);
  }
}

function firstKnown(eventTime: Float64Array, timestamp: Float64Array, from: number, to: number): Float64Array {
  const times = new Float64Array(to - from);
  for (let row = from; row < to; row++) times[row - from] = Number.isNaN(eventTime[row]) ? timestamp[row]! : eventTime[row]!;
  return times;
}

const withTimes = (batch: RecordBatch, eventTime: Float64Array, watermarks: Float64Array | null): RecordBatch => ({
  ...batch,
  meta: { ...batch.meta, eventTime },
  watermarks,
});

/** Writes the watermark in force before each row. */
function watermarksOf(
  times: Float64Array,
  { before, delayMs, latest }: { readonly before: number; readonly delayMs: number; readonly latest: number },
  watermarks: Float64Array,
): Float64Array {
  let current = before;
  for (let i = 0; i < times.length; i++) {
    watermarks[i] = current;
    const time = times[i]!;
    if (time <= latest && time - delayMs > current) current = time - delayMs;
  }
  return watermarks;
}
