import { joinBytes } from './join-bytes.ts';
import { unpackLz4Block } from './lz4-block.ts';
import { lz4Head, lz4History } from './lz4-frames.ts';

const word = (bytes: Uint8Array, at: number): number => {
  if (at + 4 > bytes.length) throw new RangeError('an LZ4 frame ends in the middle');
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
};

/** One LZ4 frame that is there whole, unpacked to `maxBytes` at most. */
export function unpackLz4Frame(packed: Uint8Array, maxBytes: number): Uint8Array {
  if (packed.length < 7 || word(packed, 0) !== 0x184d2204) throw new RangeError('it is no LZ4 frame');
  const { blockBytes, isLinked, hasBlockSums, headBytes } = lz4Head(packed[4] as number, packed[5] as number);
  const parts: Uint8Array[] = [];
  let total = 0;
  let history: Uint8Array = new Uint8Array(0);
  for (let at = 6 + headBytes; ; ) {
    const size = word(packed, at);
    if (size === 0) break;
    const length = size & 0x7fffffff;
    const stored = packed.subarray(at + 4, at + 4 + length);
    if (stored.length < length) throw new RangeError('an LZ4 frame ends in the middle');
    const block = size > 0x7fffffff ? stored : unpackLz4Block(stored, blockBytes, history);
    total += block.length;
    if (total > maxBytes) throw new RangeError(`an LZ4 frame of more than ${maxBytes} bytes`);
    parts.push(block);
    if (isLinked) history = lz4History(history, block);
    at += 4 + length + (hasBlockSums ? 4 : 0);
  }
  return joinBytes(parts);
}
