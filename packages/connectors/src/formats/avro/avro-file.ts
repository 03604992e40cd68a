import { connectorError, type DecodedBatch, type Field, VeloError } from '@velostream/core/connect';
import { type ColumnBuilder, columnBuilder, NO_META, nearestName, type Scalar } from '@velostream/core/connect/formats';
import { type BlockPacking, blockUnpacker, type UnpackBlock } from '../codec/block-codec.ts';
import { damaged } from '../damaged.ts';
import type { OpenedFile, RandomAccess, RandomReadRequest } from '../random-access.ts';
import { AvroInput } from './avro-input.ts';
import { fillOf } from './avro-records.ts';
import { type AvroType, parseAvroSchema } from './avro-schema.ts';
import { avroFields } from './avro-types.ts';

const MAGIC = [0x4f, 0x62, 0x6a, 0x01];
const SYNC_BYTES = 16;
const HEADER_BYTES = 1 << 16;
const HEADER_BYTES_MAX = 16 * 1024 ** 2;
/** A block, packed and unpacked. */
const BLOCK_BYTES_MAX = 256 * 1024 ** 2;
const FREE_BYTES = 16 * 1024 ** 2;
const RATIO_MAX = 200;
const WINDOW_BYTES = 1024 ** 2;
const FORMAT = 'Avro';

const PACKINGS: ReadonlyMap<string, BlockPacking> = new Map([
  ['null', 'none'],
  ['deflate', 'deflate'],
  ['snappy', 'snappy'],
  ['zstandard', 'zstd'],
]);

interface Header {
  readonly schema: AvroType;
  readonly codec: string;
  readonly sync: Uint8Array;
  readonly end: number;
}

/** An Avro container file by its header; `readerSchema`: what its records are to be read as. */
export async function openAvro(file: RandomAccess, readerSchema: string | undefined, signal: AbortSignal): Promise<OpenedFile> {
  try {
    const header = await readHeader(file, signal);
    const packing = PACKINGS.get(header.codec);
    if (packing === undefined)
      throw connectorError('VS4312', { file: file.name, format: FORMAT, feature: `compression "${header.codec}"` });
    const reader = readerSchema === undefined ? header.schema : parseAvroSchema(readerSchema);
    return new AvroFile(file, header, reader, packing);
  } catch (error) {
    throw damaged(error, file.name, FORMAT);
  }
}

async function readHeader(file: RandomAccess, signal: AbortSignal): Promise<Header> {
  for (let length = HEADER_BYTES; ; length *= 16) {
    const bytes = await file.read(0, Math.min(file.size, length), signal);
    try {
      return headerOf(bytes);
    } catch (error) {
      if (VeloError.is(error) || bytes.length === file.size || length >= HEADER_BYTES_MAX || !MAGIC.every((b, i) => bytes[i] === b))
        throw error;
    }
  }
}

function headerOf(bytes: Uint8Array): Header {
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) throw new RangeError('it does not begin with "Obj"');
  const input = new AvroInput(bytes, MAGIC.length);
  const meta = new Map<string, Uint8Array>();
  for (let count = input.count(); count !== 0; count = input.count()) {
    if (count < 0) input.count();
    if (Math.abs(count) > bytes.length) throw new RangeError('its header has more entries than bytes');
    for (let i = 0; i < Math.abs(count); i++) {
      const key = input.text();
      meta.set(key, input.take(input.count()));
    }
  }
  const schema = meta.get('avro.schema');
  if (schema === undefined) throw new RangeError('its header has no schema');
  const text = new TextDecoder('utf-8', { ignoreBOM: true });
  const codec = meta.get('avro.codec');
  const sync = new Uint8Array(input.take(SYNC_BYTES));
  return { schema: parseAvroSchema(text.decode(schema)), codec: codec === undefined ? 'null' : text.decode(codec), sync, end: input.at };
}

class AvroFile implements OpenedFile {
  readonly fields: readonly Field[];
  /** Only the blocks themselves say how many records they have. */
  readonly rows = undefined;
  readonly about: Readonly<Record<string, string | number>>;
  private readonly file: RandomAccess;
  private readonly header: Header;
  private readonly reader: AvroType;
  private readonly packing: BlockPacking;

  constructor(file: RandomAccess, header: Header, reader: AvroType, packing: BlockPacking) {
    this.file = file;
    this.header = header;
    this.reader = reader;
    this.packing = packing;
    this.fields = avroFields(reader);
    this.about = { compression: header.codec === 'null' ? 'none' : header.codec };
  }

  async *read(request: RandomReadRequest): AsyncGenerator<DecodedBatch> {
    const names = request.fields.map((field) => this.nameOf(field));
    const fill = fillOf(this.header.schema, this.reader, names);
    const unpack = await blockUnpacker(this.packing, 'avro');
    const rows = new RowBatches(this.file.name, request);
    try {
      for await (const block of this.blocks(request.signal)) {
        if (rows.record + block.count <= request.fromRecord) rows.pass(block.count);
        else yield* this.decode(block, unpack, fill, rows);
        if (request.signal.aborted) return;
      }
      yield* rows.flush();
    } catch (error) {
      yield* rows.flush();
      throw damaged(error, this.file.name, FORMAT);
    }
  }

  private nameOf({ name }: Field): string {
    const known = this.fields.map((field) => field.name);
    if (known.includes(name)) return name;
    throw connectorError('VS4307', { file: this.file.name, column: name, known, nearest: nearestName(name, known) });
  }

  /** The blocks, packed. A block that is cut off or not followed by the sync marker ends the file with an error. */
  private async *blocks(signal: AbortSignal): AsyncGenerator<{ readonly count: number; readonly bytes: Uint8Array }> {
    const { file, header } = this;
    let window: Uint8Array = new Uint8Array(0);
    let windowAt = 0;
    const load = async (from: number, to: number): Promise<Uint8Array> => {
      if (from < windowAt || to > windowAt + window.length) {
        window = await file.read(from, Math.min(file.size, Math.max(to, from + WINDOW_BYTES)), signal);
        windowAt = from;
      }
      return window.subarray(from - windowAt, to - windowAt);
    };
    for (let at = header.end; at < file.size; ) {
      const head = new AvroInput(await load(at, Math.min(file.size, at + 20)));
      const count = head.count();
      const length = head.count();
      const start = at + head.at;
      if (count < 0 || length < 0 || length > BLOCK_BYTES_MAX) throw new RangeError(`a block has ${count} records in ${length} bytes`);
      const end = start + length + SYNC_BYTES;
      if (end > file.size) throw new RangeError(`a block ends at byte ${end}, the file at ${file.size}`);
      const bytes = await load(start, end);
      if (!header.sync.every((byte, i) => bytes[length + i] === byte))
        throw new RangeError(`there is no marker behind the block at byte ${at}`);
      yield { count, bytes: bytes.subarray(0, length) };
      at = end;
    }
  }

  private *decode(
    block: { readonly count: number; readonly bytes: Uint8Array },
    unpack: UnpackBlock,
    fill: (input: AvroInput, values: Scalar[]) => void,
    rows: RowBatches,
  ): Generator<DecodedBatch> {
    let done = 0;
    try {
      const input = new AvroInput(this.unpacked(block.bytes, unpack));
      for (; done < block.count; done++) {
        fill(input, rows.values);
        if (rows.add()) yield* rows.flush();
      }
      if (input.at !== input.bytes.length) throw new RangeError('a block has bytes behind its records');
    } catch (error) {
      // Where one record ends is known only by reading it: the rest of the block is lost, the next one is not.
      const lost = block.count - done;
      const problem = error instanceof Error ? error.message : 'it makes no sense';
      const why = VeloError.is(error) ? error : connectorError('VS4310', { format: FORMAT, problem }, { cause: error });
      yield* rows.lose(lost, why, block.bytes);
    }
  }

  private unpacked(bytes: Uint8Array, unpack: UnpackBlock): Uint8Array {
    // Behind a Snappy block stand four bytes of checksum.
    const packed = this.packing === 'snappy' ? bytes.subarray(0, Math.max(0, bytes.length - 4)) : bytes;
    return unpack(packed, Math.min(BLOCK_BYTES_MAX, Math.max(FREE_BYTES, packed.length * RATIO_MAX)));
  }
}

/** Collects rows into batches. State: one batch of `maxBatchRows` rows. */
class RowBatches {
  readonly values: Scalar[];
  /** Records seen so far, from the start of the file. */
  record = 0;
  private readonly name: string;
  private readonly request: RandomReadRequest;
  private readonly builders: readonly ColumnBuilder[];
  private length = 0;

  constructor(name: string, request: RandomReadRequest) {
    this.name = name;
    this.request = request;
    this.builders = request.fields.map((field) => columnBuilder(field.type, { capacity: Math.min(request.maxBatchRows, 4096) }));
    this.values = request.fields.map(() => null);
  }

  pass(records: number): void {
    this.record += records;
  }

  /** Takes `values` as the next row; true when the batch is full. */
  add(): boolean {
    if (this.record++ < this.request.fromRecord) return false;
    for (let c = 0; c < this.builders.length; c++) this.builders[c]!.append(this.values[c] as Scalar);
    return ++this.length >= this.request.maxBatchRows;
  }

  *flush(): Generator<DecodedBatch> {
    if (this.length > 0) yield this.batch([]);
  }

  *lose(records: number, error: VeloError, block: Uint8Array): Generator<DecodedBatch> {
    yield* this.flush();
    const position = `${this.name}:${this.record + 1}`;
    this.record += Math.max(1, records);
    if (this.record <= this.request.fromRecord) return;
    const sample = Array.from(block.subarray(0, 32), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    yield this.batch([{ error, position: records > 1 ? `${position} and ${records - 1} more` : position, sample }]);
  }

  private batch(bad: DecodedBatch['bad']): DecodedBatch {
    const { length } = this;
    this.length = 0;
    const columns = this.builders.map((builder) => builder.finish());
    return { batch: { length, columns, meta: NO_META, ops: null, watermarks: null }, endByte: 0, endRecord: this.record, bad };
  }
}
