import type { CompressionType } from 'apache-arrow';
import { unpackLz4Frame } from '../codec/lz4-frame.ts';
import { loadDriver } from '../load-driver.ts';

export type { Data, DataType, Field, Int, RecordBatch, TimeUnit, Vector } from 'apache-arrow';
export type ArrowLibrary = typeof import('apache-arrow');

/** Numbers of Arrow's types; the format fixes them. */
export const Type = {
  Null: 1,
  Int: 2,
  Float: 3,
  Binary: 4,
  Utf8: 5,
  Bool: 6,
  Decimal: 7,
  Date: 8,
  Time: 9,
  Timestamp: 10,
  Interval: 11,
  List: 12,
  Struct: 13,
  Union: 14,
  FixedSizeBinary: 15,
  FixedSizeList: 16,
  Map: 17,
  Duration: 18,
  LargeBinary: 19,
  LargeUtf8: 20,
  LargeList: 21,
  BinaryView: 23,
  Utf8View: 24,
  Dictionary: -1,
} as const;

/** One buffer of a packed batch. */
const BUFFER_BYTES_MAX = 256 * 1024 ** 2;
const FREE_BYTES = 16 * 1024 ** 2;
const RATIO_MAX = 200;
const LZ4: CompressionType = 0;
const ZSTD: CompressionType = 1;

const most = (packed: Uint8Array): number => Math.min(BUFFER_BYTES_MAX, Math.max(FREE_BYTES, packed.length * RATIO_MAX));

/** The library, with readers for packed buffers, unless the host has given it its own. */
export async function arrowLibrary(): Promise<ArrowLibrary> {
  const arrow = await loadDriver(() => import('apache-arrow'), 'arrow', 'apache-arrow');
  const { compressionRegistry } = arrow;
  if (compressionRegistry.get(LZ4) === null) compressionRegistry.set(LZ4, { decode: (packed) => unpackLz4Frame(packed, most(packed)) });
  if (compressionRegistry.get(ZSTD) === null) {
    const { zstdDecompressSync } = await import('node:zlib');
    if (zstdDecompressSync !== undefined)
      compressionRegistry.set(ZSTD, { decode: (packed) => new Uint8Array(zstdDecompressSync(packed, { maxOutputLength: most(packed) })) });
  }
  return arrow;
}
