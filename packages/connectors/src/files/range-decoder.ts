import { readSync } from 'node:fs';
import { connectorError, type DecodedBatch, type Decoder, type FormatDefinition } from '@velostream/core/connect';
import type { Dictionary } from '@velostream/core/connect/formats';
import { csv } from '../formats/csv/csv.ts';
import { json } from '../formats/json/json.ts';
import { jsonl } from '../formats/jsonl/jsonl.ts';
import { type PackedBatch, packBatch } from './packed-batch.ts';
import { boundaryIn } from './range-boundary.ts';
import type { RangeEnd, RangePlan, RangeResult, RangeTask } from './range-task.ts';

/** A boundary is looked for so far behind the end of a range. */
const SEARCH_BYTES = 64 * 1024;

type Done = Extract<RangeResult, { readonly start: number }>;

/** Decodes ranges of one file, in whatever thread it is called. Holds one window. */
export class RangeDecoder {
  private readonly plan: RangePlan;
  private readonly window: Uint8Array;
  private readonly open: (startByte: number) => Decoder;
  /** Between these two places there is no boundary. */
  private searched = { from: 0, found: -1 };

  constructor(plan: RangePlan) {
    this.plan = plan;
    this.window = new Uint8Array(plan.windowBytes);
    this.open = decoderOf(plan);
  }

  decode(task: RangeTask): Done {
    const batches: PackedBatch[] = [];
    const sent = new Map<Dictionary, number>();
    const reading = this.read(task);
    for (let step = reading.next(); ; step = reading.next()) {
      if (step.done) return { id: task.id, ...step.value, batches };
      batches.push(packBatch(step.value, sent));
    }
  }

  /** The batches of a range; at last how far it went. */
  *read(task: Omit<RangeTask, 'id'>): Generator<DecodedBatch, RangeEnd> {
    const start = task.isExact ? task.from : this.boundaryAfter(task.from);
    const end = task.to >= this.plan.size ? this.plan.size : this.boundaryAfter(task.to);
    if (start >= end) return { start, end, done: end, records: 0 };
    const decoder = this.open(start);
    let done = start;
    let records = 0;
    function* counted(decoded: ReturnType<Decoder['push']>): Generator<DecodedBatch> {
      for (const batch of decoded) {
        done = batch.endByte;
        records = batch.endRecord;
        yield batch;
      }
    }
    try {
      for (let at = start; at < end; ) {
        // Windows end at multiples of their size, so that each page of the file is read once.
        const to = Math.min(end, (Math.floor(at / this.window.length) + 1) * this.window.length);
        yield* counted(decoder.push(this.bytes(at, to)));
        at = to;
      }
      if (end === this.plan.size) {
        yield* counted(decoder.end());
        done = end;
      }
    } finally {
      decoder.close?.();
    }
    return { start, end, done, records };
  }

  /** The first boundary at or behind a place: that of a record which ends right there counts. */
  private boundaryAfter(place: number): number {
    // A record over many ranges is gone through once, not for each of them.
    if (place >= this.searched.from && place <= this.searched.found) return this.searched.found;
    const found = this.search(place);
    this.searched = { from: place, found };
    return found;
  }

  private search(place: number): number {
    for (let at = Math.max(0, place - 1); at < this.plan.size; at += SEARCH_BYTES) {
      // An element needs to be seen with the start of the next one.
      const bytes = this.bytes(at, Math.min(this.plan.size, at + SEARCH_BYTES + 512));
      const found = boundaryIn(bytes, 0, this.plan.boundary);
      if (found >= 0) return at + found;
    }
    return this.plan.size;
  }

  private bytes(from: number, to: number): Uint8Array {
    const bytes = to - from <= this.window.length ? this.window.subarray(0, to - from) : new Uint8Array(to - from);
    for (let at = 0; at < bytes.length; ) {
      const count = readSync(this.plan.fd, bytes, at, bytes.length - at, from + at);
      if (count === 0) throw connectorError('VS4317', { file: this.plan.name, expected: this.plan.size });
      at += count;
    }
    return bytes;
  }
}

const FORMATS = { csv, jsonl, json } as const;

function decoderOf(plan: RangePlan): (startByte: number) => Decoder {
  // Options were read once by whoever made the plan; here they are read again, with the same result.
  const format = FORMATS[plan.format]() as unknown as FormatDefinition<unknown>;
  const options = format.options.safeParse(plan.given);
  if (!options.success) throw connectorError('VS4101', { connector: 'file', option: '', problem: 'not usable' });
  const { fields, maxBatchRows, name, maxRecordBytes, header } = plan;
  return (startByte) =>
    format.decoder(
      {
        fields,
        maxBatchRows,
        name,
        startByte,
        startRecord: 0,
        maxRecordBytes,
        ...(plan.lent === undefined ? {} : { lent: plan.lent }),
        ...(header === undefined || startByte === 0 ? {} : { header }),
      },
      options.data,
    );
}
