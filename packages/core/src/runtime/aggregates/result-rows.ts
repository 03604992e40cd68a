import type { Column, Field } from '../../values/column.ts';
import { type ColumnBuilder, columnBuilder } from '../../values/column-builder.ts';
import { NO_META, Op, type OpCode, type RecordBatch } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import type { GroupKeys } from '../keys/group-keys.ts';
import type { OperatorMetrics, Output } from '../operator.ts';
import type { GroupBucket, RowTimes } from './group-bucket.ts';

export interface ResultRowsOptions {
  readonly fields: readonly Field[];
  readonly keys: GroupKeys;
  /** Columns for window start and end follow the keys. */
  readonly windowed: boolean;
  /** Some row may be no insert. */
  readonly updates: boolean;
  readonly batchRows: number;
  readonly metrics: OperatorMetrics;
}

/** One row more than a batch: for the +U of a last -U. */
const roomOf = (options: ResultRowsOptions): number => options.batchRows + 1;

/** Bounds of a window; NaN without one. */
export interface Bounds {
  readonly start: number;
  readonly end: number;
}

/** Collects result rows of an aggregation and hands them on in batches. Keys are read at the flush: flush before letting go of any. */
export class ResultRows {
  /** Watermark in force for the rows that are added. */
  watermark = Number.NEGATIVE_INFINITY;
  private readonly o: ResultRowsOptions;
  private readonly results: readonly ColumnBuilder[];
  private length = 0;
  private keyIds: Int32Array;
  private starts: Float64Array;
  private ends: Float64Array;
  private ops: Uint8Array;
  private eventTimes: Float64Array;
  private timestamps: Float64Array | null = null;
  private headers: (ReadonlyMap<string, string> | null)[] | null = null;
  private hasEventTime = false;
  private hasUpdates = false;
  /** Watermark per row; needed where a row is behind it, or it moved between rows. */
  private watermarks: Float64Array;
  private needsWatermarks = false;

  constructor(options: ResultRowsOptions) {
    this.o = options;
    const before = options.keys.width + (options.windowed ? 2 : 0);
    this.results = options.fields.slice(before).map((field) => columnBuilder(field.type));
    const room = roomOf(options);
    this.keyIds = new Int32Array(room);
    this.starts = new Float64Array(room);
    this.ends = new Float64Array(room);
    this.ops = new Uint8Array(room);
    this.eventTimes = new Float64Array(room);
    this.watermarks = new Float64Array(room);
  }

  /** Adds a row of a group: `results` are the values of its aggregates. `times`: of an earlier row of the group, in place of its last. */
  add(op: OpCode, bucket: GroupBucket, group: number, bounds: Bounds, results: readonly Scalar[], out: Output, times?: RowTimes): void {
    const at = this.length++;
    this.keyIds[at] = bucket.keyIds[group]!;
    this.ops[at] = this.o.updates ? op : Op.insert;
    if (op !== Op.insert) this.hasUpdates = true;
    let time = bounds.end;
    if (this.o.windowed) {
      this.starts[at] = bounds.start;
      this.ends[at] = bounds.end;
    } else time = (times ?? bucket.timesOf(group)).eventTime;
    this.eventTimes[at] = time;
    if (!Number.isNaN(time)) this.hasEventTime = true;
    this.watermarks[at] = this.watermark;
    if (time < this.watermark || this.watermarks[0]! < this.watermark) this.needsWatermarks = true;
    if (bucket.timestamps !== null) {
      this.timestamps ??= new Float64Array(roomOf(this.o));
      this.timestamps[at] = (times ?? bucket.timesOf(group)).timestamp;
    }
    if (bucket.headers !== null) {
      this.headers ??= [];
      this.headers[at] = bucket.headers[group] ?? null;
    }
    for (let c = 0; c < this.results.length; c++) this.results[c]!.append(results[c] as Scalar);
    // -U and its +U stay in one batch: readers look at them together.
    if (this.length >= this.o.batchRows && op !== Op.updateBefore) this.flush(out);
  }

  flush(out: Output): void {
    const { length } = this;
    if (length === 0) return;
    const { keys, windowed, metrics } = this.o;
    const columns: Column[] = keys.columns(this.keyIds, length);
    if (windowed) {
      columns.push({ lane: 'f64', values: this.starts.slice(0, length), nulls: null });
      columns.push({ lane: 'f64', values: this.ends.slice(0, length), nulls: null });
    }
    for (const result of this.results) columns.push(result.finish());
    const batch: RecordBatch = {
      length,
      columns,
      meta: {
        ...NO_META,
        eventTime: this.hasEventTime ? this.eventTimes.slice(0, length) : null,
        timestamp: this.timestamps?.slice(0, length) ?? null,
        headers: this.headers?.some((h) => h !== null) ? this.headers : null,
      },
      ops: this.hasUpdates && this.o.updates ? this.ops.slice(0, length) : null,
      watermarks: this.needsWatermarks ? this.watermarks.slice(0, length) : null,
    };
    this.length = 0;
    this.headers = null;
    this.hasEventTime = false;
    this.hasUpdates = false;
    this.needsWatermarks = false;
    metrics.rowsOut += length;
    out.batch(batch);
  }
}
