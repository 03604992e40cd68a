import type { UnpackBlock } from '../codec/block-codec.ts';
import { joinBytes } from '../codec/join-bytes.ts';

/** The bytes of one stream of a stripe, unpacked chunk by chunk as they are asked for. Holds one chunk. */
export class OrcStream {
  private readonly bytes: Uint8Array;
  private readonly unpack: UnpackBlock | null;
  private readonly blockBytes: number;
  private next = 0;
  private chunk: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array, unpack: UnpackBlock | null, blockBytes: number) {
    this.bytes = bytes;
    this.unpack = unpack;
    this.blockBytes = blockBytes;
    this.chunk = unpack === null ? bytes : new Uint8Array(0);
    if (unpack === null) this.next = bytes.length;
  }

  byte(): number {
    while (this.at >= this.chunk.length) this.load();
    return this.chunk[this.at++] as number;
  }

  /** `length` bytes that stay as they are. */
  take(length: number): Uint8Array {
    if (this.at + length <= this.chunk.length) {
      this.at += length;
      return this.chunk.subarray(this.at - length, this.at);
    }
    // Asked for once there is so much: a crafted length gets no memory.
    const parts: Uint8Array[] = [];
    let missing = length;
    while (missing > 0) {
      if (this.at >= this.chunk.length) this.load();
      const part = this.chunk.subarray(this.at, this.at + missing);
      parts.push(part);
      this.at += part.length;
      missing -= part.length;
    }
    return joinBytes(parts);
  }

  varint(): number | bigint {
    let low = 0;
    let factor = 1;
    for (let i = 0; i < 7; i++, factor *= 128) {
      const byte = this.byte();
      low += (byte & 127) * factor;
      if (byte < 128) return low;
    }
    let wide = BigInt(low);
    // Decimals may have more than 64 bits.
    for (let shift = 49n; shift < 140n; shift += 7n) {
      const byte = this.byte();
      wide |= BigInt(byte & 127) << shift;
      if (byte < 128) return wide;
    }
    throw new RangeError('an integer has too many bits');
  }

  get isAtEnd(): boolean {
    return this.at >= this.chunk.length && this.next >= this.bytes.length;
  }

  private load(): void {
    const { bytes, unpack } = this;
    if (unpack === null || this.next + 3 > bytes.length) throw new RangeError('a column ends in the middle');
    const head = (bytes[this.next] as number) | ((bytes[this.next + 1] as number) << 8) | ((bytes[this.next + 2] as number) << 16);
    const length = head >> 1;
    const start = this.next + 3;
    if (start + length > bytes.length) throw new RangeError('a packed chunk ends in the middle');
    const packed = bytes.subarray(start, start + length);
    this.chunk = head & 1 ? packed : unpack(packed, this.blockBytes);
    this.at = 0;
    this.next = start + length;
  }
}

/** All chunks of a packed part at once. */
export function joinedChunks(bytes: Uint8Array, unpack: UnpackBlock | null, blockBytes: number, maxBytes: number): Uint8Array {
  if (unpack === null) return bytes;
  const stream = new OrcStream(bytes, unpack, blockBytes);
  const all: number[][] = [];
  let total = 0;
  let piece: number[] = [];
  while (!stream.isAtEnd) {
    piece.push(stream.byte());
    if (++total > maxBytes) throw new RangeError(`it unpacks to more than ${maxBytes} bytes`);
    if (piece.length === 65536) {
      all.push(piece);
      piece = [];
    }
  }
  return Uint8Array.from([...all, piece].flat());
}
