import { once } from 'node:events';
import type { Transform } from 'node:stream';
import { createGunzip, createZstdDecompress, gzipSync, zstdCompressSync } from 'node:zlib';
import { connectorError, type VeloError } from '@velostream/core/connect';
import type { Packing } from './choose-format.ts';

/** Output in pieces of this size. */
const CHUNK_BYTES = 1 << 18;
/** Small files may well have a high ratio: it counts from here on. */
const RATIO_FROM_BYTES = 1 << 20;
export const RATIO_MAX = 200;

export interface UnpackLimits {
  readonly path: string;
  readonly maxOutputBytes: number;
}

function unpacker(packing: Exclude<Packing, 'none'>): Transform {
  if (packing === 'gzip') return createGunzip({ chunkSize: CHUNK_BYTES });
  if (createZstdDecompress === undefined) throw unsupported('zstd');
  return createZstdDecompress({ chunkSize: CHUNK_BYTES });
}

const unsupported = (kind: string): VeloError => connectorError('VS4212', { kind, problem: 'this Node has no zstd; it came with 22.15' });

/**
 * Unpacked bytes, as far as they are asked for. Ends with VS4206 when a file unpacks to more than allowed or to more than 200
 * times what was read of it, and with VS4207 when it is damaged or cut off.
 */
export async function* unpacked(packing: Packing, input: AsyncIterable<Uint8Array>, limits: UnpackLimits): AsyncGenerator<Uint8Array> {
  if (packing === 'none') {
    yield* input;
    return;
  }
  const transform = unpacker(packing);
  const fed = { bytes: 0, error: undefined as unknown };
  const feeding = feed(transform, input, fed);
  let produced = 0;
  try {
    for await (const piece of transform as AsyncIterable<Uint8Array>) {
      produced += piece.length;
      if (produced > limits.maxOutputBytes) throw tooMuch(limits.path, 'max_output_bytes', limits.maxOutputBytes);
      if (produced > RATIO_FROM_BYTES && produced > fed.bytes * RATIO_MAX) throw tooMuch(limits.path, 'the ratio', RATIO_MAX);
      yield piece;
    }
    if (fed.error !== undefined) throw fed.error;
  } catch (error) {
    throw isUnpackError(error)
      ? connectorError('VS4207', { path: limits.path, problem: (error as Error).message }, { cause: error })
      : error;
  } finally {
    transform.destroy();
    await feeding;
  }
}

const tooMuch = (path: string, limit: string, allowed: number): VeloError => connectorError('VS4206', { path, limit, allowed });

const isUnpackError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^(?:Z_|ZSTD_|ERR_ZLIB|ERR_ZSTD)/.test(error.code);

/** Never rejects: a failed read is kept for the reader of the output. */
async function feed(transform: Transform, input: AsyncIterable<Uint8Array>, fed: { bytes: number; error: unknown }): Promise<void> {
  try {
    for await (const piece of input) {
      if (transform.destroyed) return;
      fed.bytes += piece.length;
      // A copy: the window is read into again while the unpacker may still hold it.
      if (!transform.write(piece.slice()) && !(await drained(transform))) return;
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
export function packed(packing: Packing, bytes: Uint8Array): Uint8Array {
  if (packing === 'none') return bytes;
  if (packing === 'gzip') return gzipSync(bytes);
  if (zstdCompressSync === undefined) throw unsupported('zstd');
  return zstdCompressSync(bytes);
}
