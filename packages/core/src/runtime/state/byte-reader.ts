import { checkpointCorrupt } from '../../diagnostics/codes/runtime.ts';
import { REPEATS_MAX } from './byte-writer.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Mirror of `ByteWriter`. Bytes that end too soon or contradict themselves are a coded error, never a crash. */
export class ByteReader {
  at = 0;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly known: string[] = [];

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  tag(): number {
    this.need(1);
    return this.bytes[this.at++] as number;
  }

  varint(): number {
    let value = 0;
    let weight = 1;
    for (;;) {
      const byte = this.tag();
      value += (byte & 0x7f) * weight;
      if (byte < 0x80) break;
      weight *= 0x80;
    }
    if (!Number.isSafeInteger(value)) throw checkpointCorrupt('a number is out of range');
    return value;
  }

  signed(): number {
    const negative = this.tag() === 1;
    const value = this.varint();
    return negative ? -value : value;
  }

  double(): number {
    this.need(8);
    this.at += 8;
    return this.view.getFloat64(this.at - 8, true);
  }

  text(): string {
    const index = this.varint();
    if (index > 0) {
      const value = this.known[index - 1];
      if (value === undefined) throw checkpointCorrupt('a string is missing');
      return value;
    }
    const wellFormed = this.tag() === 0;
    const units = this.raw(this.varint());
    const value = wellFormed ? decodeUtf8(units) : decodeUtf16(units);
    if (this.known.length < REPEATS_MAX) this.known.push(value);
    return value;
  }

  /** A view of the next bytes. */
  raw(length: number): Uint8Array {
    this.need(length);
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  align(): void {
    this.at = Math.ceil(this.at / 8) * 8;
  }

  private need(count: number): void {
    if (this.at + count > this.bytes.length) throw checkpointCorrupt('it ends too soon');
  }
}

function decodeUtf8(units: Uint8Array): string {
  try {
    return decoder.decode(units);
  } catch {
    throw checkpointCorrupt('a string is not UTF-8');
  }
}

function decodeUtf16(units: Uint8Array): string {
  let value = '';
  for (let i = 0; i + 1 < units.length; i += 2) value += String.fromCharCode(units[i]! | (units[i + 1]! << 8));
  return value;
}
