import type { Field } from '@velostream/core/connect';
import { ANY, arrayOf, BOOLEAN, decimal, FLOAT, INTEGER, mapOf, type SqlType, STRING, TIMESTAMP } from '@velostream/core/connect/formats';
import type { ProtoField, ProtoMessage, ProtoScalar, ProtoValueType } from './proto-schema.ts';

/** Messages of the standard library that stand for one value. */
const WRAPPERS: ReadonlyMap<string, SqlType> = new Map([
  ['google.protobuf.DoubleValue', FLOAT],
  ['google.protobuf.FloatValue', FLOAT],
  ['google.protobuf.Int64Value', INTEGER],
  ['google.protobuf.UInt64Value', decimal(20, 0)],
  ['google.protobuf.Int32Value', INTEGER],
  ['google.protobuf.UInt32Value', INTEGER],
  ['google.protobuf.BoolValue', BOOLEAN],
  ['google.protobuf.StringValue', STRING],
  ['google.protobuf.BytesValue', { kind: 'bytes' }],
]);

export type Special = 'timestamp' | 'duration' | 'wrapper';

export const specialOf = (message: ProtoMessage): Special | undefined => {
  if (message.name === 'google.protobuf.Timestamp') return 'timestamp';
  if (message.name === 'google.protobuf.Duration') return 'duration';
  return WRAPPERS.has(message.name) ? 'wrapper' : undefined;
};

export const protoFields = (message: ProtoMessage): readonly Field[] =>
  message.fields.map((field) => ({ name: field.name, type: fieldType(field, [message]), nullable: field.hasPresence }));

function fieldType(field: ProtoField, outer: readonly ProtoMessage[]): SqlType {
  const type = valueType(field.type, outer);
  return field.mapKey !== undefined ? mapOf(type) : field.isRepeated ? arrayOf(type) : type;
}

/** A message inside itself is known only at run time. */
function valueType(type: ProtoValueType, outer: readonly ProtoMessage[]): SqlType {
  if (type.kind === 'enum') return STRING;
  if (type.kind === 'scalar') return scalarType(type.scalar);
  const { message } = type;
  const special = specialOf(message);
  if (special === 'timestamp') return TIMESTAMP;
  if (special === 'duration') return { kind: 'interval' };
  if (special === 'wrapper') return WRAPPERS.get(message.name) as SqlType;
  if (outer.includes(message)) return ANY;
  return { kind: 'struct', fields: message.fields.map((f) => ({ name: f.name, type: fieldType(f, [...outer, message]) })) };
}

function scalarType(scalar: ProtoScalar): SqlType {
  switch (scalar) {
    case 'double':
    case 'float':
      return FLOAT;
    case 'bool':
      return BOOLEAN;
    case 'string':
      return STRING;
    case 'bytes':
      return { kind: 'bytes' };
    case 'uint64':
    case 'fixed64':
      // Without a sign, 64 bits do not fit INTEGER.
      return decimal(20, 0);
    default:
      return INTEGER;
  }
}
