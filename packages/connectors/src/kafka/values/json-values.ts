import type { BadRecord, DecodedBatch, Decoder } from '@velostream/core/connect';
import { connectorError } from '@velostream/core/connect';
import { parseJsonExact } from '@velostream/core/connect/formats';
import { jsonl } from '../../formats/jsonl/jsonl.ts';
import type { BadValue, DecodedValues, PickedRecords, ValueDecoder, ValueFormat } from './value-format.ts';

const LINE_FEED = 0x0a;
const SPACE = 0x20;
const OPTIONS = { exact_decimals: false, kernels: 'auto' } as const;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** One JSON object per message, behind `skip` bytes of framing. Columns come from samples. */
export function jsonValues(skip = 0): ValueFormat {
  const format = jsonl();
  return {
    needsSamples: true,
    async describe(samples) {
      return { fields: format.infer(joined(samples), true, OPTIONS), origin: 'inferred' };
    },
    async decoder(fields, { maxBatchRows, maxRecordBytes }) {
      const request = { fields, maxBatchRows, name: '', startByte: 0, startRecord: 0, maxRecordBytes: maxRecordBytes + 1 };
      return new JsonValueDecoder(format.decoder(request, OPTIONS), maxRecordBytes, skip);
    },
    async encoder(fields) {
      const lines = format.encoder?.(fields, OPTIONS);
      if (!lines) throw connectorError('VS4208', { format: 'json', known: [] });
      return { encode: (batch) => splitLines(lines.encode(batch)) };
    },
  };
}

/** Values as lines. A line feed in JSON is white space between tokens and nothing else, so a space may stand for it. */
function joined(values: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(values.reduce((sum, value) => sum + value.length + 1, 0));
  let at = 0;
  for (const value of values) {
    all.set(value, at);
    for (let i = all.indexOf(LINE_FEED, at); i >= 0 && i < at + value.length; i = all.indexOf(LINE_FEED, i + 1)) all[i] = SPACE;
    at += value.length + 1;
    all[at - 1] = LINE_FEED;
  }
  return all;
}

function splitLines(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(LINE_FEED, at);
    lines.push(bytes.subarray(at, end < 0 ? bytes.length : end));
    at = end < 0 ? bytes.length : end + 1;
  }
  return lines;
}

/** The values go through the decoder of JSON lines together, one per line: its kernels make no object per message. */
class JsonValueDecoder implements ValueDecoder {
  readonly copies = true;
  private readonly maxRecordBytes: number;
  private readonly skip: number;
  private readonly decoder: Decoder;
  private buffer = new Uint8Array(1 << 16);
  /** Records that the decoder has seen before this call. */
  private base = 0;

  constructor(decoder: Decoder, maxRecordBytes: number, skip: number) {
    this.skip = skip;
    this.decoder = decoder;
    this.maxRecordBytes = maxRecordBytes;
  }

  *decode(picked: PickedRecords): Generator<DecodedValues> {
    const unread: BadValue[] = [];
    const { bytes, lines } = this.gather(picked, unread);
    const total = lines === null ? picked.length : lines.length;
    const recordOf = (line: number): number => (lines === null ? line : (lines[line] as number));
    const { base } = this;
    this.base += total;
    let upTo = 0;
    for (const batch of this.decoder.push(bytes)) {
      const done = batch.endRecord - base;
      upTo = done === total ? picked.length : done === 0 ? 0 : recordOf(done - 1) + 1;
      const isAfter = unread.findIndex(({ record }) => record >= upTo);
      const earlier = unread.splice(0, isAfter < 0 ? unread.length : isAfter);
      const part = partOf(batch, base, lines === null, recordOf);
      const bad = earlier.length === 0 ? part.bad : [...earlier, ...part.bad].sort((a, b) => a.record - b.record);
      yield { ...part, bad, upTo };
    }
    if (upTo < picked.length) yield { columns: [], length: 0, records: null, bad: unread, upTo: picked.length };
  }

  close(): void {
    this.decoder.close?.();
  }

  /** Copies the values behind each other. `lines` tells the record of each line where some records give no line. */
  private gather(picked: PickedRecords, bad: BadValue[]): { readonly bytes: Uint8Array; readonly lines: Int32Array | null } {
    let lines: number[] | null = null;
    let at = 0;
    for (let i = 0; i < picked.length; i++) {
      const chunk = picked.chunks[picked.chunk[i] as number] as PickedRecords['chunks'][number];
      const row = picked.row[i] as number;
      const tombstone = (chunk.values[row * 2] as number) < 0;
      const start = tombstone ? -1 : (chunk.values[row * 2] as number) + this.skip;
      const end = chunk.values[row * 2 + 1] as number;
      const length = start < 0 ? 2 : Math.max(0, end - start);
      if (at + length + 2 > this.buffer.length) this.grow(at + length + 2);
      const problem = start < 0 ? this.putEmpty(at) : this.put(chunk.bytes, start, Math.max(start, end), at);
      if (problem !== null) {
        bad.push({ record: i, error: problem, sample: sampleOf(chunk.bytes, start, end) });
        lines ??= Array.from({ length: i }, (_, n) => n);
        continue;
      }
      lines?.push(i);
      at += length;
      this.buffer[at++] = LINE_FEED;
    }
    return { bytes: this.buffer.subarray(0, at), lines: lines === null ? null : Int32Array.from(lines) };
  }

  /** A tombstone is an object without columns. */
  private putEmpty(at: number): null {
    this.buffer[at] = 0x7b;
    this.buffer[at + 1] = 0x7d;
    return null;
  }

  /** Copies one value; gives what is wrong with it where the line decoder would not see a record. */
  private put(bytes: Uint8Array, start: number, end: number, at: number) {
    const length = end - start;
    if (length > this.maxRecordBytes) return connectorError('VS4305', { allowed: this.maxRecordBytes });
    const { buffer } = this;
    let isBlank = true;
    let hasFeed = false;
    if (length < 64) {
      for (let i = 0; i < length; i++) {
        const byte = bytes[start + i] as number;
        buffer[at + i] = byte;
        if (byte === LINE_FEED) hasFeed = true;
        else if (byte > SPACE) isBlank = false;
      }
    } else {
      const value = bytes.subarray(start, end);
      buffer.set(value, at);
      // Within the value: behind it stand the bytes of earlier ones.
      hasFeed = value.indexOf(LINE_FEED) >= 0;
      for (let i = at; isBlank && i < at + length; i++) if ((buffer[i] as number) > SPACE) isBlank = false;
    }
    if (isBlank) return connectorError('VS4304', { problem: 'the value is empty' });
    return hasFeed ? withoutFeeds(buffer, at, length) : null;
  }

  private grow(needed: number): void {
    const next = new Uint8Array(Math.max(needed, this.buffer.length * 2));
    next.set(this.buffer);
    this.buffer = next;
  }
}

function partOf(
  { batch, records, endRecord, bad }: DecodedBatch,
  base: number,
  isDense: boolean,
  recordOf: (line: number) => number,
): Omit<DecodedValues, 'upTo'> {
  const { length } = batch;
  const first = endRecord - length - base;
  const lineAt = (i: number): number => (records ? (records[i] as number) - base : first + i);
  return {
    columns: batch.columns,
    length,
    records: isDense && !records ? null : Int32Array.from({ length }, (_, i) => recordOf(lineAt(i))),
    bad: bad.map((one) => badValue(one, base, recordOf)),
  };
}

/** Line feeds between tokens become spaces; one inside a text is not JSON. */
function withoutFeeds(buffer: Uint8Array, at: number, length: number) {
  const part = buffer.subarray(at, at + length);
  try {
    parseJsonExact(utf8.decode(part));
  } catch {
    return connectorError('VS4304', { problem: 'the value is not JSON' });
  }
  for (let i = 0; i < part.length; i++) if (part[i] === LINE_FEED) part[i] = SPACE;
  return null;
}

function badValue({ error, position, sample }: BadRecord, base: number, recordOf: (line: number) => number): BadValue {
  const line = Number(position.slice(position.lastIndexOf(':') + 1)) - 1;
  return { record: recordOf(line - base), error, sample };
}

const lenient = new TextDecoder();
export const sampleOf = (bytes: Uint8Array, start: number, end: number): string =>
  start < 0 ? '' : lenient.decode(bytes.subarray(start, Math.min(end, start + 600))).slice(0, 200);
