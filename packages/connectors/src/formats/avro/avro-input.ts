import { createUtf8 } from '../decode/utf8.ts';

const UTF8 = createUtf8();

/** Bytes of Avro values with a place in them. Every read checks that there is enough left. */
export class AvroInput {
  bytes: Uint8Array;
  at: number;
  private view: DataView;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  reset(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.at = 0;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** A number while it is safe, else a bigint. */
  long(): number | bigint {
    const { bytes } = this;
    let low = 0;
    let factor = 1;
    for (let i = 0; i < 7; i++, factor *= 128) {
      const byte = bytes[this.at++];
      if (byte === undefined) throw short();
      low += (byte & 127) * factor;
      if (byte < 128) return low % 2 === 0 ? low / 2 : -(low + 1) / 2;
    }
    let wide = BigInt(low);
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = bytes[this.at++];
      if (byte === undefined) throw short();
      wide |= BigInt(byte & 127) << shift;
      if (byte >= 128) continue;
      const value = BigInt.asIntN(64, (wide >> 1n) ^ -(wide & 1n));
      const narrow = Number(value);
      return Number.isSafeInteger(narrow) ? narrow : value;
    }
    throw new RangeError('an integer is longer than 64 bits');
  }

  /** A length or count. */
  count(): number {
    const value = this.long();
    if (typeof value === 'bigint') throw new RangeError('a length is too large');
    return value;
  }

  boolean(): boolean {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw short();
    if (byte > 1) throw new RangeError(`a boolean of ${byte}`);
    return byte === 1;
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

  /** A view: copy it to keep it. */
  take(length: number): Uint8Array {
    this.need(length);
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  skip(length: number): void {
    this.need(length);
    this.at += length;
  }

  text(): string {
    const length = this.count();
    this.need(length);
    const text = UTF8.read(this.bytes, this.at, this.at + length);
    if (text === undefined) throw new RangeError('text is not UTF-8');
    this.at += length;
    return text;
  }

  private need(length: number): void {
    if (length < 0 || this.at + length > this.bytes.length) throw short();
  }
}

const short = (): RangeError => new RangeError('it ends in the middle of a value');
