import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { connectorError } from '@velostream/core/connect';
import { fileError } from './file-error.ts';

export interface WindowOptions {
  readonly path: string;
  readonly from: number;
  readonly windowBytes: number;
  readonly signal: AbortSignal;
  /** Bytes that must be there. */
  readonly size?: number;
}

/**
 * Bytes of a file in large windows. While one window is worked on the next is read, never more than one ahead. A window is
 * only lent: its memory is read into again after the next window was asked for.
 */
export async function* readWindows(handle: FileHandle, options: WindowOptions): AsyncGenerator<Uint8Array> {
  const { path, windowBytes, signal } = options;
  let at = options.from;
  let ready = new Uint8Array(windowBytes);
  let spare = new Uint8Array(windowBytes);
  const read = async (buffer: Uint8Array, position: number): Promise<number> => {
    try {
      return (await handle.read(buffer, 0, buffer.length, position)).bytesRead;
    } catch (error) {
      throw fileError(path, error);
    }
  };
  let reading = read(ready, at);
  try {
    for (;;) {
      const length = await reading;
      if (length === 0 && at < (options.size ?? 0) && !signal.aborted)
        throw connectorError('VS4317', { file: basename(path), expected: options.size as number });
      if (length === 0 || signal.aborted) return;
      at += length;
      reading = read(spare, at);
      // Whoever stops here never awaits this read: its failure must not count as unhandled.
      reading.catch(() => {});
      yield ready.subarray(0, length);
      [ready, spare] = [spare, ready];
    }
  } finally {
    await reading.catch(() => 0);
  }
}
