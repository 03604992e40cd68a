import type { BadRecord, DecodedBatch, DecodeRequest, Decoder } from '@velostream/core/connect';
import { connectorError, type VeloError } from '@velostream/core/connect';
import type { Scalar } from '@velostream/core/connect/formats';
import { lineAround, misfit, sampleOf } from './bad-record.ts';
import { BatchBlock, type ReadDeferred } from './batch-block.ts';
import { type PlannedColumn, type RecordKernel, Stop } from './record-kernel.ts';

/** What the complete reader made of the bytes from a record's start on. */
export type ReadRecord =
  /** The record goes on behind the bytes. */
  | { readonly kind: 'open' }
  | { readonly kind: 'blank'; readonly end: number }
  | { readonly kind: 'bad'; readonly end: number; readonly error: VeloError }
  /** Per column: where its value stands, `null` for NULL. */
  | { readonly kind: 'values'; readonly end: number; readonly values: readonly (DeferredValue | null)[] };

/** A value in scalar form (undefined: it does not fit) and its place for messages. */
export interface DeferredValue {
  readonly value: Scalar | undefined;
  readonly start: number;
  readonly end: number;
}

/** What a format adds to the common decoder. */
export interface RecordFormat {
  readonly plan: readonly PlannedColumn[];
  readonly kernel: RecordKernel;
  readonly readDeferred: ReadDeferred;
  /** Columns that no record has, by number: the kernel does not know them. */
  readonly absent?: readonly number[];
  /** Reads one record completely. `isLast`: no bytes follow `to`, so that a record may end without its line end. */
  readRecord(bytes: Uint8Array, from: number, to: number, isLast: boolean): ReadRecord;
  /** Whether a line end inside a record is possible, so that a long record may have one. */
  readonly hasInnerLines: boolean;
}

const LINE_FEED = 0x0a;
/** Input is decoded in pieces that stay in the second-level cache. */
const WINDOW_BYTES = 1 << 18;
export const BLOCK_ROWS_MAX = 1 << 16;

/** First capacity of a kernel's input: no record longer than allowed ever stands in it whole. */
export const firstWindow = (maxRecordBytes: number): number => Math.min(WINDOW_BYTES, maxRecordBytes);

/**
 * Drives a kernel over bytes in any chunking. The window holds the undecoded bytes; it grows up to the longest record
 * allowed, so that a longer one can be told, reported and passed over without being held.
 */
export class RecordDecoder implements Decoder {
  readonly header: readonly string[] | undefined;
  private readonly format: RecordFormat;
  private readonly request: DecodeRequest;
  private readonly block: BatchBlock;
  private readonly limit: number;
  private capacity: number;
  /** Undecoded bytes are `input[head … tail)`; `base` is the position of `input[0]` in the file. */
  private head = 0;
  private tail = 0;
  private base: number;
  private fed: number;
  /** No line end stands between `head` and here, or those that do lie within an open record. */
  private searched = 0;
  private rows = 0;
  private records: number;
  private batchRecords: number;
  private bad: { readonly record: number; readonly bad: BadRecord }[] = [];
  /** Row at which each record was left out whole, ascending. */
  private gaps: number[] = [];
  /** Inside a record that is too long: everything up to the next line end is passed over. */
  private isSkipping = false;

  constructor(format: RecordFormat, request: DecodeRequest, startByte: number, header: readonly string[] | undefined) {
    this.format = format;
    this.request = request;
    this.header = header;
    this.base = startByte;
    this.fed = startByte;
    this.records = request.startRecord;
    this.batchRecords = request.startRecord;
    this.limit = blockRows(request.maxBatchRows);
    this.capacity = firstWindow(request.maxRecordBytes);
    this.block = new BatchBlock({
      fields: request.fields,
      plan: format.plan,
      kernel: format.kernel,
      capacity: this.limit,
      readDeferred: format.readDeferred,
      absent: format.absent ?? [],
      lent: request.lent === true,
    });
  }

  *push(chunk: Uint8Array): Generator<DecodedBatch> {
    let taken = 0;
    while (taken < chunk.length) {
      this.shift();
      const piece = Math.min(chunk.length - taken, this.capacity - this.tail);
      this.format.kernel.input.set(chunk.subarray(taken, taken + piece), this.tail);
      this.tail += piece;
      this.fed += piece;
      taken += piece;
      yield* this.drain(false);
      while (this.tail - this.head >= this.capacity) {
        this.makeRoom();
        yield* this.drain(false);
      }
    }
    yield* this.flush();
  }

  *end(): Generator<DecodedBatch> {
    if (this.tail > this.head && !this.isSkipping) {
      const { input } = this.format.kernel;
      if (input[this.tail - 1] !== LINE_FEED) input[this.tail++] = LINE_FEED;
      // What was an open record may now be a broken one: look at all of it again.
      this.searched = this.head;
      yield* this.drain(true);
    }
    yield* this.flush();
    this.close();
  }

  close(): void {
    this.format.kernel.release?.();
  }

  /** Decodes what is whole. */
  private *drain(isLast: boolean): Generator<DecodedBatch> {
    const { kernel } = this.format;
    if (this.isSkipping && !this.skipLine()) return;
    const lastFeed = this.tail > this.searched ? kernel.input.lastIndexOf(LINE_FEED, this.tail - 1) : -1;
    if (lastFeed < this.searched) {
      this.searched = this.tail;
      return;
    }
    const to = lastFeed + 1;
    while (this.head < to) {
      if (this.rows === this.limit) yield* this.flush();
      const stop = kernel.decode(this.head, to, this.rows, this.limit);
      this.block.resolve(this.rows, kernel.row, this.onMisfit);
      this.records += kernel.row - this.rows;
      this.rows = kernel.row;
      this.head = kernel.at;
      if (stop === Stop.rows || this.head >= to) continue;
      if (stop === Stop.bytes && !isLast) break;
      if (this.rows === this.limit) yield* this.flush();
      if (!this.readComplete(isLast)) break;
    }
    this.searched = this.tail;
  }

  /** Lets the complete reader have the record at `head`; false when the record is not whole yet. */
  private readComplete(isLast: boolean): boolean {
    const { kernel } = this.format;
    const record = this.format.readRecord(kernel.input, this.head, this.tail, isLast);
    if (record.kind === 'open') return false;
    if (record.kind === 'bad') this.leaveOut(record.error, record.end);
    else if (record.kind === 'values') this.takeRow(record.values);
    this.head = record.end;
    return true;
  }

  private takeRow(values: readonly (DeferredValue | null)[]): void {
    const { input } = this.format.kernel;
    const row = this.rows;
    const wrong = values.findIndex((v) => v !== null && v.value === undefined);
    if (wrong >= 0) {
      const { start, end } = values[wrong] as DeferredValue;
      this.report(misfit(this.request.fields[wrong]!, input, start, end), this.records, lineAround(input, start, this.head, this.tail));
      this.gaps.push(row);
    } else {
      for (let c = 0; c < values.length; c++) this.block.set(c, row, values[c]?.value ?? null);
      this.rows++;
    }
    this.records++;
  }

  private leaveOut(error: VeloError, end: number): void {
    this.report(error, this.records, sampleOf(this.format.kernel.input, this.head, end));
    this.gaps.push(this.rows);
    this.records++;
  }

  private readonly onMisfit = (row: number, error: VeloError, at: number): void => {
    const record = this.batchRecords + row + this.gaps.filter((gap) => gap <= row).length;
    this.report(error, record, lineAround(this.format.kernel.input, at, 0, this.tail));
  };

  private report(error: VeloError, record: number, sample: string): void {
    this.bad.push({ record, bad: { error, position: `${this.request.name}:${record + 1}`, sample } });
  }

  /** No whole record fits the window: makes it larger, or gives the record up. */
  private makeRoom(): void {
    const { kernel, hasInnerLines } = this.format;
    const { maxRecordBytes } = this.request;
    this.searched = this.head;
    if (this.capacity < maxRecordBytes) {
      this.shift();
      this.capacity = Math.min(maxRecordBytes, this.capacity * 2);
      kernel.growInput(this.capacity);
      this.searched = this.tail;
      return;
    }
    const feed = hasInnerLines ? kernel.input.indexOf(LINE_FEED, this.head) : -1;
    const next = feed >= 0 && feed < this.tail ? feed + 1 : this.tail;
    this.leaveOut(connectorError('VS4305', { allowed: maxRecordBytes }), next);
    this.isSkipping = next === this.tail;
    this.head = next;
    this.searched = next;
  }

  private skipLine(): boolean {
    const feed = this.format.kernel.input.indexOf(LINE_FEED, this.head);
    const found = feed >= 0 && feed < this.tail;
    this.head = found ? feed + 1 : this.tail;
    this.searched = this.head;
    this.isSkipping = !found;
    return found;
  }

  private shift(): void {
    if (this.head === 0) return;
    this.format.kernel.input.copyWithin(0, this.head, this.tail);
    this.base += this.head;
    this.tail -= this.head;
    this.searched = Math.max(0, this.searched - this.head);
    this.head = 0;
  }

  private *flush(): Generator<DecodedBatch> {
    if (this.rows === 0 && this.bad.length === 0) return;
    const { rows, bad, gaps, batchRecords } = this;
    const { batch, kept } = this.block.finish(rows);
    this.rows = 0;
    this.bad = [];
    this.gaps = [];
    this.batchRecords = this.records;
    yield {
      batch,
      endByte: Math.min(this.base + this.head, this.fed),
      endRecord: this.records,
      // Columns are completed one after the other, so a batch finds its bad records in no order.
      bad: bad.sort((a, b) => a.record - b.record).map((entry) => entry.bad),
      ...(gaps.length === 0 && kept === null ? {} : { records: recordNumbers(batchRecords, rows, gaps, kept) }),
    };
  }
}

export const blockRows = (maxBatchRows: number): number => Math.max(1, Math.min(maxBatchRows, BLOCK_ROWS_MAX));

function recordNumbers(first: number, rows: number, gaps: readonly number[], kept: Int32Array | null): Float64Array {
  const all = new Float64Array(rows);
  let passed = 0;
  for (let row = 0; row < rows; row++) {
    while (passed < gaps.length && (gaps[passed] as number) <= row) passed++;
    all[row] = first + row + passed;
  }
  return kept === null ? all : Float64Array.from(kept, (row) => all[row] as number);
}
