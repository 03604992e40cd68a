/** Bytes of Avro values being written. */
export class AvroOutput {
  private bytes = new Uint8Array(1024);
  length = 0;

  long(value: number | bigint): void {
    if (typeof value === 'number' && value >= -1073741824 && value < 1073741824) {
      let rest = ((value << 1) ^ (value >> 31)) >>> 0;
      this.room(5);
      while (rest > 127) {
        this.bytes[this.length++] = (rest & 127) | 128;
        rest >>>= 7;
      }
      this.bytes[this.length++] = rest;
      return;
    }
    const wide = BigInt(value);
    let rest = BigInt.asUintN(64, (wide << 1n) ^ (wide >> 63n));
    this.room(10);
    while (rest > 127n) {
      this.bytes[this.length++] = Number(rest & 127n) | 128;
      rest >>= 7n;
    }
    this.bytes[this.length++] = Number(rest);
  }

  byte(value: number): void {
    this.room(1);
    this.bytes[this.length++] = value;
  }

  double(value: number): void {
    this.room(8);
    new DataView(this.bytes.buffer).setFloat64(this.length, value, true);
    this.length += 8;
  }

  float(value: number): void {
    this.room(4);
    new DataView(this.bytes.buffer).setFloat32(this.length, value, true);
    this.length += 4;
  }

  /** Without a length before them. */
  raw(bytes: Uint8Array): void {
    this.room(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  sized(bytes: Uint8Array): void {
    this.long(bytes.length);
    this.raw(bytes);
  }

  text(text: string): void {
    this.sized(UTF8.encode(text));
  }

  /** What was written; the output is empty again. */
  taken(): Uint8Array {
    const part = this.bytes.slice(0, this.length);
    this.length = 0;
    return part;
  }

  private room(bytes: number): void {
    if (this.length + bytes <= this.bytes.length) return;
    const next = new Uint8Array(Math.max(this.bytes.length * 2, this.length + bytes));
    next.set(this.bytes.subarray(0, this.length));
    this.bytes = next;
  }
}

const UTF8 = new TextEncoder();
