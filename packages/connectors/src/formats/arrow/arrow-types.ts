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
import { type Field as ArrowField, Type as ArrowType, type DataType, type Int, type TimeUnit } from './arrow-library.ts';

const BYTES: SqlType = { kind: 'bytes' };

/** How many units of a time type make a ms; fractions for seconds. */
export const perMs = (unit: TimeUnit): number => [0.001, 1, 1000, 1_000_000][unit] ?? 1;

/** The dialect's type of an Arrow type. */
export function arrowType(type: DataType): SqlType {
  const children = type.children as readonly ArrowField[];
  switch (type.typeId) {
    case ArrowType.Null:
    case ArrowType.Utf8:
    case ArrowType.LargeUtf8:
    case ArrowType.Utf8View:
      return STRING;
    case ArrowType.Int: {
      const { bitWidth, isSigned } = type as Int;
      return bitWidth === 64 && !isSigned ? decimal(20, 0) : INTEGER;
    }
    case ArrowType.Float:
      return FLOAT;
    case ArrowType.Binary:
    case ArrowType.LargeBinary:
    case ArrowType.BinaryView:
    case ArrowType.FixedSizeBinary:
      return BYTES;
    case ArrowType.Bool:
      return BOOLEAN;
    case ArrowType.Decimal: {
      const { precision, scale } = type as unknown as { readonly precision: number; readonly scale: number };
      return precision <= 38 && scale >= 0 && scale <= precision ? decimal(precision, scale) : STRING;
    }
    case ArrowType.Date:
      return DATE;
    case ArrowType.Time:
      return { kind: 'time' };
    case ArrowType.Timestamp:
      return TIMESTAMP;
    case ArrowType.Duration:
      return { kind: 'interval' };
    case ArrowType.List:
    case ArrowType.LargeList:
    case ArrowType.FixedSizeList:
      return arrayOf(arrowType(children[0]!.type));
    case ArrowType.Struct:
      return { kind: 'struct', fields: children.map((field) => ({ name: field.name, type: arrowType(field.type) })) };
    case ArrowType.Map:
      return mapOf(arrowType((children[0]!.type.children as readonly ArrowField[])[1]!.type));
    case ArrowType.Dictionary:
      return arrowType((type as unknown as { readonly dictionary: DataType }).dictionary);
    default:
      return ANY;
  }
}
