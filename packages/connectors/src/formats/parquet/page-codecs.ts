import { connectorError } from '@velostream/core/connect';
import { loadDriver } from '../load-driver.ts';
import type { Codec } from './footer.ts';

/** Unpacks a page; the result has exactly `length` bytes. */
export type Unpack = (packed: Uint8Array, length: number) => Uint8Array;

/** A page may have this size whatever its ratio is. */
const FREE_BYTES = 16 * 1024 ** 2;
const PAGE_BYTES_MAX = 256 * 1024 ** 2;
const RATIO_MAX = 200;

/** The unpackers of a file, loaded once it needs one. Those of Node where there are any: they are several times faster. */
export async function unpackerOf(codec: Codec, file: string): Promise<Unpack> {
  if (codec === 'UNCOMPRESSED') return checked(codec, file, (packed) => packed);
  const inNode = typeof process === 'object' && process.versions?.node !== undefined ? await nodeUnpacker(codec) : undefined;
  if (inNode !== undefined) return checked(codec, file, inNode);
  const { compressors } = await loadDriver(() => import('hyparquet-compressors'), 'parquet', 'hyparquet-compressors');
  const unpack = compressors[codec];
  if (unpack === undefined) throw connectorError('VS4312', { file, format: 'Parquet', feature: `compression ${codec}` });
  return checked(codec, file, unpack);
}

async function nodeUnpacker(codec: Codec): Promise<Unpack | undefined> {
  const zlib = await import('node:zlib');
  switch (codec) {
    case 'GZIP':
      return (packed, length) => zlib.gunzipSync(packed, { maxOutputLength: Math.max(1, length) });
    case 'BROTLI':
      return (packed, length) => zlib.brotliDecompressSync(packed, { maxOutputLength: Math.max(1, length) });
    case 'ZSTD':
      return zlib.zstdDecompressSync && ((packed, length) => zlib.zstdDecompressSync(packed, { maxOutputLength: Math.max(1, length) }));
    default:
      return undefined;
  }
}

/** The size that the header promises is checked before anything is unpacked, and again afterwards. */
function checked(codec: Codec, file: string, unpack: Unpack): Unpack {
  return (packed, length) => {
    const allowed = Math.min(PAGE_BYTES_MAX, Math.max(FREE_BYTES, packed.length * RATIO_MAX));
    if (length > allowed) throw connectorError('VS4313', { file, format: 'Parquet', what: 'page bytes', allowed, observed: length });
    // Some unpackers trip over nothing, which is what a page of NULLs holds.
    if (length === 0) return new Uint8Array(0);
    const page = unpack(packed, length);
    if (page.length !== length) throw new RangeError(`a page unpacks (${codec}) to ${page.length} bytes, not ${length}`);
    return page;
  };
}
