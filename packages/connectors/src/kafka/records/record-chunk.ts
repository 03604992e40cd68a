/** The records of one record batch in columns: places in `bytes` instead of objects. */
export interface RecordChunk {
  readonly bytes: Uint8Array;
  readonly length: number;
  readonly offsets: Float64Array;
  /** ms since the epoch. */
  readonly timestamps: Float64Array;
  /** Two per record, start and end in `bytes`; a start of -1 is null. */
  readonly keys: Int32Array;
  readonly values: Int32Array;
  /** Start of the headers' encoding; their count stands there. */
  readonly headers: Int32Array;
}

/** A record batch that could not be unpacked or is damaged; its offsets are known all the same. */
export interface DamagedBatch {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly problem: string;
}

export interface ReadRecords {
  readonly chunks: readonly RecordChunk[];
  readonly damaged: readonly DamagedBatch[];
  /** Where the next fetch starts: behind the last whole batch, control and aborted ones included. */
  readonly nextOffset: number;
}

/** One message header. */
export type Header = readonly [name: string, value: Uint8Array | null];

const utf8 = new TextDecoder();

/** Reads a zig-zag varint of at most five bytes; gives value and the place behind it. */
export function varintAt(bytes: Uint8Array, at: number): [value: number, next: number] {
  let shift = 0;
  let value = 0;
  for (;;) {
    const byte = bytes[at++];
    if (byte === undefined || shift > 28) throw new RangeError('a length is damaged');
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
    shift += 7;
  }
  return [(value >>> 1) ^ -(value & 1), at];
}

export function headersAt(chunk: RecordChunk, row: number): Header[] {
  const { bytes } = chunk;
  let [count, at] = varintAt(bytes, chunk.headers[row] as number);
  const headers: Header[] = [];
  for (; count > 0; count--) {
    const [nameLength, nameStart] = varintAt(bytes, at);
    const [valueLength, valueStart] = varintAt(bytes, nameStart + nameLength);
    const name = utf8.decode(bytes.subarray(nameStart, nameStart + nameLength));
    headers.push([name, valueLength < 0 ? null : bytes.subarray(valueStart, valueStart + valueLength)]);
    at = valueStart + Math.max(0, valueLength);
  }
  return headers;
}

export function keyAt(chunk: RecordChunk, row: number): Uint8Array | null {
  const start = chunk.keys[row * 2] as number;
  return start < 0 ? null : chunk.bytes.subarray(start, chunk.keys[row * 2 + 1]);
}

export function valueAt(chunk: RecordChunk, row: number): Uint8Array | null {
  const start = chunk.values[row * 2] as number;
  return start < 0 ? null : chunk.bytes.subarray(start, chunk.values[row * 2 + 1]);
}
