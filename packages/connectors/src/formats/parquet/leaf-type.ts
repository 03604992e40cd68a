import { BOOLEAN, DATE, decimal, FLOAT, INTEGER, type SqlType, STRING, TIMESTAMP } from '@velostream/core/connect/formats';
import type { SchemaElement } from './footer.ts';
import { asOptional, asStruct, type ThriftValue } from './thrift.ts';

/** How the stored values of a leaf are meant. */
export type LeafKind =
  | 'boolean'
  | 'int'
  | 'uint32'
  | 'uint64'
  | 'float'
  | 'float16'
  | 'text'
  | 'bytes'
  | 'uuid'
  | 'decimal'
  | 'date'
  | 'millis'
  | 'micros'
  | 'nanos'
  | 'int96';

export interface LeafType {
  readonly kind: LeafKind;
  readonly type: SqlType;
}

const BYTES: SqlType = { kind: 'bytes' };
const TIME: SqlType = { kind: 'time' };

const leaf = (kind: LeafKind, type: SqlType): LeafType => ({ kind, type });

/** Kind and type of a column: the logical type counts, then the older converted type, then what is stored. */
export function leafType(element: SchemaElement): LeafType {
  const { physical } = element;
  const isBytes = physical === 'BYTE_ARRAY' || physical === 'FIXED_LEN_BYTE_ARRAY';
  return (
    (element.logical === undefined ? undefined : ofLogical(element, element.logical.kind, element.logical.of, isBytes)) ??
    ofConverted(element, isBytes) ??
    stored(element)
  );
}

function stored({ physical }: SchemaElement): LeafType {
  switch (physical) {
    case 'BOOLEAN':
      return leaf('boolean', BOOLEAN);
    case 'INT32':
    case 'INT64':
      return leaf('int', INTEGER);
    case 'INT96':
      return leaf('int96', TIMESTAMP);
    case 'FLOAT':
    case 'DOUBLE':
      return leaf('float', FLOAT);
    default:
      return leaf('bytes', BYTES);
  }
}

function ofLogical(element: SchemaElement, kind: number, of: readonly ThriftValue[], isBytes: boolean): LeafType | undefined {
  switch (kind) {
    case 1:
    case 4:
    case 12:
      return isBytes ? leaf('text', STRING) : undefined;
    case 5:
      return decimalOf(asOptional(of[2]) ?? 0, asOptional(of[1]) ?? 0, element);
    case 6:
      return element.physical === 'INT32' ? leaf('date', DATE) : undefined;
    case 7:
      return timeOf(of[2], TIME, element);
    case 8:
      return timeOf(of[2], TIMESTAMP, element);
    case 10:
      return of[2] === false ? unsigned(element) : undefined;
    case 11:
      return { ...stored(element), type: STRING };
    case 14:
      return element.typeLength === 16 ? leaf('uuid', STRING) : undefined;
    case 15:
      return element.typeLength === 2 ? leaf('float16', FLOAT) : undefined;
    default:
      return undefined;
  }
}

function timeOf(unit: ThriftValue, type: SqlType, { physical }: SchemaElement): LeafType | undefined {
  if (physical !== 'INT32' && physical !== 'INT64') return undefined;
  const which = unit === undefined ? -1 : asStruct(unit).findIndex((field) => field !== undefined);
  return which === 1 ? leaf('millis', type) : which === 2 ? leaf('micros', type) : which === 3 ? leaf('nanos', type) : undefined;
}

const unsigned = ({ physical }: SchemaElement): LeafType | undefined =>
  // 64 bits without a sign do not fit INTEGER.
  physical === 'INT32' ? leaf('uint32', INTEGER) : physical === 'INT64' ? leaf('uint64', decimal(20, 0)) : undefined;

/** A decimal with more digits than the dialect has is given as its bytes rather than wrongly. */
function decimalOf(precision: number, scale: number, { physical }: SchemaElement): LeafType | undefined {
  if (precision < 1 || precision > 38 || scale < 0 || scale > precision) return undefined;
  return physical === 'BOOLEAN' || physical === 'FLOAT' || physical === 'DOUBLE' || physical === 'INT96'
    ? undefined
    : leaf('decimal', decimal(precision, scale));
}

function ofConverted(element: SchemaElement, isBytes: boolean): LeafType | undefined {
  const isInt = element.physical === 'INT32' || element.physical === 'INT64';
  switch (element.converted) {
    case 0:
    case 4:
    case 19:
      return isBytes ? leaf('text', STRING) : undefined;
    case 5:
      return decimalOf(element.precision, element.scale, element);
    case 6:
      return element.physical === 'INT32' ? leaf('date', DATE) : undefined;
    case 7:
      return isInt ? leaf('millis', TIME) : undefined;
    case 8:
      return isInt ? leaf('micros', TIME) : undefined;
    case 9:
      return isInt ? leaf('millis', TIMESTAMP) : undefined;
    case 10:
      return isInt ? leaf('micros', TIMESTAMP) : undefined;
    case 11:
    case 12:
    case 13:
    case 14:
      return unsigned(element);
    default:
      return undefined;
  }
}
