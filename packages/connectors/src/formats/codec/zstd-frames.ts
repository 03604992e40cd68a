import type { PieceReader } from './piece-reader.ts';

const MAGIC = 0xfd2fb528;
const DICTIONARY_BYTES = [0, 1, 2, 4];
const SIZE_BYTES = [0, 2, 4, 8];

const word = (bytes: Uint8Array): number => new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);

/**
 * The zstd frames of an input, each as its bytes in pieces: Node's unpacker stops behind the first frame and says nothing of what
 * follows. A frame has to be read to its end before the next one.
 */
export async function* zstdFrames(input: PieceReader): AsyncGenerator<AsyncGenerator<Uint8Array>> {
  for (let head = await input.read(4); head !== undefined; head = await input.read(4)) {
    const magic = word(head);
    if (magic >>> 4 === 0x184d2a5) await input.need(word(await input.need(4)));
    else if (magic === MAGIC) yield frame(head, input);
    else throw new RangeError('it is no zstd frame');
  }
}

async function* frame(magic: Uint8Array, input: PieceReader): AsyncGenerator<Uint8Array> {
  yield magic;
  const flags = await input.need(1);
  yield flags;
  const [descriptor] = flags as unknown as [number];
  const isSingle = (descriptor & 32) !== 0;
  const sizeBytes = (SIZE_BYTES[descriptor >> 6] as number) || (isSingle ? 1 : 0);
  const rest = (isSingle ? 0 : 1) + (DICTIONARY_BYTES[descriptor & 3] as number) + sizeBytes;
  if (rest > 0) yield await input.need(rest);
  for (let isLast = false; !isLast; ) {
    const header = await input.need(3);
    yield header;
    const [low, middle, high] = header as unknown as [number, number, number];
    isLast = (low & 1) === 1;
    const kind = (low >> 1) & 3;
    const size = (low >> 3) | (middle << 5) | (high << 13);
    if (kind === 3) throw new RangeError('a zstd block has an unknown kind');
    if (size > 0) yield await input.need(kind === 1 ? 1 : size);
    else if (kind === 1) yield await input.need(1);
  }
  if (descriptor & 4) yield await input.need(4);
}
