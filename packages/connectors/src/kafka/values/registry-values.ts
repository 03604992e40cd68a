import { connectorError, type Field, kafkaError } from '@velostream/core/connect';
import { type Scalar, type SqlType, scalarAt, typeText } from '@velostream/core/connect/formats';
import { schemaFor } from '../../formats/avro/avro-encoder.ts';
import { avroRecords } from '../../formats/avro/avro-records.ts';
import { conversion, isSame, shown } from '../../formats/convert-type.ts';
import { protobufRecords } from '../../formats/protobuf/proto-records.ts';
import type { RecordCodec } from '../../formats/record-codec.ts';
import type { RegisteredSchema, SchemaRegistry } from '../../schema-registry/schema-registry.ts';
import { FRAME_BYTES, framed, messagePath, schemaIdOf } from '../../schema-registry/wire-format.ts';
import type { RecordChunk } from '../records/record-chunk.ts';
import { SchemaWatch } from './schema-watch.ts';
import { decodeEach } from './text-values.ts';
import type { PickedRecords, ValueDecoder, ValueFormat } from './value-format.ts';

export interface RegistryValuesOptions {
  readonly kind: 'avro' | 'protobuf';
  readonly registry: SchemaRegistry;
  readonly subject: string;
  /** For warnings. */
  readonly topic: string;
  /** A sink may register the schema of its rows. */
  readonly register: boolean;
  warn(message: string): void;
}

type Read = (bytes: Uint8Array) => readonly Scalar[];

/** Avro and Protobuf messages that carry the number of their schema. Each is read with the schema it was written with, as the newest one has its columns. */
export function registryValues(options: RegistryValuesOptions): ValueFormat {
  const { registry, subject, kind } = options;
  const newest = async (signal: AbortSignal): Promise<RegisteredSchema> => {
    const found = await registry.latest(subject, signal);
    if (found === null) throw kafkaError('VS4813', { what: `subject "${subject}"`, problem: 'it is not registered' });
    return found;
  };
  return {
    needsSamples: false,
    async describe(_, signal) {
      const codec = await codecOf(await newest(signal), kind, undefined, [0]);
      return { fields: codec.fields, origin: 'registry' };
    },
    async decoder(fields, _, signal) {
      return new RegistryDecoder(options, fields, await newest(signal));
    },
    async encoder(fields, signal) {
      const { id, codec } = await targetOf(options, fields, signal);
      const write = codec.writer(fields);
      return {
        encode: (batch) =>
          Array.from({ length: batch.length }, (_, row) =>
            framed(id, write(batch.columns.map((column) => scalarAt(column, row))), kind === 'protobuf'),
          ),
      };
    },
  };
}

async function targetOf(
  { registry, subject, register, kind }: RegistryValuesOptions,
  fields: readonly Field[],
  signal: AbortSignal,
): Promise<{ readonly id: number; readonly codec: RecordCodec }> {
  const found = await registry.latest(subject, signal);
  if (found !== null) return { id: found.id, codec: await codecOf(found, kind, undefined, [0]) };
  if (!register || kind !== 'avro') throw kafkaError('VS4813', { what: `subject "${subject}"`, problem: 'it is not registered' });
  const text = JSON.stringify(schemaFor(fields));
  const id = await registry.register(subject, 'AVRO', text, signal);
  return { id, codec: avroRecords({ schema: text }) };
}

async function codecOf(
  { kind: found, text, references, id }: RegisteredSchema,
  wanted: 'avro' | 'protobuf',
  reader: RegisteredSchema | undefined,
  path: readonly number[],
): Promise<RecordCodec> {
  if (found !== (wanted === 'avro' ? 'AVRO' : 'PROTOBUF')) {
    throw kafkaError('VS4814', { name: String(id), problem: `it is a schema of ${found}, and the format of the topic is ${wanted}` });
  }
  if (wanted === 'avro') {
    const known = [...references.values(), ...(reader?.references.values() ?? [])];
    return avroRecords({ schema: text, references: [...new Set(known)], ...(reader === undefined ? {} : { readerSchema: reader.text }) });
  }
  return protobufRecords({ schema: text, message: path, imports: Object.fromEntries(references) });
}

class RegistryDecoder implements ValueDecoder {
  private readonly options: RegistryValuesOptions;
  private readonly fields: readonly Field[];
  private readonly newest: RegisteredSchema;
  /** By schema number, and for Protobuf the path of the message type behind it. */
  private readonly readers = new Map<string, Read>();
  private readonly missing = new Set<string>();
  private readonly watch: SchemaWatch;

  constructor(options: RegistryValuesOptions, fields: readonly Field[], newest: RegisteredSchema) {
    this.options = options;
    this.fields = fields;
    this.newest = newest;
    this.watch = new SchemaWatch(options.topic, newest.id, options.warn);
  }

  /** Schemas are fetched before records are read. Without the registry nothing can be said of a record, so that is no fault of the record. */
  async prepare(picked: PickedRecords, signal: AbortSignal): Promise<void> {
    for (let i = 0; i < picked.length; i++) {
      const chunk = picked.chunks[picked.chunk[i] as number] as RecordChunk;
      const row = picked.row[i] as number;
      const [start, end] = [chunk.values[row * 2] as number, chunk.values[row * 2 + 1] as number];
      if (start < 0) continue;
      const frame = this.frameOf(chunk.bytes, start, end);
      if (frame === null || this.readers.has(frame.key) || this.missing.has(frame.key)) continue;
      const read = await this.readerOf(frame.id, frame.path, signal);
      if (read) {
        this.readers.set(frame.key, read);
        this.watch.see(frame.id);
      } else this.missing.add(frame.key);
    }
    // A schema may be registered later; the registry's client knows when to ask again.
    this.missing.clear();
  }

  decode(picked: PickedRecords) {
    return [decodeEach(picked, this.fields, (bytes) => this.read(bytes))];
  }

  close(): void {
    this.readers.clear();
  }

  private read(bytes: Uint8Array): readonly Scalar[] {
    const frame = this.frameOf(bytes, 0, bytes.length);
    if (frame === null) throw kafkaError('VS4810', { problem: 'it does not begin with a zero byte and the number of a schema' });
    const read = this.readers.get(frame.key);
    if (!read) throw kafkaError('VS4810', { problem: `the registry has no schema ${frame.id}` });
    return read(bytes.subarray(frame.start));
  }

  private frameOf(bytes: Uint8Array, start: number, end: number) {
    const id = schemaIdOf(bytes, start, end);
    if (id === null) return null;
    if (this.options.kind === 'avro') return { id, key: String(id), path: [0], start: start + FRAME_BYTES };
    try {
      const found = messagePath(bytes, start + FRAME_BYTES);
      return { id, key: `${id}:${found.path.join('.')}`, path: found.path, start: found.start };
    } catch {
      return null;
    }
  }

  private async readerOf(id: number, path: readonly number[], signal: AbortSignal): Promise<Read | undefined> {
    const schema = await this.options.registry.byId(id, signal);
    if (schema === null) return undefined;
    try {
      const codec = await codecOf(schema, this.options.kind, this.newest, path);
      return this.options.kind === 'avro' ? codec.reader(this.fields) : readKnown(codec, this.fields);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      return () => {
        throw kafkaError('VS4810', { problem });
      };
    }
  }
}

/** Columns that the message type does not have are NULL; those that have another type in it are converted where nothing is lost. */
function readKnown(codec: RecordCodec, fields: readonly Field[]): Read {
  const own = new Map(codec.fields.map((field) => [field.name, field]));
  const known = fields.flatMap((field) => own.get(field.name) ?? []);
  const read = codec.reader(known);
  const steps = fields.map((field) => {
    const found = own.get(field.name);
    if (found === undefined) return null;
    return { place: known.indexOf(found), convert: isSame(found.type, field.type) ? null : conversionTo(field, found.type) };
  });
  if (steps.every((step, i) => step !== null && step.place === i && step.convert === null)) return read;
  return (bytes) => {
    const values = read(bytes);
    return steps.map((step) => {
      const value = step === null ? null : (values[step.place] as Scalar);
      return step?.convert && value !== null ? step.convert(value) : value;
    });
  };
}

function conversionTo(field: Field, from: SqlType): (value: Scalar) => Scalar {
  const convert = conversion(from, field.type);
  return (value) => {
    const converted = convert(value);
    if (converted !== undefined) return converted;
    throw connectorError('VS4301', {
      column: field.name,
      value: shown(value, from).slice(0, 60),
      type: typeText(field.type),
      way: `The message has "${field.name}" as ${typeText(from)}; start the query again to read it so.`,
    });
  };
}
