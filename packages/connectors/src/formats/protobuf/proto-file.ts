import { type BadRecord, connectorError, type DecodedBatch, type Field, VeloError } from '@velostream/core/connect';
import { columnBuilder, NO_META, type Scalar } from '@velostream/core/connect/formats';
import { damaged } from '../damaged.ts';
import type { OpenedFile, RandomAccess, RandomReadRequest } from '../random-access.ts';
import type { RecordCodec } from '../record-codec.ts';
import { ProtoInput } from './proto-input.ts';

const WINDOW_BYTES = 1024 ** 2;
const MESSAGE_BYTES_MAX = 64 * 1024 ** 2;

/** A file of messages, each with its length before it, or of one message. */
export class ProtobufFile implements OpenedFile {
  readonly fields: readonly Field[];
  readonly rows: number | undefined;
  readonly about = {};
  private readonly file: RandomAccess;
  private readonly codec: RecordCodec;
  private readonly isDelimited: boolean;

  constructor(file: RandomAccess, codec: RecordCodec, isDelimited: boolean) {
    this.file = file;
    this.codec = codec;
    this.isDelimited = isDelimited;
    this.fields = codec.fields;
    this.rows = isDelimited ? undefined : 1;
  }

  async *read(request: RandomReadRequest): AsyncGenerator<DecodedBatch> {
    const read = this.codec.reader(request.fields);
    const builders = request.fields.map((field) => columnBuilder(field.type));
    let record = 0;
    let length = 0;
    let bad: BadRecord[] = [];
    let numbers: number[] = [];
    const batch = (): DecodedBatch => {
      const made = { length, columns: builders.map((builder) => builder.finish()), meta: NO_META, ops: null, watermarks: null };
      const records = bad.length === 0 ? {} : { records: Float64Array.from(numbers) };
      const decoded: DecodedBatch = { batch: made, endByte: 0, endRecord: record, bad, ...records };
      length = 0;
      bad = [];
      numbers = [];
      return decoded;
    };
    try {
      for await (const bytes of this.messages(request.signal)) {
        if (record++ < request.fromRecord) continue;
        const values = this.valuesOf(bytes, read, record, bad);
        if (values !== undefined) {
          numbers.push(record - 1);
          length++;
          for (let c = 0; c < builders.length; c++) builders[c]!.append(values[c] as Scalar);
        }
        if (length + bad.length >= request.maxBatchRows) yield batch();
        if (request.signal.aborted) return;
      }
    } catch (error) {
      if (length + bad.length > 0) yield batch();
      throw damaged(error, this.file.name, 'Protobuf');
    }
    if (length + bad.length > 0) yield batch();
  }

  private valuesOf(
    bytes: Uint8Array,
    read: (record: Uint8Array) => readonly Scalar[],
    record: number,
    bad: BadRecord[],
  ): readonly Scalar[] | undefined {
    try {
      return read(bytes);
    } catch (error) {
      if (!VeloError.is(error)) throw error;
      const sample = Array.from(bytes.subarray(0, 32), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
      bad.push({ error, position: `${this.file.name}:${record}`, sample });
      return undefined;
    }
  }

  private async *messages(signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const { file } = this;
    if (!this.isDelimited) {
      if (file.size > MESSAGE_BYTES_MAX)
        throw connectorError('VS4313', {
          file: file.name,
          format: 'Protobuf',
          what: 'message bytes',
          allowed: MESSAGE_BYTES_MAX,
          observed: file.size,
        });
      if (file.size > 0) yield await file.read(0, file.size, signal);
      return;
    }
    let window: Uint8Array = new Uint8Array(0);
    let windowAt = 0;
    for (let at = 0; at < file.size; ) {
      const load = async (to: number): Promise<void> => {
        if (to <= windowAt + window.length) return;
        window = await file.read(at, Math.min(file.size, Math.max(to, at + WINDOW_BYTES)), signal);
        windowAt = at;
      };
      await load(Math.min(file.size, at + 10));
      const head = new ProtoInput(window, at - windowAt);
      const length = head.varint();
      const start = windowAt + head.at;
      if (typeof length === 'bigint' || length > MESSAGE_BYTES_MAX || start + length > file.size)
        throw new RangeError(`the message at byte ${at} has ${length} bytes, the file ends at ${file.size}`);
      await load(start + length);
      yield window.subarray(start - windowAt, start - windowAt + length);
      at = start + length;
    }
  }
}
