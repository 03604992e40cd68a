import type { Field, ReadRequest, RecordBatch } from '@velostream/core/connect';
import { type ColumnBuilder, columnBuilder, NO_META, Op, type Scalar } from '@velostream/core/connect/formats';

/** What a row of a batch carries beside its values. */
export interface RowMeta {
  /** Number of the row since the source began; grows. */
  readonly offset: number;
  readonly timestamp: number;
}

/** Collects rows in scalar form and makes batches of them, with the system columns that were asked for and no others. */
export class BatchRows {
  length = 0;
  private readonly builders: readonly ColumnBuilder[];
  private readonly wantsOffset: boolean;
  private readonly wantsTime: boolean;
  private readonly wantsPartition: boolean;
  private offsets: number[] = [];
  private times: number[] = [];
  private ops: number[] = [];
  private hasChanges = false;

  constructor(fields: readonly Field[], system: ReadRequest['system'], capacity: number) {
    this.builders = fields.map((field) => columnBuilder(field.type, { capacity: Math.min(capacity, 4096) }));
    this.wantsOffset = system.includes('_OFFSET');
    this.wantsTime = system.includes('_TIMESTAMP');
    this.wantsPartition = system.includes('_PARTITION');
  }

  add(values: readonly Scalar[], meta: RowMeta, op: number = Op.insert): void {
    for (let c = 0; c < this.builders.length; c++) this.builders[c]!.append(values[c] as Scalar);
    if (this.wantsOffset) this.offsets.push(meta.offset);
    if (this.wantsTime) this.times.push(meta.timestamp);
    this.ops.push(op);
    if (op !== Op.insert) this.hasChanges = true;
    this.length++;
  }

  /** The batch of what was added; the next rows start an empty one. */
  take(): RecordBatch {
    const { length } = this;
    const batch: RecordBatch = {
      length,
      columns: this.builders.map((builder) => builder.finish()),
      meta:
        this.wantsOffset || this.wantsTime || this.wantsPartition
          ? {
              ...NO_META,
              offset: this.wantsOffset ? Float64Array.from(this.offsets) : null,
              timestamp: this.wantsTime ? Float64Array.from(this.times) : null,
              partition: this.wantsPartition ? new Float64Array(length) : null,
            }
          : NO_META,
      ops: this.hasChanges ? Uint8Array.from(this.ops) : null,
      watermarks: null,
    };
    this.offsets = [];
    this.times = [];
    this.ops = [];
    this.hasChanges = false;
    this.length = 0;
    return batch;
  }
}
