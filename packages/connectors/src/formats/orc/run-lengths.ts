import type { OrcStream } from './orc-stream.ts';

/** Bytes in runs: of equal ones, or as they are. */
export class ByteRuns {
  private readonly stream: OrcStream;
  private left = 0;
  private isEqual = false;
  private value = 0;

  constructor(stream: OrcStream) {
    this.stream = stream;
  }

  next(): number {
    if (this.left === 0) {
      const head = this.stream.byte();
      this.isEqual = head < 128;
      this.left = this.isEqual ? head + 3 : 256 - head;
      if (this.isEqual) this.value = this.stream.byte();
    }
    this.left--;
    return this.isEqual ? this.value : this.stream.byte();
  }
}

/** Bits, the highest of each byte first. */
export class BitRuns {
  private readonly bytes: ByteRuns;
  private byte = 0;
  private left = 0;

  constructor(stream: OrcStream) {
    this.bytes = new ByteRuns(stream);
  }

  /** The next `count` bits, one per byte. */
  take(count: number): Uint8Array {
    const out = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      if (this.left === 0) {
        this.byte = this.bytes.next();
        this.left = 8;
      }
      out[i] = (this.byte >> --this.left) & 1;
    }
    return out;
  }
}

export type Whole = number | bigint;

/** Integers in runs, in either of the two encodings. */
export interface IntegerRuns {
  next(): Whole;
}

export const zigzag = (value: Whole): Whole =>
  typeof value === 'number' ? (value % 2 === 0 ? value / 2 : -(value + 1) / 2) : narrow((value >> 1n) ^ -(value & 1n));

export const narrow = (value: bigint): Whole => {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
};

const sum = (a: Whole, b: Whole): Whole => {
  if (typeof a === 'number' && typeof b === 'number') {
    const total = a + b;
    if (Number.isSafeInteger(total)) return total;
  }
  return narrow(BigInt.asIntN(64, BigInt(a) + BigInt(b)));
};

/** The first encoding: runs with a fixed difference, or varints. */
export class IntegerRuns1 implements IntegerRuns {
  private readonly stream: OrcStream;
  private readonly isSigned: boolean;
  private left = 0;
  private isRun = false;
  private value: Whole = 0;
  private step = 0;

  constructor(stream: OrcStream, isSigned: boolean) {
    this.stream = stream;
    this.isSigned = isSigned;
  }

  next(): Whole {
    if (this.left === 0) {
      const head = this.stream.byte();
      this.isRun = head < 128;
      this.left = this.isRun ? head + 3 : 256 - head;
      if (this.isRun) {
        this.step = (this.stream.byte() << 24) >> 24;
        this.value = sum(this.read(), -this.step);
      }
    }
    this.left--;
    if (!this.isRun) return this.read();
    this.value = sum(this.value, this.step);
    return this.value;
  }

  private read(): Whole {
    const value = this.stream.varint();
    return this.isSigned ? zigzag(value) : value;
  }
}

const WIDTHS = [...Array.from({ length: 24 }, (_, i) => i + 1), 26, 28, 30, 32, 40, 48, 56, 64];

/** The second encoding: short repeats, packed bits, packed bits with patches, and differences. */
export class IntegerRuns2 implements IntegerRuns {
  private readonly stream: OrcStream;
  private readonly isSigned: boolean;
  private run: Whole[] = [];
  private at = 0;

  constructor(stream: OrcStream, isSigned: boolean) {
    this.stream = stream;
    this.isSigned = isSigned;
  }

  next(): Whole {
    if (this.at >= this.run.length) {
      this.run = this.read();
      this.at = 0;
    }
    return this.run[this.at++] as Whole;
  }

  private read(): Whole[] {
    const head = this.stream.byte();
    switch (head >> 6) {
      case 0: {
        const value = bigEndian(this.stream, ((head >> 3) & 7) + 1);
        return new Array<Whole>((head & 7) + 3).fill(this.isSigned ? zigzag(value) : value);
      }
      case 1: {
        const width = WIDTHS[(head >> 1) & 31] as number;
        const count = (((head & 1) << 8) | this.stream.byte()) + 1;
        const values = packed(this.stream, width, count);
        return this.isSigned ? values.map(zigzag) : values.map(signed64);
      }
      case 2:
        return this.patched(head);
      default:
        return this.differences(head);
    }
  }

  private patched(head: number): Whole[] {
    const { stream } = this;
    const width = WIDTHS[(head >> 1) & 31] as number;
    const count = (((head & 1) << 8) | stream.byte()) + 1;
    const third = stream.byte();
    const fourth = stream.byte();
    const baseBytes = (third >> 5) + 1;
    const patchWidth = WIDTHS[third & 31] as number;
    const gapWidth = (fourth >> 5) + 1;
    const patches = fourth & 31;
    // The base has its sign in its highest bit.
    const stored = BigInt(bigEndian(stream, baseBytes));
    const sign = 1n << BigInt(baseBytes * 8 - 1);
    const base = stored & sign ? -(stored & (sign - 1n)) : stored;
    const values = packed(stream, width, count);
    const listWidth = WIDTHS.find((one) => one >= gapWidth + patchWidth) ?? 64;
    const list = packed(stream, listWidth, patches);
    let place = 0;
    for (const entry of list) {
      const bits = BigInt(entry);
      place += Number(bits >> BigInt(patchWidth));
      const patch = bits & ((1n << BigInt(patchWidth)) - 1n);
      // An entry without a patch only goes on further.
      if (patch === 0n) continue;
      if (place >= count) throw new RangeError('a patch lies behind its run');
      values[place] = BigInt(values[place] as Whole) | (patch << BigInt(width));
    }
    return values.map((value) => narrow(BigInt.asIntN(64, BigInt(value) + base)));
  }

  private differences(head: number): Whole[] {
    const { stream } = this;
    const code = (head >> 1) & 31;
    const width = code === 0 ? 0 : (WIDTHS[code] as number);
    const count = (((head & 1) << 8) | stream.byte()) + 1;
    const first = this.isSigned ? zigzag(stream.varint()) : stream.varint();
    const step = zigzag(stream.varint());
    const values: Whole[] = [first];
    if (count > 1) values.push(sum(first, step));
    const isDown = step < 0;
    const rest = width === 0 ? null : packed(stream, width, Math.max(0, count - 2));
    for (let i = 2; i < count; i++) {
      const by = rest === null ? step : (rest[i - 2] as Whole);
      values.push(sum(values[i - 1] as Whole, rest !== null && isDown ? (typeof by === 'number' ? -by : -by) : by));
    }
    return values;
  }
}

/** A value of 64 bits that is meant with its sign. */
const signed64 = (value: Whole): Whole => (typeof value === 'number' ? value : narrow(BigInt.asIntN(64, value)));

function bigEndian(stream: OrcStream, length: number): Whole {
  if (length <= 6) {
    let value = 0;
    for (let i = 0; i < length; i++) value = value * 256 + stream.byte();
    return value;
  }
  let wide = 0n;
  for (let i = 0; i < length; i++) wide = (wide << 8n) | BigInt(stream.byte());
  return narrow(wide);
}

/** `count` values of `width` bits, highest bits first; the last byte is filled up. */
function packed(stream: OrcStream, width: number, count: number): Whole[] {
  const bytes = stream.take(Math.ceil((width * count) / 8));
  const values = new Array<Whole>(count);
  if (width > 48) {
    const size = BigInt(width);
    for (let i = 0; i < count; i++) {
      let wide = 0n;
      for (let k = 0, p = (i * width) >> 3; k < width / 8; k++) wide = (wide << 8n) | BigInt(bytes[p + k] as number);
      values[i] = narrow(BigInt.asUintN(Number(size), wide));
    }
    return values;
  }
  let p = 0;
  let left = 0;
  let byte = 0;
  for (let i = 0; i < count; i++) {
    let value = 0;
    for (let missing = width; missing > 0; ) {
      if (left === 0) {
        byte = bytes[p++] as number;
        left = 8;
      }
      const taken = Math.min(missing, left);
      left -= taken;
      value = value * 2 ** taken + ((byte >> left) & ((1 << taken) - 1));
      missing -= taken;
    }
    values[i] = value;
  }
  return values;
}
