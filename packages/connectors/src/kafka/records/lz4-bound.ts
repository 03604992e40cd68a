const MAGIC = 0x184d2204;

/**
 * How much the blocks of an LZ4 frame may unpack to, read from its framing alone: all blocks but the last are full ones. The package that
 * unpacks has no limit of its own.
 */
export function lz4Bound(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 7 || view.getUint32(0, true) !== MAGIC) throw new RangeError('it is no LZ4 frame');
  const flags = bytes[4] as number;
  const sizeCode = ((bytes[5] as number) >> 4) & 7;
  if (sizeCode < 4) throw new RangeError('its LZ4 block size is not known');
  const blockBytes = 1 << (8 + 2 * sizeCode);
  const hasBlockChecksum = (flags & 0x10) !== 0;
  let at = 4 + 2 + ((flags & 0x08) !== 0 ? 8 : 0) + ((flags & 0x01) !== 0 ? 4 : 0) + 1;
  let blocks = 0;
  while (at + 4 <= bytes.length) {
    const size = view.getUint32(at, true) & 0x7fffffff;
    if (size === 0) break;
    if (size > blockBytes) throw new RangeError('an LZ4 block is larger than its frame allows');
    at += 4 + size + (hasBlockChecksum ? 4 : 0);
    blocks++;
  }
  return Math.max(0, blocks - 1) * blockBytes;
}
