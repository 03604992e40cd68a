/** A codec of plain snappy blocks. */
export interface RawSnappy {
  uncompress(block: Uint8Array, maxLength?: number): Uint8Array;
  compress(block: Uint8Array): Uint8Array;
}

/** `0x82 SNAPPY 0x00`, then two version numbers: how Java's snappy stream begins, which Kafka's clients write. */
const MAGIC = Uint8Array.of(0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0);
const HEADER_BYTES = 16;
const BLOCK_BYTES = 32 * 1024;

const isXerial = (bytes: Uint8Array): boolean => bytes.length >= HEADER_BYTES && MAGIC.every((byte, i) => bytes[i] === byte);

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const plain = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Unpacks a snappy stream, or one bare block; throws a RangeError above `maxBytes`. */
export function fromXerial(bytes: Uint8Array, snappy: RawSnappy, maxBytes: number): Uint8Array {
  if (!isXerial(bytes)) return snappy.uncompress(plain(bytes), maxBytes);
  const view = viewOf(bytes);
  const blocks: Uint8Array[] = [];
  let total = 0;
  for (let at = HEADER_BYTES; at < bytes.length; ) {
    if (at + 4 > bytes.length) throw new RangeError('a snappy block has no length');
    const length = view.getInt32(at);
    at += 4;
    if (length < 0 || at + length > bytes.length) throw new RangeError('a snappy block is cut off');
    const block = snappy.uncompress(plain(bytes.subarray(at, at + length)), maxBytes - total);
    total += block.length;
    blocks.push(block);
    at += length;
  }
  if (blocks.length === 1) return blocks[0] as Uint8Array;
  const all = new Uint8Array(total);
  let at = 0;
  for (const block of blocks) {
    all.set(block, at);
    at += block.length;
  }
  return all;
}

export function toXerial(bytes: Uint8Array, snappy: RawSnappy): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES) blocks.push(snappy.compress(plain(bytes.subarray(at, at + BLOCK_BYTES))));
  const all = new Uint8Array(HEADER_BYTES + blocks.reduce((sum, block) => sum + 4 + block.length, 0));
  const view = viewOf(all);
  all.set(MAGIC);
  view.setInt32(8, 1);
  view.setInt32(12, 1);
  let at = HEADER_BYTES;
  for (const block of blocks) {
    view.setInt32(at, block.length);
    all.set(block, at + 4);
    at += 4 + block.length;
  }
  return all;
}
