import { createUtf8 } from '../decode/utf8.ts';

const UTF8 = createUtf8();

/** Bytes of a message with a place in them. */
export class ProtoInput {
  readonly bytes: Uint8Array;
  at: number;
  end: number;
  private readonly view: DataView;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** A number while it is safe, else a bigint; without a sign. */
  varint(): number | bigint {
    let low = 0;
    let factor = 1;
    for (let i = 0; i < 7; i++, factor *= 128) {
      const byte = this.byte();
      low += (byte & 127) * factor;
      if (byte < 128) return low;
    }
    let wide = BigInt(low);
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = this.byte();
      wide |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, wide);
    }
    throw new RangeError('an integer is longer than 64 bits');
  }

  length(): number {
    const length = this.varint();
    if (typeof length === 'bigint' || length > this.end - this.at) throw short();
    return length;
  }

  fixed32(): number {
    this.need(4);
    this.at += 4;
    return this.view.getUint32(this.at - 4, true);
  }

  fixed64(): bigint {
    this.need(8);
    this.at += 8;
    return this.view.getBigUint64(this.at - 8, true);
  }

  float(): number {
    this.need(4);
    this.at += 4;
    return this.view.getFloat32(this.at - 4, true);
  }

  double(): number {
    this.need(8);
    this.at += 8;
    return this.view.getFloat64(this.at - 8, true);
  }

  text(): string {
    const length = this.length();
    const text = UTF8.read(this.bytes, this.at, this.at + length);
    if (text === undefined) throw new RangeError('text is not UTF-8');
    this.at += length;
    return text;
  }

  raw(): Uint8Array {
    const length = this.length();
    this.at += length;
    return new Uint8Array(this.bytes.subarray(this.at - length, this.at));
  }

  /** Passes over a value that nobody wants. */
  skip(wire: number, id: number, depth = 0): void {
    switch (wire) {
      case 0:
        this.varint();
        return;
      case 1:
        this.need(8);
        this.at += 8;
        return;
      case 2: {
        const length = this.length();
        this.at += length;
        return;
      }
      case 3:
        if (depth > 64) throw new RangeError('groups are nested too deep');
        for (;;) {
          const tag = Number(this.varint());
          if (tag % 8 === 4) {
            if ((tag - 4) / 8 !== id) throw new RangeError('a group ends that did not begin');
            return;
          }
          this.skip(tag % 8, Math.floor(tag / 8), depth + 1);
        }
      case 5:
        this.need(4);
        this.at += 4;
        return;
      default:
        throw new RangeError(`field ${id} is stored in unknown way ${wire}`);
    }
  }

  private byte(): number {
    if (this.at >= this.end) throw short();
    return this.bytes[this.at++] as number;
  }

  private need(length: number): void {
    if (this.at + length > this.end) throw short();
  }
}

const short = (): RangeError => new RangeError('it ends in the middle of a value');
