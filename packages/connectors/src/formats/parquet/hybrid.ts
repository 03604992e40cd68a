/**
 * Decodes `count` integers of `width` bits from `bytes[at … end)` into `out`. Throws when the bytes end before.
 */
export function readHybrid(bytes: Uint8Array, at: number, end: number, width: number, out: Int32Array | Uint8Array, count: number): void {
  if (width === 0) {
    out.fill(0, 0, count);
    return;
  }
  if (width > 32) throw new RangeError(`values of ${width} bits`);
  let p = at;
  let n = 0;
  while (n < count) {
    let header = 0;
    for (let factor = 1; ; factor *= 128) {
      if (p >= end || factor > 2 ** 28) throw new RangeError('levels or codes end in the middle');
      const byte = bytes[p++] as number;
      header += (byte & 127) * factor;
      if (byte < 128) break;
    }
    if (header % 2 === 0) {
      const run = header / 2;
      const size = (width + 7) >> 3;
      if (p + size > end || run === 0) throw new RangeError('a run ends in the middle');
      let value = 0;
      for (let i = 0; i < size; i++) value |= (bytes[p + i] as number) << (8 * i);
      p += size;
      const to = Math.min(count, n + run);
      out.fill(value, n, to);
      n = to;
    } else {
      const groups = (header - 1) / 2;
      const wanted = Math.min(count - n, groups * 8);
      if (groups === 0 || p + Math.ceil((wanted * width) / 8) > end) throw new RangeError('packed values end in the middle');
      unpack(bytes, p, width, out, n, wanted);
      p += groups * width;
      n += wanted;
    }
  }
}

function unpack(bytes: Uint8Array, from: number, width: number, out: Int32Array | Uint8Array, start: number, count: number): void {
  if (width > 24) {
    unpackWide(bytes, from, width, out, start, count);
    return;
  }
  const mask = (1 << width) - 1;
  let p = from;
  let bits = 0;
  let have = 0;
  for (let i = start, to = start + count; i < to; i++) {
    while (have < width) {
      bits |= (bytes[p++] as number) << have;
      have += 8;
    }
    out[i] = bits & mask;
    bits >>>= width;
    have -= width;
  }
}

function unpackWide(bytes: Uint8Array, from: number, width: number, out: Int32Array | Uint8Array, start: number, count: number): void {
  const mask = width === 32 ? -1 : (1 << width) - 1;
  for (let i = 0; i < count; i++) {
    const bit = i * width;
    const p = from + Math.floor(bit / 8);
    const shift = bit % 8;
    const low = ((bytes[p] ?? 0) | ((bytes[p + 1] ?? 0) << 8) | ((bytes[p + 2] ?? 0) << 16) | ((bytes[p + 3] ?? 0) << 24)) >>> shift;
    out[start + i] = (shift === 0 ? low : low | ((bytes[p + 4] ?? 0) << (32 - shift))) & mask;
  }
}

export const bitWidth = (max: number): number => 32 - Math.clz32(max);
