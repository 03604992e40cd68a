/** Reads the fields of an answer one after the other. */
export class WireReader {
  private readonly raw: Buffer;
  private at = 0;

  constructor(raw: Buffer) {
    this.raw = raw;
  }

  int8(): number {
    this.at += 1;
    return this.raw.readInt8(this.at - 1);
  }

  int16(): number {
    this.at += 2;
    return this.raw.readInt16BE(this.at - 2);
  }

  int32(): number {
    this.at += 4;
    return this.raw.readInt32BE(this.at - 4);
  }

  bigint(): bigint {
    this.at += 8;
    return this.raw.readBigInt64BE(this.at - 8);
  }

  int64(): number {
    return Number(this.bigint());
  }

  /** Empty for null. */
  text(): string {
    const length = Math.max(0, this.int16());
    this.at += length;
    return this.raw.toString('utf8', this.at - length, this.at);
  }

  /** No Buffer: parts of those take much longer to make. */
  bytes(length: number): Uint8Array {
    const { raw, at } = this;
    const whole = Math.min(Math.max(0, length), raw.length - at);
    this.at += Math.max(0, length);
    return new Uint8Array(raw.buffer, raw.byteOffset + at, whole);
  }

  list<T>(read: () => T): T[] {
    const items: T[] = [];
    for (let n = this.int32(); n > 0; n--) items.push(read());
    return items;
  }
}
