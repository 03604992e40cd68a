import { checkpointCorrupt, checkpointMismatch } from '../../diagnostics/codes/runtime.ts';
import type { Scalar } from '../../values/types.ts';
import { ByteReader } from './byte-reader.ts';
import type { StateReader } from './codec.ts';
import { SCALAR_DEPTH_MAX, SCALAR_TAG, TAG } from './tags.ts';

/** Reads what `createStateWriter` wrote; `done` tells whether all of it was read. */
export interface StateSource extends StateReader {
  readonly done: boolean;
}

/** Throws `checkpoint-corrupt` where the bytes are not what was asked for, `checkpoint-mismatch` where another section stands. */
export const createStateReader = (bytes: Uint8Array): StateSource => new MemoryStateReader(bytes);

class MemoryStateReader implements StateSource {
  private readonly from: ByteReader;
  private readonly size: number;

  constructor(bytes: Uint8Array) {
    this.from = new ByteReader(bytes);
    this.size = bytes.length;
  }

  get done(): boolean {
    return this.from.at >= this.size;
  }

  section(name: string): void {
    this.expect(TAG.section);
    const found = this.from.text();
    if (found !== name) throw checkpointMismatch(name, found);
  }

  integer(): number {
    this.expect(TAG.integer);
    return this.from.signed();
  }

  float(): number {
    this.expect(TAG.float);
    return this.from.double();
  }

  boolean(): boolean {
    this.expect(TAG.boolean);
    return this.from.tag() === 1;
  }

  string(): string {
    this.expect(TAG.string);
    return this.from.text();
  }

  scalar(): Scalar {
    this.expect(TAG.scalar);
    return readScalar(this.from, 0);
  }

  float64s(): Float64Array {
    return new Float64Array(this.array(TAG.float64s, 8));
  }

  int32s(): Int32Array {
    return new Int32Array(this.array(TAG.int32s, 4));
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.array(TAG.bytes, 1));
  }

  private array(tag: number, width: number): ArrayBuffer {
    this.expect(tag);
    const length = this.from.varint();
    this.from.align();
    const view = this.from.raw(length * width);
    // A copy of its own: the operator goes on writing into it.
    const copy = new ArrayBuffer(view.length);
    new Uint8Array(copy).set(view);
    return copy;
  }

  private expect(tag: number): void {
    const found = this.from.tag();
    if (found !== tag) throw checkpointCorrupt(`entry ${tag} is expected at byte ${this.from.at - 1}, ${found} stands there`);
  }
}

function readScalar(from: ByteReader, depth: number): Scalar {
  if (depth > SCALAR_DEPTH_MAX) throw checkpointCorrupt('a value is nested too deeply');
  const tag = from.tag();
  switch (tag) {
    case SCALAR_TAG.null:
      return null;
    case SCALAR_TAG.false:
      return false;
    case SCALAR_TAG.true:
      return true;
    case SCALAR_TAG.integer:
      return from.signed();
    case SCALAR_TAG.float:
      return from.double();
    case SCALAR_TAG.bigint:
      return readBigint(from.text());
    case SCALAR_TAG.string:
      return from.text();
    case SCALAR_TAG.bytes:
      return from.raw(from.varint()).slice();
    case SCALAR_TAG.array:
      return Array.from({ length: countOf(from) }, () => readScalar(from, depth + 1));
    case SCALAR_TAG.map:
      return new Map(entriesOf(from, depth));
    case SCALAR_TAG.struct: {
      const fields: Record<string, Scalar> = Object.create(null);
      for (const [key, value] of entriesOf(from, depth)) fields[key] = value;
      return fields;
    }
    default:
      throw checkpointCorrupt(`no value begins with byte ${tag}`);
  }
}

const LENGTH_MAX = 1 << 30;

function countOf(from: ByteReader): number {
  const count = from.varint();
  if (count > LENGTH_MAX) throw checkpointCorrupt('a collection is too long');
  return count;
}

function entriesOf(from: ByteReader, depth: number): [string, Scalar][] {
  const entries: [string, Scalar][] = [];
  for (let left = countOf(from); left > 0; left--) entries.push([from.text(), readScalar(from, depth + 1)]);
  return entries;
}

function readBigint(text: string): bigint {
  if (!/^-?\d{1,100}$/.test(text)) throw checkpointCorrupt('a number is not one');
  return BigInt(text);
}
