import { databaseError, VeloError, waitFor } from '@velostream/core/connect';
import type { RandomAccess } from '../formats/random-access.ts';
import type { StoredObject } from './list-objects.ts';
import { type OpenStore, retryDelayMs } from './s3-client.ts';
import { isPassing } from './s3-error.ts';

export interface RangeReading {
  readonly object: StoredObject;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly retries: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Exactly the bytes of a range, of the version that was listed. A body that stops early, stalls or is longer than it says is read again;
 * nothing of it is handed on, so that no reader ever sees a part of a record that another try tells differently.
 */
export async function readRange(store: OpenStore, reading: RangeReading): Promise<Uint8Array> {
  const { object, start, end, retries, signal } = reading;
  if (start >= end) return new Uint8Array(0);
  for (let attempt = 0; ; attempt++) {
    try {
      return await readOnce(store, reading);
    } catch (error) {
      const coded = VeloError.is(error) ? error : store.coded(error, object.key);
      if (signal.aborted || attempt >= retries || !isPassing(coded)) throw coded;
      await waitFor(retryDelayMs(attempt), signal);
    }
  }
}

async function readOnce(store: OpenStore, { object, start, end, timeoutMs, signal }: RangeReading): Promise<Uint8Array> {
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  signal.addEventListener('abort', abort);
  let timer = setTimeout(abort, timeoutMs);
  try {
    const { Body, ETag } = await store.client.send(
      new store.sdk.GetObjectCommand({ Bucket: store.bucket, Key: object.key, Range: `bytes=${start}-${end - 1}`, IfMatch: object.etag }),
      { abortSignal: stop.signal },
    );
    // Not every server that speaks S3 looks at If-Match.
    if (ETag !== undefined && object.etag !== '' && ETag !== object.etag)
      throw databaseError('VS4702', { object: `s3://${store.bucket}/${object.key}` });
    const bytes = new Uint8Array(end - start);
    let at = 0;
    for await (const chunk of Body as AsyncIterable<Uint8Array>) {
      clearTimeout(timer);
      timer = setTimeout(abort, timeoutMs);
      if (at + chunk.length > bytes.length) throw cut(store, object, 'more bytes came than were asked for');
      bytes.set(chunk, at);
      at += chunk.length;
    }
    if (at < bytes.length) throw cut(store, object, `${at} of ${bytes.length} bytes came`);
    return bytes;
  } catch (error) {
    if (stop.signal.aborted && !signal.aborted) throw cut(store, object, `nothing came for ${timeoutMs} ms`);
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    stop.abort();
  }
}

const cut = (store: OpenStore, object: StoredObject, problem: string): VeloError =>
  databaseError('VS4502', { system: 'S3', target: `${store.bucket}/${object.key}`, problem });

/** An object by range, for formats that are read through a footer. */
export function objectAccess(store: OpenStore, o: Omit<RangeReading, 'start' | 'end' | 'signal'>): RandomAccess {
  const { object } = o;
  return {
    name: object.key.slice(object.key.lastIndexOf('/') + 1),
    size: object.size,
    read(start, end, signal) {
      if (start < 0 || end > object.size || start > end) throw new RangeError(`bytes ${start} to ${end} of ${object.size}`);
      return readRange(store, { ...o, start, end, signal });
    },
  };
}

/** The bytes of an object from a place on, range after range, one of them ahead. */
export async function* objectBytes(
  store: OpenStore,
  o: Omit<RangeReading, 'end'> & { readonly rangeBytes: number },
): AsyncGenerator<Uint8Array> {
  const { object, rangeBytes, signal } = o;
  const read = (start: number): Promise<Uint8Array> | null => {
    if (start >= object.size) return null;
    const range = readRange(store, { ...o, start, end: Math.min(object.size, start + rangeBytes) });
    // It may fail before it is waited for.
    range.catch(() => {});
    return range;
  };
  let at = o.start;
  for (let next = read(at); next !== null && !signal.aborted; ) {
    const bytes = await next;
    at += bytes.length;
    next = read(at);
    yield bytes;
  }
}
