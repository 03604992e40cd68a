import { connectorError, type DecodedBatch, type Field } from '@velostream/core/connect';
import { NO_META, nearestName } from '@velostream/core/connect/formats';
import { damaged } from '../damaged.ts';
import type { OpenedFile, RandomAccess, RandomReadRequest } from '../random-access.ts';
import { Message } from './message.ts';
import { columnReader, type ReadColumn, type StreamKind, type StripeStreams } from './orc-columns.ts';
import { joinedChunks, OrcStream } from './orc-stream.ts';
import { type OrcTail, type OrcType, readTail, type Stripe } from './orc-tail.ts';
import { nameAt, orcFields } from './orc-types.ts';

const FORMAT = 'ORC';
const STREAMS: readonly (StreamKind | undefined)[] = ['present', 'data', 'length', 'dictionary', undefined, 'secondary'];
const STRIPE_FOOTER_MAX = 64 * 1024 ** 2;
const SKIP_ROWS = 4096;

/** An ORC file by its tail. */
export async function openOrc(file: RandomAccess, signal: AbortSignal): Promise<OpenedFile> {
  try {
    const tail = await readTail(file, signal);
    const total = tail.stripes.reduce((sum, stripe) => sum + stripe.rows, 0);
    if (total !== tail.rows) throw new RangeError(`its stripes have ${total} rows, the file ${tail.rows}`);
    return new OrcFile(file, tail);
  } catch (error) {
    throw damaged(error, file.name, FORMAT);
  }
}

class OrcFile implements OpenedFile {
  readonly fields: readonly Field[];
  readonly rows: number;
  readonly about: Readonly<Record<string, string | number>>;
  private readonly file: RandomAccess;
  private readonly tail: OrcTail;

  constructor(file: RandomAccess, tail: OrcTail) {
    this.file = file;
    this.tail = tail;
    this.fields = orcFields(tail.root);
    this.rows = tail.rows;
    this.about = { stripes: tail.stripes.length, compression: tail.packing };
  }

  async *read(request: RandomReadRequest): AsyncGenerator<DecodedBatch> {
    const types = request.fields.map((field) => this.typeOf(field));
    let first = 0;
    try {
      for (const stripe of this.tail.stripes) {
        if (first + stripe.rows > request.fromRecord) yield* this.readStripe(stripe, first, types, request);
        first += stripe.rows;
        if (request.signal.aborted) return;
      }
    } catch (error) {
      throw damaged(error, this.file.name, FORMAT);
    }
  }

  private typeOf({ name }: Field): OrcType {
    const { root } = this.tail;
    if (root.kind !== 'struct' && name === 'value') return root;
    const found = root.children.find((_, i) => nameAt(root, i) === name);
    if (found !== undefined) return found;
    const known = this.fields.map((field) => field.name);
    throw connectorError('VS4307', { file: this.file.name, column: name, known, nearest: nearestName(name, known) });
  }

  private async *readStripe(
    stripe: Stripe,
    first: number,
    types: readonly OrcType[],
    { fromRecord, maxBatchRows, signal }: RandomReadRequest,
  ): AsyncGenerator<DecodedBatch> {
    const streams = await this.open(stripe, types, signal);
    const readers: readonly ReadColumn[] = types.map((type) => columnReader(type, streams));
    let at = 0;
    for (let skip = Math.max(0, fromRecord - first); at < skip; ) {
      const now = Math.min(SKIP_ROWS, skip - at);
      for (const read of readers) read(now);
      at += now;
    }
    while (at < stripe.rows && !signal.aborted) {
      const length = Math.min(maxBatchRows, stripe.rows - at);
      const columns = readers.map((read) => read(length));
      at += length;
      yield { batch: { length, columns, meta: NO_META, ops: null, watermarks: null }, endByte: 0, endRecord: first + at, bad: [] };
    }
  }

  /** The streams of the wanted columns of a stripe, packed; each is unpacked as it is read. */
  private async open(stripe: Stripe, types: readonly OrcType[], signal: AbortSignal): Promise<StripeStreams> {
    const { unpack, blockBytes } = this.tail;
    const footerAt = stripe.offset + stripe.indexBytes + stripe.dataBytes;
    if (footerAt + stripe.footerBytes > this.file.size) throw new RangeError('a stripe ends behind the file');
    const packed = await this.file.read(footerAt, footerAt + stripe.footerBytes, signal);
    const footer = new Message(joinedChunks(packed, unpack, blockBytes, STRIPE_FOOTER_MAX));
    const wanted = new Set(types.flatMap(columnsOf));
    const found = new Map<string, OrcStream>();
    let at = stripe.offset;
    for (const stream of footer.messages(1)) {
      const [kind, column, length] = [STREAMS[stream.count(1)], stream.count(2), stream.count(3)];
      const end = at + length;
      if (end > footerAt) throw new RangeError('a column ends behind its stripe');
      if (kind !== undefined && wanted.has(column))
        found.set(`${column} ${kind}`, new OrcStream(await this.file.read(at, end, signal), unpack, blockBytes));
      at = end;
    }
    const encodings = footer.messages(2);
    return {
      zone: footer.text(3) ?? '',
      stream: (column, kind) => found.get(`${column} ${kind}`),
      encoding(column) {
        const kind = encodings[column]?.count(1) ?? 0;
        return { isDictionary: kind === 1 || kind === 3, isSecond: kind >= 2, size: encodings[column]?.count(2) ?? 0 };
      },
    };
  }
}

const columnsOf = (type: OrcType): readonly number[] => [type.id, ...type.children.flatMap(columnsOf)];
