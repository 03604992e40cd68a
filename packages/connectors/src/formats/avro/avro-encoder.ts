import { connectorError, type Encoder, type Field } from '@velostream/core/connect';
import { type Scalar, type SqlType, scalarAt, typeText } from '@velostream/core/connect/formats';
import type { AvroOptions } from './avro-options.ts';
import { AvroOutput } from './avro-output.ts';
import { type AvroRecord, parseAvroSchema } from './avro-schema.ts';
import { recordWriter } from './avro-writer.ts';

const BLOCK_BYTES = 64 * 1024;

/** An encoder of one Avro container file; blocks of about 64 KiB. The schema is the one that is given, else made of the columns. */
export async function avroEncoder(fields: readonly Field[], options: AvroOptions): Promise<Encoder> {
  const schemaText = options['avro.schema'] ?? JSON.stringify(schemaFor(fields));
  const schema = parseAvroSchema(schemaText);
  if (schema.kind !== 'record') throw connectorError('VS4314', { format: 'Avro', problem: 'only records are written' });
  const write = recordWriter(schema as AvroRecord, fields);
  const codec = options['avro.codec'];
  const zlib = await import('node:zlib');
  const pack = (bytes: Uint8Array): Uint8Array =>
    codec === 'deflate' ? zlib.deflateRawSync(bytes) : codec === 'zstandard' ? zlib.zstdCompressSync(bytes) : bytes;
  const sync = crypto.getRandomValues(new Uint8Array(16));
  const block = new AvroOutput();
  const out = new AvroOutput();
  let count = 0;
  const flush = (): void => {
    if (count === 0) return;
    out.long(count);
    out.sized(pack(block.taken()));
    out.raw(sync);
    count = 0;
  };
  return {
    start() {
      out.raw(Uint8Array.of(0x4f, 0x62, 0x6a, 1));
      out.long(2);
      out.text('avro.schema');
      out.text(schemaText);
      out.text('avro.codec');
      out.text(codec);
      out.long(0);
      out.raw(sync);
      return out.taken();
    },
    encode(batch) {
      const row: Scalar[] = fields.map(() => null);
      for (let i = 0; i < batch.length; i++) {
        for (let c = 0; c < row.length; c++) row[c] = scalarAt(batch.columns[c]!, i);
        write(block, row);
        count++;
        if (block.length >= BLOCK_BYTES) flush();
      }
      return out.taken();
    },
    finish() {
      flush();
      return out.taken();
    },
  };
}

/** A record schema for columns. Names that Avro does not allow stay as they are: readers of files do not check them. */
export function schemaFor(fields: readonly Field[], name = 'Row'): unknown {
  let records = 0;
  const optional = (column: string, type: SqlType): unknown => ['null', of(column, type)];
  const of = (column: string, type: SqlType): unknown => {
    switch (type.kind) {
      case 'boolean':
        return 'boolean';
      case 'integer':
      case 'interval':
        return 'long';
      case 'float':
        return 'double';
      case 'decimal':
        return { type: 'bytes', logicalType: 'decimal', precision: type.precision, scale: type.scale };
      case 'string':
      case 'json':
      case 'any':
      case 'null':
        return 'string';
      case 'bytes':
        return 'bytes';
      case 'date':
        return { type: 'int', logicalType: 'date' };
      case 'time':
        return { type: 'long', logicalType: 'time-micros' };
      case 'timestamp':
        return { type: 'long', logicalType: 'timestamp-micros' };
      case 'array':
        return { type: 'array', items: optional(column, type.element) };
      case 'map':
        return { type: 'map', values: optional(column, type.value) };
      case 'struct':
        return {
          type: 'record',
          name: `${name}${++records}`,
          fields: type.fields.map((field) => ({ name: field.name, type: optional(column, field.type), default: null })),
        };
      default:
        throw connectorError('VS4404', { column, type: typeText(type), format: 'avro' });
    }
  };
  return {
    type: 'record',
    name,
    fields: fields.map((field) => ({ name: field.name, type: optional(field.name, field.type), default: null })),
  };
}
