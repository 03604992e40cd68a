import type { Column, Dictionary, Field } from '../values/column.ts';
import { scalarAt } from '../values/column-read.ts';
import type { Arrow } from '../values/load-arrow.ts';
import { Op, type RecordBatch } from '../values/record-batch.ts';
import { scalarText } from '../values/scalar-text.ts';
import type { SqlType } from '../values/types.ts';

type AnyData = InstanceType<Arrow['Data']>;

/**
 * Inserted and updated rows of one batch as an Arrow IPC stream of its own: schema and record batch. Typed arrays go over whole; text is encoded once
 * per distinct value where the column has a dictionary. Decimals and nested values travel as text.
 */
export function arrowFrame(arrow: Arrow, batch: RecordBatch, fields: readonly Field[]): Uint8Array {
  const rows = keptRows(batch);
  const length = rows?.length ?? batch.length;
  const children = fields.map((field, i) => columnData(arrow, field.type, batch.columns[i] as Column, rows, length));
  const schema = new arrow.Schema(fields.map((field, i) => new arrow.Field(field.name, (children[i] as AnyData).type, true)));
  const struct = arrow.makeData({ type: new arrow.Struct(schema.fields), length, nullCount: 0, children: children as never });
  const table = new arrow.Table(schema, new arrow.RecordBatch(schema, struct as never));
  return arrow.tableToIPC(table, 'stream');
}

/** Row numbers of what stands after a change; null: all of them. */
function keptRows({ ops, length }: RecordBatch): Int32Array | null {
  if (ops === null) return null;
  const rows = new Int32Array(length);
  let count = 0;
  for (let i = 0; i < length; i++) if (ops[i] === Op.insert || ops[i] === Op.updateAfter) rows[count++] = i;
  return rows.subarray(0, count);
}

function columnData(arrow: Arrow, type: SqlType, column: Column, rows: Int32Array | null, length: number): AnyData {
  const { nullBitmap, nullCount } = nullsOf(column, rows, length);
  const at = (i: number): number => (rows === null ? i : (rows[i] as number));
  const made = { length, nullCount, nullBitmap };
  switch (type.kind) {
    case 'float':
      return arrow.makeData({ type: new arrow.Float64(), ...made, data: floats(column, at, length, rows === null) } as never) as AnyData;
    case 'integer':
      return arrow.makeData({ type: new arrow.Int64(), ...made, data: bigints(column, at, length) } as never) as AnyData;
    case 'timestamp':
      return arrow.makeData({ type: new arrow.TimestampMillisecond(), ...made, data: bigints(column, at, length) } as never) as AnyData;
    case 'boolean':
      return arrow.makeData({
        type: new arrow.Bool(),
        ...made,
        data: bits((i) => scalarAt(column, at(i)) === true, length),
      } as never) as AnyData;
    default:
      return arrow.makeData({ type: new arrow.Utf8(), ...made, ...texts(type, column, at, length) } as never) as AnyData;
  }
}

function nullsOf({ nulls }: Column, rows: Int32Array | null, length: number): { nullBitmap: Uint8Array; nullCount: number } {
  if (nulls === null) return { nullBitmap: new Uint8Array(0), nullCount: 0 };
  let nullCount = 0;
  const nullBitmap = bits((i) => {
    const isNull = nulls[rows === null ? i : (rows[i] as number)] === 1;
    if (isNull) nullCount++;
    return !isNull;
  }, length);
  return { nullBitmap, nullCount };
}

function bits(isSet: (i: number) => boolean, length: number): Uint8Array {
  const out = new Uint8Array(Math.ceil(length / 64) * 8);
  for (let i = 0; i < length; i++) if (isSet(i)) out[i >> 3] = (out[i >> 3] as number) | (1 << (i & 7));
  return out;
}

function floats(column: Column, at: (i: number) => number, length: number, isWhole: boolean): Float64Array {
  if (column.lane === 'f64' && isWhole) return column.values.slice(0, length);
  const out = new Float64Array(length);
  for (let i = 0; i < length; i++) out[i] = Number(scalarAt(column, at(i)) ?? 0);
  return out;
}

function bigints(column: Column, at: (i: number) => number, length: number): BigInt64Array {
  const out = new BigInt64Array(length);
  // A slot beneath a NULL may hold anything, also what is no whole number.
  for (let i = 0; i < length; i++) out[i] = BigInt(Math.trunc(Number(scalarAt(column, at(i)) ?? 0)) || 0);
  if (column.lane === 'i64') for (let i = 0; i < length; i++) out[i] = column.values[at(i)] as bigint;
  return out;
}

const encoder = new TextEncoder();
const encoded = new WeakMap<Dictionary, Uint8Array[]>();

function texts(type: SqlType, column: Column, at: (i: number) => number, length: number): { valueOffsets: Int32Array; data: Uint8Array } {
  const pieces: Uint8Array[] = [];
  const valueOffsets = new Int32Array(length + 1);
  let size = 0;
  for (let i = 0; i < length; i++) {
    const bytes = textAt(type, column, at(i));
    pieces.push(bytes);
    size += bytes.length;
    valueOffsets[i + 1] = size;
  }
  const data = new Uint8Array(size);
  let to = 0;
  for (const bytes of pieces) {
    data.set(bytes, to);
    to += bytes.length;
  }
  return { valueOffsets, data };
}

const NOTHING = new Uint8Array(0);

function textAt(type: SqlType, column: Column, row: number): Uint8Array {
  if (column.nulls?.[row] === 1) return NOTHING;
  if (column.lane === 'dict') {
    const { dictionary } = column;
    let known = encoded.get(dictionary);
    if (!known) {
      known = [];
      encoded.set(dictionary, known);
    }
    const code = column.values[row] as number;
    known[code] ??= encoder.encode(dictionary.at(code));
    return known[code];
  }
  const value = scalarAt(column, row);
  return value === null ? NOTHING : encoder.encode(typeof value === 'string' ? value : scalarText(type, value));
}
