import type { Field } from '@velostream/core/connect';
import {
  ANY,
  arrayOf,
  BOOLEAN,
  DATE,
  decimal,
  FLOAT,
  INTEGER,
  mapOf,
  type SqlType,
  STRING,
  TIMESTAMP,
} from '@velostream/core/connect/formats';
import type { AvroRecord, AvroType } from './avro-schema.ts';

const BYTES: SqlType = { kind: 'bytes' };
const TIME: SqlType = { kind: 'time' };

/** Columns of a schema: the fields of a record, or one column `value` for anything else. */
export function avroFields(schema: AvroType): readonly Field[] {
  if (schema.kind !== 'record') return [{ name: 'value', type: avroType(schema), nullable: canBeNull(schema) }];
  return schema.fields.map(({ name, type }) => ({ name, type: avroType(type, [schema]), nullable: canBeNull(type) }));
}

const canBeNull = (type: AvroType): boolean =>
  type.kind === 'null' || (type.kind === 'union' && type.branches.some((branch) => branch.kind === 'null'));

/** The dialect's type of an Avro type. A record inside itself, and a union of unlike types, is known only at run time. */
export function avroType(type: AvroType, outer: readonly AvroRecord[] = []): SqlType {
  switch (type.kind) {
    case 'null':
      return STRING;
    case 'boolean':
      return BOOLEAN;
    case 'float':
    case 'double':
      return FLOAT;
    case 'enum':
      return STRING;
    case 'array':
      return arrayOf(avroType(type.items, outer));
    case 'map':
      return mapOf(avroType(type.values, outer));
    case 'union':
      return unionType(type.branches, outer);
    case 'record':
      if (outer.includes(type)) return ANY;
      return { kind: 'struct', fields: type.fields.map((f) => ({ name: f.name, type: avroType(f.type, [...outer, type]) })) };
    default:
      return annotated(type);
  }
}

function annotated(type: Extract<AvroType, { logical: unknown }>): SqlType {
  switch (type.logical) {
    case 'decimal':
      return decimal(type.precision, type.scale);
    case 'date':
      return DATE;
    case 'time-millis':
    case 'time-micros':
      return TIME;
    case 'timestamp-millis':
    case 'timestamp-micros':
    case 'timestamp-nanos':
      return TIMESTAMP;
    case 'uuid':
      return STRING;
    default:
      return type.kind === 'int' || type.kind === 'long' ? INTEGER : type.kind === 'string' ? STRING : BYTES;
  }
}

function unionType(branches: readonly AvroType[], outer: readonly AvroRecord[]): SqlType {
  const types = branches.filter((branch) => branch.kind !== 'null').map((branch) => avroType(branch, outer));
  const [first] = types;
  if (first === undefined) return STRING;
  if (types.length === 1) return first;
  const kinds = new Set(types.map(({ kind }) => kind));
  if (kinds.size === 1 && ['integer', 'float', 'string', 'boolean', 'bytes', 'timestamp', 'date'].includes(first.kind)) return first;
  return [...kinds].every((kind) => kind === 'integer' || kind === 'float') ? FLOAT : ANY;
}
