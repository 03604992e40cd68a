const POLYNOMIAL = 0x82f63b78;
const STEP = 16;

/** Sixteen tables one behind the other: sixteen bytes are taken at once. The last table is that of the first byte. */
const TABLE: Int32Array = (() => {
  const table = new Int32Array(STEP * 256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ POLYNOMIAL : c >>> 1;
    table[n] = c;
  }
  for (let at = 256; at < table.length; at++) {
    const before = table[at - 256]!;
    table[at] = (before >>> 8) ^ table[before & 0xff]!;
  }
  return table;
})();

const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** CRC-32C (Castagnoli) of `bytes[from … to)`, as record batches carry it. */
export function crc32c(bytes: Uint8Array, from = 0, to = bytes.length): number {
  const t = TABLE;
  // Signed all the way: a number above 2^31 would be no integer to the machine.
  let crc = -1;
  let at = from;
  if (isLittleEndian && to - from >= 2 * STEP) {
    for (; ((bytes.byteOffset + at) & 3) !== 0; at++) crc = (crc >>> 8) ^ t[(crc ^ bytes[at]!) & 0xff]!;
    // Whole words: reading bytes one by one takes as long as looking them up.
    const words = new Int32Array(bytes.buffer, bytes.byteOffset + at, (to - at) >> 2);
    const end = words.length & ~3;
    for (let i = 0; i < end; i += 4) {
      const a = words[i]! ^ crc;
      const b = words[i + 1]!;
      const c = words[i + 2]!;
      const d = words[i + 3]!;
      crc =
        t[0xf00 + (a & 0xff)]! ^
        t[0xe00 + ((a >>> 8) & 0xff)]! ^
        t[0xd00 + ((a >>> 16) & 0xff)]! ^
        t[0xc00 + (a >>> 24)]! ^
        t[0xb00 + (b & 0xff)]! ^
        t[0xa00 + ((b >>> 8) & 0xff)]! ^
        t[0x900 + ((b >>> 16) & 0xff)]! ^
        t[0x800 + (b >>> 24)]! ^
        t[0x700 + (c & 0xff)]! ^
        t[0x600 + ((c >>> 8) & 0xff)]! ^
        t[0x500 + ((c >>> 16) & 0xff)]! ^
        t[0x400 + (c >>> 24)]! ^
        t[0x300 + (d & 0xff)]! ^
        t[0x200 + ((d >>> 8) & 0xff)]! ^
        t[0x100 + ((d >>> 16) & 0xff)]! ^
        t[d >>> 24]!;
    }
    at += end * 4;
  }
  for (; at < to; at++) crc = (crc >>> 8) ^ t[(crc ^ bytes[at]!) & 0xff]!;
  return ~crc >>> 0;
}
