import type { DecodedBatch, ReadRequest, SourceBatch } from '@velostream/core/connect';
import { NO_META, takeBatch } from '@velostream/core/connect/formats';
import { type FilePosition, toOffset } from './file-position.ts';

/** Makes source batches of decoded ones: system columns, positions, and the limit of `max_records`. */
export class SourceBatches {
  total: number;
  private readonly request: ReadRequest;
  private readonly limit: number;
  private readonly now: () => number;

  constructor(request: ReadRequest, total: number, limit: number, now: () => number) {
    this.request = request;
    this.total = total;
    this.limit = limit;
    this.now = now;
  }

  get isFull(): boolean {
    return this.total >= this.limit;
  }

  make(decoded: DecodedBatch, positions: readonly FilePosition[]): SourceBatch {
    const { system } = this.request;
    const { length } = decoded.batch;
    const first = decoded.endRecord - length;
    const timestamp = system.includes('_TIMESTAMP') ? new Float64Array(length).fill(this.now()) : null;
    const offset = system.includes('_OFFSET') ? (decoded.records ?? Float64Array.from({ length }, (_, i) => first + i)) : null;
    const partition = system.includes('_PARTITION') ? new Float64Array(length) : null;
    const meta = system.length === 0 ? NO_META : { ...NO_META, timestamp, offset, partition };
    const whole = { ...decoded.batch, meta };
    const room = this.limit - this.total;
    const batch =
      length <= room
        ? whole
        : takeBatch(
            whole,
            Int32Array.from({ length: room }, (_, i) => i),
            room,
          );
    this.total += batch.length;
    return { batch, next: toOffset({ files: positions, total: this.total }), ...(decoded.bad.length === 0 ? {} : { bad: decoded.bad }) };
  }
}
