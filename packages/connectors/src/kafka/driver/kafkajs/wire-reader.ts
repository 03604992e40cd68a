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

  bytes(length: number): Uint8Array {
    const end = this.at + Math.max(0, length);
    const part = this.raw.subarray(this.at, end);
    this.at = end;
    return part;
  }

  list<T>(read: () => T): T[] {
    const items: T[] = [];
    for (let n = this.int32(); n > 0; n--) items.push(read());
    return items;
  }
}
