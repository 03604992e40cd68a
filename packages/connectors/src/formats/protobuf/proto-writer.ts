import { connectorError, type Field } from '@velostream/core/connect';
import { type Scalar, typeText } from '@velostream/core/connect/formats';
import { wireOf } from './proto-reader.ts';
import type { ProtoField, ProtoMessage, ProtoScalar, ProtoValueType } from './proto-schema.ts';
import { specialOf } from './proto-types.ts';

const UTF8 = new TextEncoder();

/** Bytes of a message being written. */
class ProtoOutput {
  private bytes = new Uint8Array(256);
  length = 0;

  varint(value: number | bigint): void {
    this.room(10);
    if (typeof value === 'number' && value >= 0 && value < 0x80000000) {
      let rest = value;
      for (; rest > 127; rest >>>= 7) this.bytes[this.length++] = (rest & 127) | 128;
      this.bytes[this.length++] = rest;
      return;
    }
    let wide = BigInt.asUintN(64, BigInt(value));
    for (; wide > 127n; wide >>= 7n) this.bytes[this.length++] = Number(wide & 127n) | 128;
    this.bytes[this.length++] = Number(wide);
  }

  fixed(size: 4 | 8, write: (view: DataView) => void): void {
    this.room(size);
    write(new DataView(this.bytes.buffer, this.length, size));
    this.length += size;
  }

  sized(bytes: Uint8Array): void {
    this.varint(bytes.length);
    this.room(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  taken(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  private room(size: number): void {
    if (this.length + size <= this.bytes.length) return;
    const next = new Uint8Array(Math.max(this.bytes.length * 2, this.length + size));
    next.set(this.bytes.subarray(0, this.length));
    this.bytes = next;
  }
}

/** A value that its field has no place for. */
class NoPlace extends Error {}

/** Writer of rows as messages; columns are matched by name, NULL is not written. */
export function messageWriter(message: ProtoMessage, columns: readonly Field[]): (row: readonly Scalar[]) => Uint8Array {
  const fields = columns.map((column) => {
    const field = message.fields.find(({ name }) => name === column.name);
    if (field === undefined) {
      const format = `Protobuf message "${message.name}", which has no such field`;
      throw connectorError('VS4404', { column: column.name, type: typeText(column.type), format });
    }
    return field;
  });
  return (row) => {
    const output = new ProtoOutput();
    fields.forEach((field, c) => {
      try {
        writeField(output, field, row[c] as Scalar);
      } catch (error) {
        if (!(error instanceof NoPlace)) throw error;
        const { name, type } = columns[c] as Field;
        throw connectorError('VS4404', { column: name, type: `${typeText(type)} (${error.message})`, format: 'Protobuf' });
      }
    });
    return output.taken();
  };
}

function writeField(output: ProtoOutput, field: ProtoField, value: Scalar): void {
  if (value === null) return;
  if (field.mapKey !== undefined) {
    const entries = value instanceof Map ? [...(value as ReadonlyMap<string, Scalar>)] : Object.entries(structOf(value));
    for (const [key, item] of entries) {
      const inner = new ProtoOutput();
      writeOne(inner, 1, { kind: 'scalar', scalar: field.mapKey }, keyOf(field.mapKey, key));
      if (item !== null) writeOne(inner, 2, field.type, item);
      output.varint(field.id * 8 + 2);
      output.sized(inner.taken());
    }
  } else if (field.isRepeated) {
    if (!Array.isArray(value)) throw new NoPlace('it is no array');
    const items = value as readonly Scalar[];
    if (items.includes(null)) throw new NoPlace('elements cannot be NULL');
    if (!field.isPacked || items.length === 0) for (const item of items) writeOne(output, field.id, field.type, item);
    else {
      const inner = new ProtoOutput();
      for (const item of items) writeValue(inner, field.type, item);
      output.varint(field.id * 8 + 2);
      output.sized(inner.taken());
    }
  } else writeOne(output, field.id, field.type, value);
}

function writeOne(output: ProtoOutput, id: number, type: ProtoValueType, value: Scalar): void {
  output.varint(id * 8 + wireOf(type));
  writeValue(output, type, value);
}

function writeValue(output: ProtoOutput, type: ProtoValueType, value: Scalar): void {
  if (type.kind === 'scalar') writeScalar(output, type.scalar, value);
  else if (type.kind === 'enum') {
    const number = [...type.symbols].find(([, name]) => name === value)?.[0] ?? Number(value);
    if (!Number.isInteger(number)) throw new NoPlace(`"${String(value).slice(0, 40)}" is no symbol of the enum`);
    output.varint(number);
  } else output.sized(messageBytes(type.message, value));
}

function messageBytes(message: ProtoMessage, value: Scalar): Uint8Array {
  const output = new ProtoOutput();
  const special = specialOf(message);
  const [first, second] = message.fields as [ProtoField, ProtoField];
  if (special === 'wrapper') writeField(output, first, value);
  else if (special !== undefined) {
    const seconds = Math.floor(Number(value) / 1000);
    writeField(output, first, seconds);
    writeField(output, second, Math.round((Number(value) - seconds * 1000) * 1000) * 1000);
  } else {
    const struct = value instanceof Map ? Object.fromEntries(value as ReadonlyMap<string, Scalar>) : structOf(value);
    for (const field of message.fields) if (Object.hasOwn(struct, field.name)) writeField(output, field, struct[field.name] as Scalar);
  }
  return output.taken();
}

const structOf = (value: Scalar): Readonly<Record<string, Scalar>> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array)
    throw new NoPlace('it has no fields');
  return value as Readonly<Record<string, Scalar>>;
};

const keyOf = (scalar: ProtoScalar, key: string): Scalar => (scalar === 'string' ? key : scalar === 'bool' ? key === 'true' : BigInt(key));

function writeScalar(output: ProtoOutput, scalar: ProtoScalar, value: Scalar): void {
  switch (scalar) {
    case 'double':
      output.fixed(8, (view) => view.setFloat64(0, numberOf(value), true));
      return;
    case 'float':
      output.fixed(4, (view) => view.setFloat32(0, numberOf(value), true));
      return;
    case 'bool':
      output.varint(value === true ? 1 : 0);
      return;
    case 'string':
      output.sized(UTF8.encode(typeof value === 'string' ? value : String(value)));
      return;
    case 'bytes':
      if (!(value instanceof Uint8Array)) throw new NoPlace('it is no bytes');
      output.sized(value);
      return;
    case 'sint32':
    case 'sint64': {
      const whole = wholeOf(value, 64);
      output.varint((whole << 1n) ^ (whole >> 63n));
      return;
    }
    case 'fixed32':
    case 'sfixed32': {
      const whole = wholeOf(value, 33);
      output.fixed(4, (view) => view.setUint32(0, Number(BigInt.asUintN(32, whole)), true));
      return;
    }
    case 'fixed64':
    case 'sfixed64': {
      const whole = wholeOf(value, 65);
      output.fixed(8, (view) => view.setBigUint64(0, BigInt.asUintN(64, whole), true));
      return;
    }
    default:
      output.varint(wholeOf(value, scalar === 'int64' || scalar === 'uint64' ? 65 : 33));
  }
}

const numberOf = (value: Scalar): number => {
  if (typeof value !== 'number' && typeof value !== 'bigint') throw new NoPlace('it is no number');
  return Number(value);
};

function wholeOf(value: Scalar, bits: number): bigint {
  if (typeof value !== 'bigint' && !(typeof value === 'number' && Number.isInteger(value))) throw new NoPlace('it is no whole number');
  const whole = BigInt(value);
  if (BigInt.asIntN(bits, whole) !== whole) throw new NoPlace('it has more bits than there are');
  return whole;
}
