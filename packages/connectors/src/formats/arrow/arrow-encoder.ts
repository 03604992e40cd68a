import { connectorError, type Encoder, type Field, type RecordBatch } from '@velostream/core/connect';
import { jsonTextOf, type Scalar, type SqlType, scalarAt, typeText } from '@velostream/core/connect/formats';
import { joinBytes } from '../codec/join-bytes.ts';
import { type ArrowLibrary, arrowLibrary, type Data, type DataType } from './arrow-library.ts';

interface Written {
  readonly type: DataType;
  /** A value in scalar form as the library's builder takes it; never NULL. */
  readonly write: (value: Scalar) => unknown;
}

/** An encoder of one Arrow IPC file; each batch of rows is a record batch. */
export async function arrowEncoder(fields: readonly Field[]): Promise<Encoder> {
  const arrow = await arrowLibrary();
  const columns = fields.map((field) => written(arrow, field.type, field));
  const schema = new arrow.Schema(fields.map((field, c) => new arrow.Field(field.name, (columns[c] as Written).type, true)));
  const parts: Uint8Array[] = [];
  const writer = new (collectingWriter(arrow, parts))();
  return {
    start() {
      writer.begin(schema);
      return taken(parts);
    },
    encode(batch) {
      if (batch.length > 0) {
        const children = columns.map((column, c) => dataOf(arrow, column, batch, c));
        const data = arrow.makeData({ type: new arrow.Struct(schema.fields), length: batch.length, nullCount: 0, children });
        writer.write(new arrow.RecordBatch(schema, data));
      }
      return taken(parts);
    },
    finish() {
      writer.finish();
      return taken(parts);
    },
  };
}

/** The library's writer of files, with its bytes at hand as soon as they are written. */
function collectingWriter(arrow: ArrowLibrary, parts: Uint8Array[]) {
  return class extends arrow.RecordBatchFileWriter {
    begin(schema: InstanceType<ArrowLibrary['Schema']>): void {
      this.reset(this._sink, schema);
    }

    /** The format wants the schema before the batches; the library writes it into the footer alone. */
    protected override _writeSchema(schema: InstanceType<ArrowLibrary['Schema']>): this {
      super._writeSchema(schema);
      return this._writeMessage(arrow.Message.from(schema));
    }

    protected override _write(chunk: ArrayBufferView): this {
      if (!this._started || chunk.byteLength === 0) return this;
      // A copy: buffers of a batch are not ours.
      parts.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength).slice());
      this._position += chunk.byteLength;
      return this;
    }
  };
}

const taken = (parts: Uint8Array[]): Uint8Array => joinBytes(parts.splice(0));

function dataOf(arrow: ArrowLibrary, { type, write }: Written, batch: RecordBatch, c: number): Data {
  const builder = arrow.makeBuilder({ type, nullValues: [null, undefined] });
  const column = batch.columns[c] as RecordBatch['columns'][number];
  for (let row = 0; row < batch.length; row++) {
    const value = scalarAt(column, row);
    builder.append(value === null ? null : (write(value) as never));
  }
  return builder.finish().flush();
}

const same = (value: Scalar): unknown => value;
const micros = (value: Scalar): bigint => BigInt(Math.round((value as number) * 1000));

// In each case, values have the scalar form of the type: that is what every `as` rests on.
function written(arrow: ArrowLibrary, type: SqlType, field: Field): Written {
  switch (type.kind) {
    case 'boolean':
      return { type: new arrow.Bool(), write: same };
    case 'integer':
      return { type: new arrow.Int64(), write: (v) => BigInt(v as number) };
    case 'float':
      return { type: new arrow.Float64(), write: same };
    case 'decimal':
      return { type: new arrow.Decimal(type.scale, type.precision, 128), write: (v) => words(BigInt(v as number)) };
    case 'string':
      return { type: new arrow.Utf8(), write: same };
    case 'bytes':
      return { type: new arrow.Binary(), write: same };
    case 'date':
      return { type: new arrow.DateDay(), write: (v) => new Date(v as number) };
    case 'time':
      return { type: new arrow.TimeMicrosecond(), write: micros };
    case 'timestamp':
      return { type: new arrow.Timestamp(arrow.TimeUnit.MILLISECOND, 'UTC'), write: (v) => Math.round(v as number) };
    case 'interval':
      return { type: new arrow.DurationMillisecond(), write: (v) => BigInt(Math.round(v as number)) };
    case 'array': {
      const item = written(arrow, type.element, field);
      return {
        type: new arrow.List(new arrow.Field('item', item.type, true)),
        write: (v) => (v as readonly Scalar[]).map((one) => (one === null ? null : item.write(one))),
      };
    }
    case 'map':
      return mapped(arrow, written(arrow, type.value, field));
    case 'struct': {
      const children = type.fields.map((child) => ({ name: child.name, ...written(arrow, child.type, field) }));
      return {
        type: new arrow.Struct(children.map((child) => new arrow.Field(child.name, child.type, true))),
        write(v) {
          const out: Record<string, unknown> = Object.create(null);
          for (const child of children) {
            const inner = (v as Readonly<Record<string, Scalar>>)[child.name] ?? null;
            out[child.name] = inner === null ? null : child.write(inner);
          }
          return out;
        },
      };
    }
    case 'json':
    case 'any':
      return { type: new arrow.Utf8(), write: jsonTextOf(type) };
    default:
      throw connectorError('VS4404', { column: field.name, type: typeText(type), format: 'arrow' });
  }
}

function mapped(arrow: ArrowLibrary, item: Written): Written {
  const entries = new arrow.Struct<{ key: InstanceType<ArrowLibrary['Utf8']>; value: DataType }>([
    new arrow.Field('key', new arrow.Utf8(), false),
    new arrow.Field('value', item.type, true),
  ]);
  return {
    type: new arrow.Map_(new arrow.Field('entries', entries, false)),
    write: (v) =>
      new Map([...(v as ReadonlyMap<string, Scalar>)].map(([key, one]) => [key, one === null ? null : item.write(one)] as const)),
  };
}

/** An integer with its sign in 128 bits, the lowest word first. */
function words(value: bigint): Uint32Array {
  const wide = BigInt.asUintN(128, value);
  return Uint32Array.from({ length: 4 }, (_, i) => Number((wide >> BigInt(32 * i)) & 0xffffffffn));
}
