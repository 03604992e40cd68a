import { assert } from '../../diagnostics/assert.ts';

const FIRST_CAPACITY = 1024;
/** Distinct strings that may be referred back to. Part of the format: writer and reader count alike. */
export const REPEATS_MAX = 1 << 16;
const encoder = new TextEncoder();

/** Growing bytes: tags, LEB128 varints, little-endian doubles, and strings of which each distinct one is written once. */
export class ByteWriter {
  length = 0;
  private bytes = new Uint8Array(FIRST_CAPACITY);
  private view = new DataView(this.bytes.buffer);
  private readonly known = new Map<string, number>();

  tag(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  /** A safe integer >= 0. */
  varint(value: number): void {
    this.reserve(10);
    let rest = value;
    while (rest >= 0x80) {
      this.bytes[this.length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.bytes[this.length++] = rest;
  }

  /** The sign stands in a byte of its own: zigzag would leave the safe range. */
  signed(value: number): void {
    assert(Number.isSafeInteger(value), 'state integers are safe');
    this.tag(value < 0 ? 1 : 0);
    this.varint(Math.abs(value));
  }

  double(value: number): void {
    this.reserve(8);
    this.view.setFloat64(this.length, value, true);
    this.length += 8;
  }

  /**
   * A back reference when the string is among the first `REPEATS_MAX` distinct ones that were written; later ones are not
   * remembered, because they hardly repeat. Lone surrogates have no UTF-8: such strings go as UTF-16 units.
   */
  text(value: string): void {
    const index = this.known.get(value);
    if (index !== undefined) {
      this.varint(index + 1);
      return;
    }
    if (this.known.size < REPEATS_MAX) this.known.set(value, this.known.size);
    this.varint(0);
    if (this.ascii(value)) return;
    const wellFormed = value.isWellFormed();
    const units = wellFormed ? encoder.encode(value) : utf16(value);
    this.tag(wellFormed ? 0 : 1);
    this.varint(units.length);
    this.raw(units);
  }

  raw(values: Uint8Array): void {
    this.reserve(values.length);
    this.bytes.set(values, this.length);
    this.length += values.length;
  }

  /** Zeros up to a multiple of 8, so that a reader can lay typed arrays over the bytes. */
  align(): void {
    this.reserve(8);
    while (this.length % 8 !== 0) this.bytes[this.length++] = 0;
  }

  take(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  /** Writes a short string of ASCII, whose length takes one byte; false leaves nothing behind. */
  private ascii(value: string): boolean {
    const { length } = value;
    if (length >= 0x80) return false;
    this.reserve(length + 2);
    const { bytes } = this;
    const at = this.length + 2;
    for (let i = 0; i < length; i++) {
      const unit = value.charCodeAt(i);
      if (unit >= 0x80) return false;
      bytes[at + i] = unit;
    }
    bytes[at - 2] = 0;
    bytes[at - 1] = length;
    this.length = at + length;
    return true;
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const next = new Uint8Array(Math.max(this.length + count, this.bytes.length * 2));
    next.set(this.bytes.subarray(0, this.length));
    this.bytes = next;
    this.view = new DataView(next.buffer);
  }
}

function utf16(value: string): Uint8Array {
  const units = new Uint8Array(value.length * 2);
  const view = new DataView(units.buffer);
  for (let i = 0; i < value.length; i++) view.setUint16(i * 2, value.charCodeAt(i), true);
  return units;
}
