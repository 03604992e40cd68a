import { assert } from '../../diagnostics/assert.ts';
import type { Scalar } from '../../values/types.ts';
import { ByteWriter } from './byte-writer.ts';
import type { StateWriter } from './codec.ts';
import { SCALAR_TAG, TAG } from './tags.ts';

/** A `StateWriter` into memory. `finish` hands over a copy of what was written. */
export interface StateBuffer extends StateWriter {
  readonly length: number;
  finish(): Uint8Array;
}

/** Binary state: each value announces itself by a tag; typed arrays are copied as they stand in memory, aligned to 8 bytes. */
export const createStateWriter = (): StateBuffer => new MemoryStateWriter();

class MemoryStateWriter implements StateBuffer {
  private readonly to = new ByteWriter();

  get length(): number {
    return this.to.length;
  }

  section(name: string): void {
    this.to.tag(TAG.section);
    this.to.text(name);
  }

  integer(value: number): void {
    this.to.tag(TAG.integer);
    this.to.signed(value);
  }

  float(value: number): void {
    this.to.tag(TAG.float);
    this.to.double(value);
  }

  boolean(value: boolean): void {
    this.to.tag(TAG.boolean);
    this.to.tag(value ? 1 : 0);
  }

  string(value: string): void {
    this.to.tag(TAG.string);
    this.to.text(value);
  }

  scalar(value: Scalar): void {
    this.to.tag(TAG.scalar);
    writeScalar(this.to, value);
  }

  float64s(values: Float64Array, length: number): void {
    this.array(TAG.float64s, values, length);
  }

  int32s(values: Int32Array, length: number): void {
    this.array(TAG.int32s, values, length);
  }

  bytes(values: Uint8Array, length: number): void {
    this.array(TAG.bytes, values, length);
  }

  finish(): Uint8Array {
    return this.to.take();
  }

  private array(tag: number, values: Float64Array | Int32Array | Uint8Array, length: number): void {
    assert(length <= values.length, 'no more elements are written than there are');
    this.to.tag(tag);
    this.to.varint(length);
    this.to.align();
    this.to.raw(new Uint8Array(values.buffer, values.byteOffset, length * values.BYTES_PER_ELEMENT));
  }
}

function writeScalar(to: ByteWriter, value: Scalar): void {
  switch (typeof value) {
    case 'boolean':
      to.tag(value ? SCALAR_TAG.true : SCALAR_TAG.false);
      return;
    case 'number':
      if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
        to.tag(SCALAR_TAG.integer);
        to.signed(value);
      } else {
        to.tag(SCALAR_TAG.float);
        to.double(value);
      }
      return;
    case 'bigint':
      to.tag(SCALAR_TAG.bigint);
      to.text(value.toString());
      return;
    case 'string':
      to.tag(SCALAR_TAG.string);
      to.text(value);
      return;
    default:
      writeCompound(to, value);
  }
}

function writeCompound(to: ByteWriter, value: Exclude<Scalar, boolean | number | bigint | string>): void {
  if (value === null) {
    to.tag(SCALAR_TAG.null);
  } else if (value instanceof Uint8Array) {
    to.tag(SCALAR_TAG.bytes);
    to.varint(value.length);
    to.raw(value);
  } else if (Array.isArray(value)) {
    to.tag(SCALAR_TAG.array);
    to.varint(value.length);
    for (const item of value) writeScalar(to, item);
  } else {
    const entries: readonly (readonly [string, Scalar])[] = value instanceof Map ? [...value] : Object.entries(value);
    to.tag(value instanceof Map ? SCALAR_TAG.map : SCALAR_TAG.struct);
    to.varint(entries.length);
    for (const [key, item] of entries) {
      to.text(key);
      writeScalar(to, item);
    }
  }
}
