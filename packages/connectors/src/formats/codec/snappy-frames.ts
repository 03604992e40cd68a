import { snappyLength } from './block-codec.ts';
import { crc32c } from './crc32c.ts';
import { joinBytes } from './join-bytes.ts';
import type { PieceReader } from './piece-reader.ts';

/** What packs and unpacks one Snappy block. */
export interface RawSnappy {
  compress(bytes: Uint8Array): Uint8Array;
  uncompress(bytes: Uint8Array, maxBytes?: number): Uint8Array;
}

const CHUNK_BYTES = 1 << 16;
/** `sNaPpY`, as a chunk of its own. */
const IDENTIFIER = Uint8Array.of(0xff, 6, 0, 0, 0x73, 0x4e, 0x61, 0x50, 0x70, 0x59);

/** The chunks of Snappy's framing format, checksums compared. */
export async function* snappyFrames(input: PieceReader, snappy: RawSnappy): AsyncGenerator<Uint8Array> {
  let isBegun = false;
  for (let head = await input.read(4); head !== undefined; head = await input.read(4)) {
    const [kind, ...size] = head as unknown as [number, number, number, number];
    const bytes = await input.need(size[0] | (size[1] << 8) | (size[2] << 16));
    if (kind === 0xff && bytes.length === 6 && bytes[0] === 0x73) {
      isBegun = true;
      continue;
    }
    if (!isBegun) throw new RangeError('it is not in the Snappy framing format');
    if (kind === 0 || kind === 1) {
      const stored = bytes.subarray(4);
      if (kind === 0) snappyLength(stored, CHUNK_BYTES);
      const chunk = kind === 0 ? snappy.uncompress(stored, CHUNK_BYTES) : stored;
      if (chunk.length > CHUNK_BYTES) throw new RangeError(`a Snappy chunk has ${chunk.length} bytes`);
      if (new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true) !== masked(chunk))
        throw new RangeError('the checksum of a Snappy chunk is wrong');
      yield chunk;
    } else if (kind < 0x80) throw new RangeError(`a Snappy chunk has unknown kind ${kind}`);
  }
}

/** Bytes as one stream of chunks; streams may stand one behind the other. */
export function toSnappyFrames(bytes: Uint8Array, snappy: RawSnappy): Uint8Array {
  const parts: Uint8Array[] = [IDENTIFIER];
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    const chunk = bytes.subarray(at, at + CHUNK_BYTES);
    const stored = snappy.compress(chunk);
    const isSmaller = stored.length < chunk.length;
    const content = isSmaller ? stored : chunk;
    const length = content.length + 4;
    const head = Uint8Array.of(isSmaller ? 0 : 1, length & 255, (length >> 8) & 255, length >> 16, 0, 0, 0, 0);
    new DataView(head.buffer).setUint32(4, masked(chunk), true);
    parts.push(head, content);
  }
  return joinBytes(parts);
}

function masked(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
