import type { RecordChunk } from '../records/record-chunk.ts';
import type { PickedRecords } from '../values/value-format.ts';

interface Held {
  readonly chunk: RecordChunk;
  /** Of the last chunk of an answer. */
  readonly release: (() => void) | null;
}

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
  /** The chunk of the next record, and its row there. */
  chunk: RecordChunk | null = null;
  row = 0;
  private readonly held: Held[] = [];
  private spent: (() => void)[] = [];

  constructor(partition: number, from: number, end: number) {
    this.partition = partition;
    this.fetchFrom = from;
    this.next = from;
    this.end = end;
  }

  /** Records behind the end are left out: they belong to a later reader. */
  add(chunks: readonly RecordChunk[], nextOffset: number, release: (() => void) | null = null): void {
    const wanted = chunks.map((chunk) => this.upToEnd(chunk)).filter((chunk) => chunk.length > 0);
    for (const [i, chunk] of wanted.entries()) {
      this.held.push({ chunk, release: i === wanted.length - 1 ? release : null });
      this.buffered += chunk.length;
    }
    if (wanted.length === 0 && release) this.spent.push(release);
    this.chunk = this.held[0]?.chunk ?? null;
    this.fetchFrom = nextOffset;
    if (this.buffered === 0) this.passAll();
  }

  jumpTo(offset: number): void {
    this.fetchFrom = offset;
    this.next = offset;
  }

  /** Of the next record. */
  get time(): number {
    return (this.chunk as RecordChunk).timestamps[this.row] as number;
  }

  /** Takes the records of the chunk in front up to `row` off. */
  takeTo(row: number): void {
    const chunk = this.chunk as RecordChunk;
    this.buffered -= row - this.row;
    this.row = row;
    this.next = (chunk.offsets[row - 1] as number) + 1;
    if (row < chunk.length) return;
    const { release } = this.held.shift() as Held;
    if (release) this.spent.push(release);
    this.chunk = this.held[0]?.chunk ?? null;
    this.row = 0;
    if (this.chunk === null) this.passAll();
  }

  /** To be called when nothing looks at the records any more that were taken off. */
  release(): void {
    const { spent } = this;
    if (spent.length === 0) return;
    this.spent = [];
    for (const each of spent) each();
  }

  /** Whether everything that may be read now was fetched. */
  get isCaughtUp(): boolean {
    return this.fetchFrom >= this.end || this.fetchFrom >= this.readableTo;
  }

  /** Whether a bounded source is through with this partition. */
  get isDone(): boolean {
    return this.buffered === 0 && this.fetchFrom >= this.end;
  }

  /** Behind the last record may stand markers and records of aborted transactions, and behind the end records that were not read. */
  private passAll(): void {
    this.next = Math.max(this.next, Math.min(this.fetchFrom, this.end));
  }

  private upToEnd(chunk: RecordChunk): RecordChunk {
    let { length } = chunk;
    while (length > 0 && (chunk.offsets[length - 1] as number) >= this.end) length--;
    return length === chunk.length ? chunk : { ...chunk, length };
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
    const { first, time, partition } = earliest(full);
    const head = first.chunk as RecordChunk; // it has records
    let place = places.get(head);
    if (place === undefined) {
      place = chunks.push(head) - 1;
      places.set(head, place);
    }
    const times = head.timestamps;
    const end = Math.min(head.length, first.row + most - length);
    let at = first.row;
    // A run of one partition, as long as no other one has an earlier record; of equal times the lower partition comes first.
    for (; at < end; at++) {
      const own = times[at] as number;
      if (own > time || (own === time && first.partition > partition)) break;
      chunk[length] = place;
      row[length] = at;
      partitions[length++] = first.partition;
    }
    first.takeTo(at);
    if (first.buffered > 0) continue;
    if (!first.isCaughtUp) break;
    full.splice(full.indexOf(first), 1);
    if (full.length === 0) break;
  }
  return { length, chunks, chunk, row, partitions };
}

/** The partition with the earliest record, and of the others the time and partition of the earliest. */
function earliest(buffers: readonly PartitionBuffer[]): { first: PartitionBuffer; time: number; partition: number } {
  let first = buffers[0] as PartitionBuffer;
  let time = Number.POSITIVE_INFINITY;
  let partition = Number.POSITIVE_INFINITY;
  if (buffers.length === 1) return { first, time, partition };
  let least = first.time;
  for (let i = 1; i < buffers.length; i++) {
    const buffer = buffers[i] as PartitionBuffer;
    const own = buffer.time;
    if (own < least) {
      time = least;
      partition = first.partition;
      least = own;
      first = buffer;
    } else if (own < time) {
      time = own;
      partition = buffer.partition;
    }
  }
  return { first, time, partition };
}
