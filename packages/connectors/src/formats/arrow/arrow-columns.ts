import { type Column, columnFromScalars, type Scalar, textWriter } from '@velostream/core/connect/formats';
import { int64Column } from '../columnar/exact-column.ts';
import { fromInt64 } from '../parquet/plain-values.ts';
import { type Field as ArrowField, type Data, type DataType, Type, type Vector } from './arrow-library.ts';
import { arrowType, perMs } from './arrow-types.ts';

const DAY_MS = 86_400_000;

/** The column of a batch. Numbers are copied as they lie; the rest goes value by value. */
export function columnOf(vector: Vector, rows: number): Column {
  const [data] = vector.data as readonly Data[];
  const type = vector.type as DataType;
  if (data !== undefined && vector.data.length === 1) {
    const fast = fastColumn(type, data, rows);
    if (fast !== undefined) return { ...fast, nulls: nullsOf(data, rows) };
  }
  const read = scalarReader(type);
  const values = Array.from({ length: rows }, (_, i) => {
    const value: unknown = vector.get(i);
    return value === null || value === undefined ? null : read(value);
  });
  return columnFromScalars(arrowType(type), values);
}

function nullsOf(data: Data, rows: number): Uint8Array | null {
  if (data.nullCount === 0 || data.nullBitmap === null || data.nullBitmap === undefined || data.nullBitmap.length === 0) return null;
  const nulls = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) nulls[i] = data.getValid(i) ? 0 : 1;
  return nulls;
}

/** Numbers of all kinds; undefined for other types. Values beneath NULLs are whatever lies there. */
function fastColumn(type: DataType, data: Data, rows: number): Column | undefined {
  const { values } = data;
  if (!ArrayBuffer.isView(values) || (values as unknown as ArrayLike<unknown>).length < rows) return undefined;
  const f64 = (factor: number): Column => {
    const out = new Float64Array(rows);
    const from = values as unknown as ArrayLike<number>;
    for (let i = 0; i < rows; i++) out[i] = (from[i] as number) * factor;
    return { lane: 'f64', values: out, nulls: null };
  };
  const is64 = values instanceof BigInt64Array || values instanceof BigUint64Array;
  const int64 = (): Column => int64Column(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), 0, rows);
  switch (type.typeId) {
    case Type.Int:
      return !is64 ? f64(1) : values instanceof BigUint64Array ? fromInt64('uint64', int64(), rows) : int64();
    case Type.Float:
      return values instanceof Float32Array || values instanceof Float64Array ? f64(1) : undefined;
    case Type.Date:
      return is64 ? fromInt64('millis', int64(), rows) : f64(DAY_MS);
    case Type.Timestamp:
    case Type.Time: {
      const { unit } = type as unknown as { readonly unit: 0 | 1 | 2 | 3 };
      if (!is64) return f64(1 / perMs(unit));
      const column = fromInt64((['millis', 'millis', 'micros', 'nanos'] as const)[unit], int64(), rows);
      if (unit === 0 && column.lane === 'f64') for (let i = 0; i < rows; i++) column.values[i] = (column.values[i] as number) * 1000;
      return column;
    }
    default:
      return undefined;
  }
}

type Read = (value: unknown) => Scalar;

const narrow = (value: bigint): number | bigint => (Number.isSafeInteger(Number(value)) ? Number(value) : value);

/** Reader of what the library gives for a value of a type; never called with null. */
function scalarReader(type: DataType): Read {
  const children = type.children as readonly ArrowField[];
  switch (type.typeId) {
    case Type.Int:
      return (value) => (typeof value === 'bigint' ? narrow(value) : (value as number));
    case Type.Decimal:
      return decimalReader(type as unknown as { readonly precision: number; readonly scale: number });
    case Type.Time:
    case Type.Duration: {
      const { unit } = type as unknown as { readonly unit: 0 | 1 | 2 | 3 };
      return (value) => Number(value) / perMs(unit);
    }
    case Type.Binary:
    case Type.LargeBinary:
    case Type.BinaryView:
    case Type.FixedSizeBinary:
      return (value) => new Uint8Array(value as Uint8Array);
    case Type.List:
    case Type.LargeList:
    case Type.FixedSizeList: {
      const read = nullable(scalarReader(children[0]!.type));
      return (value) => Array.from(value as Iterable<unknown>, read);
    }
    case Type.Struct: {
      const fields = children.map((field) => ({ name: field.name, read: nullable(scalarReader(field.type)) }));
      return (value) => {
        const out: Record<string, Scalar> = Object.create(null);
        // Rows of structures iterate as pairs of name and value.
        const given = new Map(value as Iterable<[string, unknown]>);
        for (const { name, read } of fields) out[name] = read(given.get(name));
        return out;
      };
    }
    case Type.Map: {
      const [key, item] = children[0]!.type.children as unknown as readonly [ArrowField, ArrowField];
      const write = textWriter(arrowType(key.type));
      const readKey = scalarReader(key.type);
      const read = nullable(scalarReader(item.type));
      return (value) => new Map(Array.from(value as Iterable<[unknown, unknown]>, ([k, v]) => [write(readKey(k)) ?? '', read(v)]));
    }
    case Type.Dictionary:
      return scalarReader((type as unknown as { readonly dictionary: DataType }).dictionary);
    case Type.Interval:
    case Type.Union:
      return dynamic;
    default:
      return (value) => value as Scalar;
  }
}

const nullable =
  (read: Read): Read =>
  (value) =>
    value === null || value === undefined ? null : read(value);

function dynamic(value: unknown): Scalar {
  if (typeof value === 'bigint') return narrow(value);
  if (value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value;
  return String(value);
}

/** Words of 32 bits, the lowest first, with a sign. */
function decimalReader({ precision, scale }: { readonly precision: number; readonly scale: number }): Read {
  const isText = !(precision <= 38 && scale >= 0 && scale <= precision);
  return (value) => {
    const words = value as Uint32Array;
    let wide = 0n;
    for (let i = words.length - 1; i >= 0; i--) wide = (wide << 32n) | BigInt(words[i] as number);
    const exact = BigInt.asIntN(words.length * 32, wide);
    return isText ? `${exact}e${-scale}` : narrow(exact);
  };
}
