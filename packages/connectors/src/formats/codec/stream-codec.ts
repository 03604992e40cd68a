import { once } from 'node:events';
import type { Transform } from 'node:stream';
import { createGunzip, createZstdDecompress, gzipSync, zstdCompressSync } from 'node:zlib';
import { type CodecDefinition, connectorError, type VeloError } from '@velostream/core/connect';
import { loadDriver } from '../load-driver.ts';
import { lz4Frames } from './lz4-frames.ts';
import { PieceReader } from './piece-reader.ts';
import { type RawSnappy, snappyFrames, toSnappyFrames } from './snappy-frames.ts';
import { zstdFrames } from './zstd-frames.ts';

/** How a whole file or object is packed. */
export type StreamPacking = 'gzip' | 'zstd' | 'snappy' | 'lz4';

/** Output in pieces of this size. */
const CHUNK_BYTES = 1 << 18;
/** Small files may well have a high ratio: it counts from here on. */
const RATIO_FROM_BYTES = 1 << 20;
export const RATIO_MAX = 200;

export interface UnpackLimits {
  /** For messages. */
  readonly path: string;
  readonly maxOutputBytes: number;
  readonly maxRatio?: number;
}

/**
 * Unpacked bytes, as far as they are asked for. Ends with VS4206 when a file unpacks to more than allowed or to more than 200
 * times what was read of it, and with VS4207 when it is damaged or cut off.
 */
export async function* unpacked(
  packing: StreamPacking,
  input: AsyncIterable<Uint8Array>,
  limits: UnpackLimits,
): AsyncGenerator<Uint8Array> {
  const { path, maxOutputBytes, maxRatio = RATIO_MAX } = limits;
  const source = packing === 'gzip' ? throughNode(createGunzip({ chunkSize: CHUNK_BYTES }), input) : await frames(packing, input);
  let produced = 0;
  try {
    for await (const piece of source.pieces) {
      produced += piece.length;
      if (produced > maxOutputBytes) throw tooMuch(path, 'max_output_bytes', maxOutputBytes);
      if (produced > RATIO_FROM_BYTES && produced > source.taken() * maxRatio) throw tooMuch(path, 'the ratio', maxRatio);
      yield piece;
    }
  } catch (error) {
    throw isUnpackError(error) ? connectorError('VS4207', { path, problem: (error as Error).message }, { cause: error }) : error;
  } finally {
    await source.close();
  }
}

interface Unpacking {
  readonly pieces: AsyncIterable<Uint8Array>;
  /** Packed bytes taken in so far. */
  taken(): number;
  close(): Promise<void>;
}

async function frames(packing: 'zstd' | 'snappy' | 'lz4', input: AsyncIterable<Uint8Array>): Promise<Unpacking> {
  const reader = new PieceReader(input);
  const pieces = packing === 'zstd' ? zstd(reader) : packing === 'lz4' ? lz4Frames(reader) : snappyFrames(reader, await rawSnappy());
  return { pieces, taken: () => reader.taken, close: () => reader.close() };
}

async function rawSnappy(): Promise<RawSnappy> {
  const module: RawSnappy & { readonly default?: RawSnappy } = await loadDriver(() => import('snappyjs'), 'snappy', 'snappyjs');
  return module.default ?? module;
}

async function* zstd(reader: PieceReader): AsyncGenerator<Uint8Array> {
  if (createZstdDecompress === undefined) throw unsupported('zstd');
  for await (const frame of zstdFrames(reader)) {
    const { pieces, close } = throughNode(createZstdDecompress({ chunkSize: CHUNK_BYTES }), frame);
    try {
      yield* pieces;
    } finally {
      await close();
    }
  }
}

function throughNode(transform: Transform, input: AsyncIterable<Uint8Array>): Unpacking {
  const fed = { bytes: 0, error: undefined as unknown };
  const feeding = feed(transform, input, fed);
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    yield* transform as AsyncIterable<Uint8Array>;
    if (fed.error !== undefined) throw fed.error;
  };
  return {
    pieces: pieces(),
    taken: () => fed.bytes,
    async close() {
      transform.destroy();
      await feeding;
    },
  };
}

const unsupported = (kind: string): VeloError => connectorError('VS4212', { kind, problem: 'this Node has no zstd; it came with 22.15' });

const tooMuch = (path: string, limit: string, allowed: number): VeloError => connectorError('VS4206', { path, limit, allowed });

/** Errors of zlib, of the frame readers, and of Snappy, which throws plain errors. */
const isUnpackError = (error: unknown): boolean =>
  error instanceof RangeError ||
  (error instanceof Error && 'code' in error && typeof error.code === 'string' && /^(?:Z_|ZSTD_|ERR_ZLIB|ERR_ZSTD)/.test(error.code)) ||
  (error instanceof Error && error.message === 'Invalid Snappy bitstream');

/** Never rejects: a failed read is kept for the reader of the output. */
async function feed(transform: Transform, input: AsyncIterable<Uint8Array>, fed: { bytes: number; error: unknown }): Promise<void> {
  try {
    for await (const piece of input) {
      if (transform.destroyed) return;
      fed.bytes += piece.length;
      // A copy: the window is read into again while the unpacker may still hold it.
      if (!transform.write(new Uint8Array(piece)) && !(await drained(transform))) return;
    }
    transform.end();
  } catch (error) {
    fed.error = error;
    transform.end();
  }
}

/** Whether the stream takes more; false once it is closed. */
async function drained(transform: Transform): Promise<boolean> {
  if (transform.destroyed) return false;
  const stop = new AbortController();
  const { signal } = stop;
  const closed = once(transform, 'close', { signal }).then(() => false);
  const failed = once(transform, 'error', { signal }).then(() => false);
  const ready = once(transform, 'drain', { signal }).then(() => true);
  const waits = [closed, failed, ready];
  for (const wait of waits) wait.catch(() => {});
  try {
    return await Promise.race(waits);
  } catch {
    return false;
  } finally {
    stop.abort();
  }
}

/** One complete packed piece; pieces may stand one behind the other in a file. */
export async function packed(packing: StreamPacking, bytes: Uint8Array): Promise<Uint8Array> {
  switch (packing) {
    case 'gzip':
      return gzipSync(bytes);
    case 'zstd':
      if (zstdCompressSync === undefined) throw unsupported('zstd');
      return zstdCompressSync(bytes);
    case 'snappy':
      return toSnappyFrames(bytes, await rawSnappy());
    case 'lz4': {
      const { compressFrameSync } = await loadDriver(() => import('lz4-napi'), 'lz4', 'lz4-napi');
      return compressFrameSync(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    }
  }
}

const EXTENSIONS: Readonly<Record<StreamPacking, readonly string[]>> = {
  gzip: ['gz', 'gzip'],
  zstd: ['zst', 'zstd'],
  snappy: ['snappy', 'sz'],
  lz4: ['lz4'],
};

const codec = (name: StreamPacking): CodecDefinition =>
  Object.freeze({
    name,
    extensions: EXTENSIONS[name],
    decompress: (input: AsyncIterable<Uint8Array>, { maxOutputBytes, maxRatio }: { maxOutputBytes: number; maxRatio: number }) =>
      unpacked(name, input, { path: name, maxOutputBytes, maxRatio }),
    async *compress(input: AsyncIterable<Uint8Array>) {
      for await (const piece of input) yield packed(name, piece);
    },
  });

/** gzip, zstd, snappy (framing format) and lz4 (frames) by stream, with caps on what they give out. */
export const codecs: readonly CodecDefinition[] = [codec('gzip'), codec('zstd'), codec('snappy'), codec('lz4')];
