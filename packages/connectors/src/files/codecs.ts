import { packed as pack, type UnpackLimits, unpacked as unpack } from '../formats/codec/stream-codec.ts';
import type { Packing } from './choose-format.ts';

/** Bytes of a file as its format has them; limits and errors are those of the codecs. */
export async function* unpacked(packing: Packing, input: AsyncIterable<Uint8Array>, limits: UnpackLimits): AsyncGenerator<Uint8Array> {
  yield* packing === 'none' ? input : unpack(packing, input, limits);
}

/** One complete packed piece; pieces may stand one behind the other in a file. */
export const packed = async (packing: Packing, bytes: Uint8Array): Promise<Uint8Array> =>
  packing === 'none' ? bytes : pack(packing, bytes);
