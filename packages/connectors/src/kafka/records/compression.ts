import { createRequire } from 'node:module';
import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { kafkaError } from '@velostream/core/connect';
import { lz4Bound } from './lz4-bound.ts';
import { fromXerial, type RawSnappy, toXerial } from './xerial.ts';

/** Codec names in the order of their numbers in a record batch. */
export const COMPRESSIONS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;
export type Compression = (typeof COMPRESSIONS)[number];

/** How far packed records may unpack. */
export interface UnpackLimits {
  readonly maxBytes: number;
  readonly maxRatio: number;
}

export const DEFAULT_UNPACK_LIMITS: UnpackLimits = { maxBytes: 128 * 1024 ** 2, maxRatio: 200 };

/** Below this a high ratio is harmless: repeated small records compress very well. */
const RATIO_COUNTS_FROM = 8 * 1024 ** 2;

const allowed = (packed: number, limits: UnpackLimits): number =>
  Math.min(limits.maxBytes, Math.max(RATIO_COUNTS_FROM, packed * limits.maxRatio));

interface Lz4 {
  compressFrameSync(data: Buffer): Buffer;
  decompressFrameSync(data: Buffer): Buffer;
}

/** Codecs that come from packages, loaded when a batch needs them. */
export interface Codecs {
  unpack(codec: Compression, bytes: Uint8Array, limits: UnpackLimits): Uint8Array;
  pack(codec: Compression, bytes: Uint8Array): Uint8Array;
  /** Loads what a codec needs, so that `pack` and `unpack` can be called. */
  load(codec: Compression): Promise<void>;
  isLoaded(codec: Compression): boolean;
}

const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export function createCodecs(): Codecs {
  let snappy: RawSnappy | undefined;
  let lz4: Lz4 | undefined;
  const need = <T>(loaded: T | undefined, codec: Compression): T => {
    if (loaded === undefined) throw kafkaError('VS4821', { codec, problem: 'its package is not loaded' });
    return loaded;
  };
  return {
    isLoaded: (codec) => (codec === 'snappy' ? snappy !== undefined : codec === 'lz4' ? lz4 !== undefined : true),
    async load(codec) {
      if (codec === 'snappy') snappy ??= await optional('snappyjs', codec, isSnappy);
      if (codec === 'lz4') lz4 ??= await optional('lz4-napi', codec, isLz4);
      if (codec === 'zstd' && typeof zstdDecompressSync !== 'function')
        throw kafkaError('VS4821', { codec, problem: 'this Node.js has no zstd; use 22.15 or newer' });
    },
    unpack(codec, bytes, limits) {
      const most = allowed(bytes.length, limits);
      switch (codec) {
        case 'none':
          return bytes;
        case 'gzip':
          return gunzipSync(bytes, { maxOutputLength: most });
        case 'zstd':
          return zstdDecompressSync(bytes, { maxOutputLength: most });
        case 'snappy':
          return fromXerial(bytes, need(snappy, codec), most);
        case 'lz4': {
          const bound = lz4Bound(bytes);
          if (bound > most) throw new RangeError(`it unpacks to about ${bound} bytes, ${most} are allowed`);
          return need(lz4, codec).decompressFrameSync(buffer(bytes));
        }
      }
    },
    pack(codec, bytes) {
      switch (codec) {
        case 'none':
          return bytes;
        case 'gzip':
          return gzipSync(bytes, { level: 4 });
        case 'zstd':
          return zstdCompressSync(bytes);
        case 'snappy':
          return toXerial(bytes, need(snappy, codec));
        case 'lz4':
          return need(lz4, codec).compressFrameSync(buffer(bytes));
      }
    },
  };
}

const isSnappy = (m: unknown): m is RawSnappy => typeof m === 'object' && m !== null && 'uncompress' in m && 'compress' in m;
const isLz4 = (m: unknown): m is Lz4 => typeof m === 'object' && m !== null && 'decompressFrameSync' in m && 'compressFrameSync' in m;

/** Both packages are CommonJS, and one has no types. */
async function optional<T>(name: string, codec: Compression, is: (m: unknown) => m is T): Promise<T> {
  let loaded: unknown;
  try {
    loaded = createRequire(import.meta.url)(name);
  } catch (cause) {
    throw kafkaError('VS4821', { codec, problem: `package "${name}" is not installed; npm install ${name}` }, { cause });
  }
  if (is(loaded)) return loaded;
  throw kafkaError('VS4821', { codec, problem: `package "${name}" is not what was expected; update it` });
}
