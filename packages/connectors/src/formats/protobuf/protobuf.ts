import { connectorError, type Encoder, type Field } from '@velostream/core/connect';
import { type Scalar, scalarAt } from '@velostream/core/connect/formats';
import { joinBytes } from '../codec/join-bytes.ts';
import { defineRandomAccessFormat, type RandomAccessFormat } from '../random-access.ts';
import type { RecordCodec } from '../record-codec.ts';
import { ProtobufFile } from './proto-file.ts';
import { PROTOBUF_OPTIONS, type ProtobufOptions } from './proto-options.ts';
import { protobufRecords } from './proto-records.ts';

/**
 * Protobuf messages in files, with a `.proto` text that is read at run time: each with its length before it (as `writeDelimitedTo`
 * writes them), or one message per file. A message that cannot be read is reported and passed over. Single records: `protobufRecords`.
 */
export const protobuf = (): RandomAccessFormat<ProtobufOptions> =>
  defineRandomAccessFormat<ProtobufOptions>({
    name: 'protobuf',
    aliases: ['proto', 'application/x-protobuf'],
    extensions: ['pb', 'protobuf'],
    options: PROTOBUF_OPTIONS,
    open: async (file, options) => new ProtobufFile(file, await codecOf(options), options['protobuf.framing'] === 'delimited'),
    encoder: async (fields, options) => encoderOf(fields, await codecOf(options), options['protobuf.framing'] === 'delimited'),
  });

function codecOf(options: ProtobufOptions): Promise<RecordCodec> {
  const schema = options['protobuf.schema'];
  const message = options['protobuf.message'];
  if (schema === undefined) throw connectorError('VS4314', { format: 'Protobuf', problem: "option 'protobuf.schema' is not given" });
  return protobufRecords({ schema, ...(message === undefined ? {} : { message }) });
}

function encoderOf(fields: readonly Field[], codec: RecordCodec, isDelimited: boolean): Encoder {
  const write = codec.writer(fields);
  let count = 0;
  return {
    start: () => new Uint8Array(0),
    encode(batch) {
      const parts: Uint8Array[] = [];
      for (let i = 0; i < batch.length; i++) {
        const row: Scalar[] = batch.columns.map((column) => scalarAt(column, i));
        const bytes = write(row);
        if (!isDelimited && count++ > 0)
          throw connectorError('VS4404', { column: fields[0]?.name ?? '', type: 'a second row', format: 'one Protobuf message' });
        const head = isDelimited ? lengthBytes(bytes.length) : new Uint8Array(0);
        parts.push(head, bytes);
      }
      return joinBytes(parts);
    },
    finish: () => new Uint8Array(0),
  };
}

function lengthBytes(length: number): Uint8Array {
  const bytes: number[] = [];
  let rest = length;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  bytes.push(rest);
  return Uint8Array.from(bytes);
}
