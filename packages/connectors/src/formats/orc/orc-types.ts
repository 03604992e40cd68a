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
import type { OrcType } from './orc-tail.ts';

const BYTES: SqlType = { kind: 'bytes' };
/** Hive's decimals without digits of their own. */
const DEFAULT_PRECISION = 38;

export const orcFields = (root: OrcType): readonly Field[] =>
  root.kind === 'struct'
    ? root.children.map((child, i) => ({ name: nameAt(root, i), type: orcType(child), nullable: true }))
    : [{ name: 'value', type: orcType(root), nullable: true }];

export const nameAt = (struct: OrcType, place: number): string => struct.names[place] ?? `col${place}`;

export function orcType(type: OrcType): SqlType {
  switch (type.kind) {
    case 'boolean':
      return BOOLEAN;
    case 'byte':
    case 'short':
    case 'int':
    case 'long':
      return INTEGER;
    case 'float':
    case 'double':
      return FLOAT;
    case 'string':
    case 'varchar':
    case 'char':
      return STRING;
    case 'binary':
      return BYTES;
    case 'timestamp':
    case 'timestamp_instant':
      return TIMESTAMP;
    case 'date':
      return DATE;
    case 'decimal':
      return decimal(type.precision || DEFAULT_PRECISION, type.scale);
    case 'list':
      return arrayOf(orcType(type.children[0] as OrcType));
    case 'map':
      return mapOf(orcType(type.children[1] as OrcType));
    case 'struct':
      return { kind: 'struct', fields: type.children.map((child, i) => ({ name: nameAt(type, i), type: orcType(child) })) };
    case 'union':
      return ANY;
  }
}
