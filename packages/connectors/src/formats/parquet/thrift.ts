/** A struct of Thrift: values by field number. Integers are numbers while safe, else bigints; text is bytes. */
export type ThriftStruct = readonly ThriftValue[];
export type ThriftValue = undefined | boolean | number | bigint | Uint8Array | readonly ThriftValue[];

const DEPTH_MAX = 32;

/** What the bytes hold is not Thrift; `isShort` when they end in the middle of it. */
export class ThriftProblem extends Error {
  readonly isShort: boolean;
  constructor(message: string, isShort = false) {
    super(message);
    this.isShort = isShort;
  }
}

const short = (): ThriftProblem => new ThriftProblem('it ends in the middle of a structure', true);

/**
 * Reader of Thrift's compact protocol. Nothing is allocated that the bytes do not pay for: a list of n elements needs n bytes at
 * least, so that a crafted length of five bytes cannot ask for gigabytes.
 */
export class ThriftReader {
  at: number;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  struct(depth = 0): ThriftStruct {
    if (depth > DEPTH_MAX) throw new ThriftProblem('it is nested too deep');
    const fields: ThriftValue[] = [];
    for (let id = 0; ; ) {
      const head = this.byte();
      const type = head & 15;
      if (type === 0) return fields;
      id = head >> 4 === 0 ? Number(this.zigzag()) : id + (head >> 4);
      if (id < 0 || id > 255) throw new ThriftProblem(`a field has number ${id}`);
      fields[id] = type === 1 ? true : type === 2 ? false : this.value(type, depth);
    }
  }

  private value(type: number, depth: number): ThriftValue {
    switch (type) {
      case 1:
      case 2:
        return this.byte() === 1;
      case 3:
        return (this.byte() << 24) >> 24;
      case 4:
      case 5:
      case 6:
        return this.zigzag();
      case 7: {
        const part = this.take(8);
        return new DataView(part.buffer, part.byteOffset, 8).getFloat64(0, true);
      }
      case 8:
        return this.take(this.length());
      case 9:
      case 10:
        return this.list(depth);
      case 12:
        return this.struct(depth + 1);
      default:
        throw new ThriftProblem(`a value has type ${type}`);
    }
  }

  private list(depth: number): readonly ThriftValue[] {
    if (depth > DEPTH_MAX) throw new ThriftProblem('it is nested too deep');
    const head = this.byte();
    const size = head >> 4 === 15 ? this.length() : head >> 4;
    if (size > this.bytes.length - this.at) throw short();
    const values: ThriftValue[] = [];
    for (let i = 0; i < size; i++) values.push(this.value(head & 15, depth + 1));
    return values;
  }

  private byte(): number {
    if (this.at >= this.bytes.length) throw short();
    return this.bytes[this.at++] as number;
  }

  private take(length: number): Uint8Array {
    if (length > this.bytes.length - this.at) throw short();
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  private length(): number {
    let value = 0;
    for (let factor = 1; factor <= 2 ** 28; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
    throw new ThriftProblem('a length is too large');
  }

  private zigzag(): number | bigint {
    let low = 0;
    let factor = 1;
    for (let i = 0; i < 7; i++, factor *= 128) {
      const byte = this.byte();
      low += (byte & 127) * factor;
      if (byte < 128) return low % 2 === 0 ? low / 2 : -(low + 1) / 2;
    }
    let wide = BigInt(low);
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = this.byte();
      wide |= BigInt(byte & 127) << shift;
      if (byte < 128) {
        const value = BigInt.asIntN(64, (wide >> 1n) ^ -(wide & 1n));
        return Number.isSafeInteger(Number(value)) ? Number(value) : value;
      }
    }
    throw new ThriftProblem('an integer is longer than 64 bits');
  }
}

export const asStruct = (value: ThriftValue): ThriftStruct => {
  if (Array.isArray(value)) return value as ThriftStruct;
  throw new ThriftProblem('a structure is missing');
};
export const asList = (value: ThriftValue): readonly ThriftValue[] => (value === undefined ? [] : asStruct(value));
export const asBytes = (value: ThriftValue): Uint8Array | undefined => (value instanceof Uint8Array ? value : undefined);

export const asCount = (value: ThriftValue): number => {
  if (typeof value === 'number' && value >= 0) return value;
  throw new ThriftProblem('a number is missing, negative or too large');
};
export const asOptional = (value: ThriftValue): number | undefined => (typeof value === 'number' ? value : undefined);

const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });
export const asText = (value: ThriftValue): string => {
  if (value instanceof Uint8Array) return UTF8.decode(value);
  throw new ThriftProblem('a name is missing');
};
