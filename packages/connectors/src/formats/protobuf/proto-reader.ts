import type { Scalar } from '@velostream/core/connect/formats';
import type { ProtoInput } from './proto-input.ts';
import type { ProtoField, ProtoMessage, ProtoScalar, ProtoValueType } from './proto-schema.ts';
import { specialOf } from './proto-types.ts';

/** Messages nested deeper than this are refused. */
const DEPTH_MAX = 64;
/** Entries of one repeated field; packed ones may take one byte each. */
const WIRE_OF: Readonly<Record<ProtoScalar, 0 | 1 | 2 | 5>> = {
  double: 1,
  float: 5,
  int32: 0,
  uint32: 0,
  sint32: 0,
  fixed32: 5,
  sfixed32: 5,
  int64: 0,
  uint64: 0,
  sint64: 0,
  fixed64: 1,
  sfixed64: 1,
  bool: 0,
  string: 2,
  bytes: 2,
};

export const wireOf = (type: ProtoValueType): 0 | 1 | 2 | 5 =>
  type.kind === 'message' ? 2 : type.kind === 'enum' ? 0 : WIRE_OF[type.scalar];

type ReadValue = (input: ProtoInput, depth: number) => Scalar;
interface Slot {
  readonly at: number;
  readonly field: ProtoField;
  readonly read: ReadValue;
  readonly wire: number;
}

/** Fills the wanted fields of one message; fields that are not there get their default, or NULL where "not set" can be told. */
export type FillMessage = (input: ProtoInput, values: Scalar[]) => void;

/** Makes fillers for message types, each once. */
export class ProtoReaders {
  private readonly structs = new Map<ProtoMessage, ReadValue>();

  filler(message: ProtoMessage, wanted: readonly string[]): FillMessage {
    const fill = this.fill(message, (name) => wanted.indexOf(name));
    return (input, values) => fill(input, values, 0);
  }

  private fill(message: ProtoMessage, placeOf: (name: string) => number): (input: ProtoInput, values: Scalar[], depth: number) => void {
    const slots = new Map<number, Slot>();
    const defaults: { readonly at: number; readonly make: () => Scalar }[] = [];
    for (const field of message.fields) {
      const at = placeOf(field.name);
      if (at < 0) continue;
      const isMap = field.mapKey !== undefined;
      slots.set(field.id, { at, field, read: isMap ? this.entry(field) : this.value(field.type), wire: isMap ? 2 : wireOf(field.type) });
      defaults.push({ at, make: fallbackOf(field) });
    }
    return (input, values, depth) => {
      for (const { at, make } of defaults) values[at] = make();
      while (input.at < input.end) {
        const tag = Number(input.varint());
        const wire = tag % 8;
        const id = Math.floor(tag / 8);
        if (id === 0) throw new RangeError('a field has number 0');
        const slot = slots.get(id);
        if (slot === undefined) input.skip(wire, id);
        else take(slot, wire, input, values, depth);
      }
    };
  }

  private value(type: ProtoValueType): ReadValue {
    if (type.kind === 'scalar') return scalarReader(type.scalar);
    if (type.kind === 'enum') {
      return (input) => {
        const number = Number(BigInt.asIntN(32, BigInt(input.varint())));
        return type.symbols.get(number) ?? String(number);
      };
    }
    return this.struct(type.message);
  }

  private struct(message: ProtoMessage): ReadValue {
    const known = this.structs.get(message);
    if (known !== undefined) return known;
    let own: ReadValue = () => null;
    this.structs.set(message, (input, depth) => own(input, depth));
    const names = message.fields.map((field) => field.name);
    const fill = this.fill(message, (name) => names.indexOf(name));
    const special = specialOf(message);
    own = (input, depth) => {
      if (depth >= DEPTH_MAX) throw new RangeError(`messages are nested deeper than ${DEPTH_MAX}`);
      const values: Scalar[] = names.map(() => null);
      within(input, () => fill(input, values, depth + 1));
      if (special === 'wrapper') return values[0] as Scalar;
      if (special !== undefined) return Number(values[0] ?? 0) * 1000 + Math.trunc(Number(values[1] ?? 0) / 1000) / 1000;
      const struct: Record<string, Scalar> = Object.create(null);
      for (let i = 0; i < names.length; i++) struct[names[i] as string] = values[i] as Scalar;
      return struct;
    };
    return own;
  }

  /** One entry of a map: a message of key and value. */
  private entry(field: ProtoField): ReadValue {
    const readKey = scalarReader(field.mapKey as ProtoScalar);
    const readValue = this.value(field.type);
    const zero = fallbackOf({ ...field, mapKey: undefined, isRepeated: false, hasPresence: field.type.kind === 'message' });
    const zeroKey = scalarFallback(field.mapKey as ProtoScalar);
    return (input, depth) => {
      let key: Scalar = zeroKey;
      let value = zero();
      within(input, () => {
        while (input.at < input.end) {
          const tag = Number(input.varint());
          if (tag >> 3 === 1) key = readKey(input, depth);
          else if (tag >> 3 === 2) value = readValue(input, depth);
          else input.skip(tag % 8, tag >> 3);
        }
      });
      return [key, value];
    };
  }
}

/** Reads a part that has its length before it, and stops at its end. */
function within(input: ProtoInput, read: () => void): void {
  const length = input.length();
  const { end } = input;
  input.end = input.at + length;
  read();
  if (input.at !== input.end) throw new RangeError('a message goes on behind its end');
  input.end = end;
}

function take(slot: Slot, wire: number, input: ProtoInput, values: Scalar[], depth: number): void {
  const { at, field, read } = slot;
  if (field.mapKey !== undefined && wire === 2) {
    const [key, value] = read(input, depth) as readonly [Scalar, Scalar];
    (values[at] as Map<string, Scalar>).set(String(key), value);
  } else if (field.isRepeated) {
    const list = values[at] as Scalar[];
    if (wire === slot.wire) list.push(read(input, depth));
    else if (wire === 2) {
      within(input, () => {
        while (input.at < input.end) list.push(read(input, depth));
      });
    } else throw new RangeError(`field "${field.name}" is stored in way ${wire}`);
  } else if (wire === slot.wire) values[at] = read(input, depth);
  else throw new RangeError(`field "${field.name}" is stored in way ${wire}`);
}

function scalarReader(scalar: ProtoScalar): ReadValue {
  switch (scalar) {
    case 'double':
      return (input) => input.double();
    case 'float':
      return (input) => input.float();
    case 'bool':
      return (input) => input.varint() !== 0;
    case 'string':
      return (input) => input.text();
    case 'bytes':
      return (input) => input.raw();
    case 'uint32':
      return (input) => Number(BigInt.asUintN(32, BigInt(input.varint())));
    case 'int32':
      return (input) => int(input.varint(), 32);
    case 'int64':
      return (input) => int(input.varint(), 64);
    case 'uint64':
      return (input) => narrow(input.varint());
    case 'sint32':
    case 'sint64':
      return (input) => unzigzag(input.varint());
    case 'fixed32':
      return (input) => input.fixed32();
    case 'sfixed32':
      return (input) => input.fixed32() | 0;
    case 'fixed64':
      return (input) => narrow(input.fixed64());
    case 'sfixed64':
      return (input) => narrow(BigInt.asIntN(64, input.fixed64()));
  }
}

const narrow = (value: number | bigint): number | bigint => (Number.isSafeInteger(Number(value)) ? Number(value) : value);

/** A signed integer: negative ones are stored with all their 64 bits. */
const int = (value: number | bigint, bits: 32 | 64): number | bigint =>
  typeof value === 'number' && value < 0x80000000 ? value : narrow(BigInt.asIntN(bits, BigInt(value)));

function unzigzag(value: number | bigint): number | bigint {
  if (typeof value === 'number') return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  return narrow((value >> 1n) ^ -(value & 1n));
}

function fallbackOf(field: ProtoField): () => Scalar {
  if (field.mapKey !== undefined) return () => new Map<string, Scalar>();
  if (field.isRepeated) return () => [];
  if (field.hasPresence || field.type.kind === 'message') return () => null;
  if (field.type.kind === 'enum') {
    const first = field.type.symbols.get(0) ?? '0';
    return () => first;
  }
  const value = scalarFallback(field.type.scalar);
  return () => value;
}

function scalarFallback(scalar: ProtoScalar): Scalar {
  switch (scalar) {
    case 'bool':
      return false;
    case 'string':
      return '';
    case 'bytes':
      return new Uint8Array(0);
    default:
      return 0;
  }
}
