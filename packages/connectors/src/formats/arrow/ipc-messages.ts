import type { RandomAccess } from '../random-access.ts';
import { type Block, type CheckedMessage, checkFooter, checkMessage } from './check-message.ts';

const MAGIC = 'ARROW1';
const HEAD_BYTES = 8;
const CONTINUED = 0xffffffff;
const METADATA_BYTES_MAX = 64 * 1024 ** 2;
/** Memory that one batch may have: the library reads them whole. */
const BODY_BYTES_MAX = 1024 ** 3;
const FOOTER_BYTES = 10;

/** The blocks of a file by its footer; undefined for a stream that was kept as a file. */
export async function blocksOf(file: RandomAccess, signal: AbortSignal): Promise<ReturnType<typeof checkFooter> | undefined> {
  const text = async (from: number, to: number): Promise<string> => new TextDecoder('latin1').decode(await file.read(from, to, signal));
  if (file.size < MAGIC.length || (await text(0, MAGIC.length)) !== MAGIC) return undefined;
  if (file.size < HEAD_BYTES + FOOTER_BYTES || (await text(file.size - MAGIC.length, file.size)) !== MAGIC)
    throw new RangeError('it does not end in "ARROW1"');
  const tail = await file.read(file.size - FOOTER_BYTES, file.size, signal);
  const footer = new DataView(tail.buffer, tail.byteOffset).getInt32(0, true);
  const end = file.size - FOOTER_BYTES - footer;
  if (footer <= 0 || end < HEAD_BYTES) throw new RangeError(`its footer has ${footer} bytes`);
  return checkFooter(await file.read(end, file.size - FOOTER_BYTES, signal), end);
}

/** Checks one message of a file. */
export async function checkBlock(file: RandomAccess, { offset, metadataBytes }: Block, signal: AbortSignal): Promise<CheckedMessage> {
  const bytes = await file.read(offset, offset + metadataBytes, signal);
  const isContinued = bytes[0] === 255 && bytes[1] === 255 && bytes[2] === 255 && bytes[3] === 255;
  const message = checkMessage(bytes.subarray(isContinued ? 8 : 4));
  if (message.bodyBytes > BODY_BYTES_MAX || offset + metadataBytes + message.bodyBytes > file.size)
    throw new RangeError(`a batch of ${message.bodyBytes} bytes`);
  return message;
}

/**
 * The bytes of the messages of a stream in order, each checked before anything is made of it. `wants` says whether the rows of a batch are needed;
 * what is not is passed over without being read.
 */
export async function* ipcMessages(
  file: RandomAccess,
  signal: AbortSignal,
  wants: (message: CheckedMessage) => boolean,
): AsyncGenerator<Uint8Array> {
  const end = file.size;
  for (let at = 0; at + 4 <= end; ) {
    const head = await file.read(at, Math.min(end, at + 8), signal);
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    const isContinued = view.getUint32(0, true) === CONTINUED;
    if (isContinued && head.length < 8) throw new RangeError('it ends in the middle of a message');
    const length = view.getInt32(isContinued ? 4 : 0, true);
    const metadataAt = at + (isContinued ? 8 : 4);
    if (length === 0) break;
    if (length < 0 || length > METADATA_BYTES_MAX || metadataAt + length > end)
      throw new RangeError(`a message has metadata of ${length} bytes`);
    const metadata = await file.read(metadataAt, metadataAt + length, signal);
    const message = checkMessage(metadata);
    const bodyAt = metadataAt + length;
    const next = bodyAt + message.bodyBytes;
    if (next > end) throw new RangeError(`a batch ends at byte ${next} of ${end}`);
    if (message.bodyBytes > BODY_BYTES_MAX) throw new RangeError(`a batch of ${message.bodyBytes} bytes`);
    if (wants(message)) {
      yield head.subarray(0, metadataAt - at);
      yield metadata;
      if (message.bodyBytes > 0) yield await file.read(bodyAt, next, signal);
    }
    at = next;
  }
  yield Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);
}
