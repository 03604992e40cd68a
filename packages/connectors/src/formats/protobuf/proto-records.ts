import { connectorError, VeloError } from '@velostream/core/connect';
import { nearestName, type Scalar } from '@velostream/core/connect/formats';
import type { RecordCodec } from '../record-codec.ts';
import { ProtoInput } from './proto-input.ts';
import { ProtoReaders } from './proto-reader.ts';
import { type ProtobufSchemaOptions, type ProtoMessage, protoMessage } from './proto-schema.ts';
import { protoFields } from './proto-types.ts';
import { messageWriter } from './proto-writer.ts';

/**
 * Codec of single Protobuf messages: the value of a message of a log behind its framing. 64-bit integers are exact; enums are their
 * names; Timestamp, Duration and the wrappers are plain values.
 *
 * @example
 * const codec = await protobufRecords({ schema: 'syntax = "proto3"; message Trade { string symbol = 1; double price = 2; }' });
 */
export async function protobufRecords(options: ProtobufSchemaOptions): Promise<RecordCodec> {
  return messageCodec(await protoMessage(options));
}

export function messageCodec(message: ProtoMessage): RecordCodec {
  const fields = protoFields(message);
  return {
    fields,
    reader(wanted) {
      const known = fields.map((field) => field.name);
      const names = wanted.map((field) => field.name);
      for (const name of names) {
        if (!known.includes(name))
          throw connectorError('VS4307', { file: `message ${message.name}`, column: name, known, nearest: nearestName(name, known) });
      }
      const fill = new ProtoReaders().filler(message, names);
      return (record) => {
        const values: Scalar[] = names.map(() => null);
        try {
          fill(new ProtoInput(record), values);
        } catch (error) {
          if (VeloError.is(error)) throw error;
          const problem = error instanceof Error ? error.message : 'it makes no sense';
          throw connectorError('VS4310', { format: 'Protobuf', problem }, { cause: error });
        }
        return values;
      };
    },
    writer: (columns) => messageWriter(message, columns),
  };
}
