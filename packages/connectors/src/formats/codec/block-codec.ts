import { connectorError } from '@velostream/core/connect';
import { loadDriver } from '../load-driver.ts';
import { unpackLz4Block } from './lz4-block.ts';

/** How a block of bytes inside a file is packed. `deflate` has no header, `zlib` has one. */
export type BlockPacking = 'none' | 'deflate' | 'zlib' | 'snappy' | 'zstd' | 'lz4';

/** Unpacks one block to at most `maxBytes`; throws when it is damaged or larger. */
export type UnpackBlock = (packed: Uint8Array, maxBytes: number) => Uint8Array;

/** The unpacker of one kind of block, loaded once. */
export async function blockUnpacker(packing: BlockPacking, format: string): Promise<UnpackBlock> {
  switch (packing) {
    case 'none':
      return (packed) => packed;
    case 'lz4':
      return unpackLz4Block;
    case 'snappy': {
      const { decompressSnappy } = await loadDriver(() => import('hyparquet-compressors'), format, 'hyparquet-compressors');
      return (packed, maxBytes) => decompressSnappy(packed, snappyLength(packed, maxBytes));
    }
    default: {
      const zlib = await import('node:zlib');
      const limit = (maxBytes: number) => ({ maxOutputLength: Math.max(1, maxBytes) });
      if (packing === 'deflate') return (packed, maxBytes) => zlib.inflateRawSync(packed, limit(maxBytes));
      if (packing === 'zlib') return (packed, maxBytes) => zlib.inflateSync(packed, limit(maxBytes));
      if (zlib.zstdDecompressSync === undefined)
        throw connectorError('VS4212', { kind: 'zstd', problem: 'this Node has no zstd; it came with 22.15' });
      return (packed, maxBytes) => zlib.zstdDecompressSync(packed, limit(maxBytes));
    }
  }
}

/** Length that a Snappy block says it unpacks to. */
export function snappyLength(packed: Uint8Array, maxBytes: number): number {
  let length = 0;
  for (let i = 0, factor = 1; i < 5; i++, factor *= 128) {
    const byte = packed[i];
    if (byte === undefined) break;
    length += (byte & 127) * factor;
    if (byte >= 128) continue;
    if (length > maxBytes) throw new RangeError(`a Snappy block of ${length} bytes, ${maxBytes} are allowed`);
    return length;
  }
  throw new RangeError('a Snappy block has no length');
}
