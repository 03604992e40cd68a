import { connectorError, VeloError } from '@velostream/core/connect';
import { nearestName, type Scalar } from '@velostream/core/connect/formats';
import type { RecordCodec } from '../record-codec.ts';
import { AvroInput } from './avro-input.ts';
import { AvroOutput } from './avro-output.ts';
import { AvroReaders } from './avro-reader.ts';
import { type AvroRecord, type AvroType, parseAvroSchema } from './avro-schema.ts';
import { avroFields } from './avro-types.ts';
import { recordWriter } from './avro-writer.ts';

export interface AvroRecordOptions {
  /** Schema that records were (or will be) written with, as JSON. */
  readonly schema: string;
  /** Schema that they are to be read as; the same by default. */
  readonly readerSchema?: string;
  /** Schemas of types that these name, as a schema registry lists them. */
  readonly references?: readonly string[];
}

/**
 * Codec of single Avro records: the value of a message behind its framing. Anything but a record at the top is a column `value`.
 *
 * @example
 * const read = avroRecords({ schema }).reader([{ name: 'price', type: FLOAT, nullable: true }]);
 */
export function avroRecords({ schema, readerSchema, references = [] }: AvroRecordOptions): RecordCodec {
  const writer = parseAvroSchema(schema, references);
  const reader = readerSchema === undefined ? writer : parseAvroSchema(readerSchema, references);
  const fields = avroFields(reader);
  return {
    fields,
    reader(wanted) {
      const names = wanted.map((field) => field.name);
      const known = fields.map((field) => field.name);
      for (const name of names)
        if (!known.includes(name))
          throw connectorError('VS4307', { file: 'Avro schema', column: name, known, nearest: nearestName(name, known) });
      const fill = fillOf(writer, reader, names);
      const input = new AvroInput(new Uint8Array(0));
      return (record) => {
        input.reset(record);
        const values: Scalar[] = new Array<Scalar>(names.length).fill(null);
        fill(input, values);
        if (input.at !== record.length) throw malformed(`${record.length - input.at} bytes are left over`);
        return values;
      };
    },
    writer(columns) {
      if (writer.kind !== 'record') throw connectorError('VS4314', { format: 'Avro', problem: 'only records are written' });
      const write = recordWriter(writer, columns);
      const output = new AvroOutput();
      return (row) => {
        output.length = 0;
        write(output, row);
        return output.taken();
      };
    },
  };
}

const malformed = (problem: string, cause?: unknown) => connectorError('VS4310', { format: 'Avro', problem }, { cause });

/** Fills the wanted columns from one record; whatever goes wrong comes as VS4310. */
export function fillOf(writer: AvroType, reader: AvroType, names: readonly string[]): (input: AvroInput, values: Scalar[]) => void {
  const readers = new AvroReaders();
  const fill =
    isRecord(writer) && isRecord(reader) ? readers.record(writer, reader, names) : valueFill(readers.read(writer, reader), names);
  return (input, values) => {
    try {
      fill(input, values);
    } catch (error) {
      throw VeloError.is(error) ? error : malformed(error instanceof Error ? error.message : 'it makes no sense', error);
    }
  };
}

const isRecord = (type: AvroType): type is AvroRecord => type.kind === 'record';

const valueFill =
  (read: (input: AvroInput) => Scalar, names: readonly string[]) =>
  (input: AvroInput, values: Scalar[]): void => {
    const value = read(input);
    if (names.length > 0) values[0] = value;
  };
