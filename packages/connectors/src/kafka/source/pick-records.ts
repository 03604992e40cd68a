import type { RecordChunk } from '../records/record-chunk.ts';
import type { PickedRecords } from '../values/value-format.ts';

/** Records of one partition that were fetched and not handed on yet. */
export class PartitionBuffer {
  readonly partition: number;
  /** Offset from which the next fetch reads. */
  fetchFrom: number;
  /** Offset behind the last record handed on. */
  next: number;
  /** Up to where records may be read now, as the last answer said; NaN before the first. */
  readableTo = Number.NaN;
  /** Where a bounded source ends here. */
  readonly end: number;
  buffered = 0;
  private readonly chunks: RecordChunk[] = [];
  private row = 0;

  constructor(partition: number, from: number, end: number) {
    this.partition = partition;
    this.fetchFrom = from;
    this.next = from;
    this.end = end;
  }

  add(chunks: readonly RecordChunk[], nextOffset: number): void {
    for (const chunk of chunks) {
      this.chunks.push(chunk);
      this.buffered += chunk.length;
    }
    this.fetchFrom = nextOffset;
    if (this.buffered === 0) this.next = nextOffset;
  }

  jumpTo(offset: number): void {
    this.fetchFrom = offset;
    this.next = offset;
  }

  get head(): { readonly chunk: RecordChunk; readonly row: number } | undefined {
    const chunk = this.chunks[0];
    return chunk === undefined ? undefined : { chunk, row: this.row };
  }

  /** Takes one record off. */
  shift(): void {
    const chunk = this.chunks[0] as RecordChunk;
    this.next = (chunk.offsets[this.row] as number) + 1;
    this.row++;
    this.buffered--;
    if (this.row < chunk.length) return;
    this.chunks.shift();
    this.row = 0;
    // Behind the last record may stand markers and records of aborted transactions.
    if (this.chunks.length === 0) this.next = this.fetchFrom;
  }

  /** Whether everything that may be read now was fetched. */
  get isCaughtUp(): boolean {
    return this.fetchFrom >= this.end || this.fetchFrom >= this.readableTo;
  }

  /** Whether a bounded source is through with this partition. */
  get isDone(): boolean {
    return this.buffered === 0 && this.fetchFrom >= this.end;
  }
}

/** Picked records with the partition of each. */
export interface Picked extends PickedRecords {
  readonly partitions: Int32Array;
}

/**
 * Takes up to `rowsMax` records in the order of their time, each partition in its own order. A partition that lies behind and has nothing
 * buffered holds the others back, so that a watermark made of the merged rows never runs ahead of the slowest partition; one that was
 * read to its end does not.
 */
export function pickRecords(buffers: readonly PartitionBuffer[], rowsMax: number): Picked | null {
  const waits = buffers.some((b) => b.buffered === 0 && !b.isCaughtUp);
  const full = buffers.filter((b) => b.buffered > 0);
  if (waits || full.length === 0) return null;
  const most = Math.min(
    rowsMax,
    full.reduce((sum, b) => sum + b.buffered, 0),
  );
  const chunks: RecordChunk[] = [];
  const places = new Map<RecordChunk, number>();
  const chunk = new Int32Array(most);
  const row = new Int32Array(most);
  const partitions = new Int32Array(most);
  let length = 0;
  while (length < most) {
    const buffer = earliest(full);
    const limit = full.length === 1 ? null : nextAfter(full, buffer);
    // A run of one partition, as long as no other one has an earlier record; of equal times the lower partition comes first.
    for (let head = buffer.head; head && length < most; head = buffer.head) {
      if (limit !== null && isBehind(timeOf(head), buffer.partition, limit)) break;
      let place = places.get(head.chunk);
      if (place === undefined) {
        place = chunks.push(head.chunk) - 1;
        places.set(head.chunk, place);
      }
      chunk[length] = place;
      row[length] = head.row;
      partitions[length++] = buffer.partition;
      buffer.shift();
    }
    if (buffer.buffered > 0) continue;
    if (!buffer.isCaughtUp) break;
    full.splice(full.indexOf(buffer), 1);
    if (full.length === 0) break;
  }
  return { length, chunks, chunk, row, partitions };
}

const timeOf = ({ chunk, row }: { readonly chunk: RecordChunk; readonly row: number }): number => chunk.timestamps[row] as number;

function earliest(buffers: readonly PartitionBuffer[]): PartitionBuffer {
  let first = buffers[0] as PartitionBuffer;
  if (buffers.length === 1) return first;
  let least = timeOf(first.head as NonNullable<PartitionBuffer['head']>);
  for (const buffer of buffers) {
    const time = timeOf(buffer.head as NonNullable<PartitionBuffer['head']>);
    if (time < least) {
      least = time;
      first = buffer;
    }
  }
  return first;
}

interface Place {
  readonly time: number;
  readonly partition: number;
}

const isBehind = (time: number, partition: number, other: Place): boolean =>
  time > other.time || (time === other.time && partition > other.partition);

/** The earliest record of the other partitions. */
function nextAfter(buffers: readonly PartitionBuffer[], first: PartitionBuffer): Place {
  let next: Place = { time: Number.POSITIVE_INFINITY, partition: Number.POSITIVE_INFINITY };
  for (const buffer of buffers) {
    if (buffer === first) continue;
    const time = timeOf(buffer.head as NonNullable<PartitionBuffer['head']>);
    if (time < next.time) next = { time, partition: buffer.partition };
  }
  return next;
}
