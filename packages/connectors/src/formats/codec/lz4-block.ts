/**
 * Unpacks one LZ4 block of at most `maxBytes`; gives as many bytes as there were. `history`: bytes before it that it may point back to.
 * Throws on anything that is no such block, and before it would write or read outside of its arrays.
 */
export function unpackLz4Block(packed: Uint8Array, maxBytes: number, history: Uint8Array = NONE): Uint8Array {
  const first = history.length;
  // A byte cannot stand for more than 255: what a block may unpack to is known before there is memory for it.
  const out = new Uint8Array(first + Math.min(maxBytes, packed.length * 255));
  out.set(history);
  let p = 0;
  let to = first;
  const lengthOf = (nibble: number): number => {
    let length = nibble;
    if (nibble !== 15) return length;
    for (;;) {
      const byte = packed[p++];
      if (byte === undefined) throw new RangeError('an LZ4 block ends in the middle');
      length += byte;
      if (byte !== 255) return length;
    }
  };
  while (p < packed.length) {
    const token = packed[p++] as number;
    const literals = lengthOf(token >> 4);
    if (p + literals > packed.length || to + literals > out.length) throw new RangeError('an LZ4 block has no room for its bytes');
    out.set(packed.subarray(p, p + literals), to);
    p += literals;
    to += literals;
    if (p === packed.length) break;
    const distance = (packed[p] as number) | ((packed[p + 1] ?? 0) << 8);
    p += 2;
    const length = lengthOf(token & 15) + 4;
    if (p > packed.length || distance === 0 || distance > to || to + length > out.length)
      throw new RangeError('an LZ4 block points outside of itself');
    if (distance >= length) out.copyWithin(to, to - distance, to - distance + length);
    else for (let i = 0; i < length; i++) out[to + i] = out[to + i - distance] as number;
    to += length;
  }
  return out.subarray(first, to);
}

const NONE = new Uint8Array(0);
