import { databaseError } from '@velostream/core/connect';
import { matchesGlob } from '../tables/column-tags.ts';
import { IN_PROGRESS } from './open-object.ts';
import type { OpenStore, S3Context } from './s3-client.ts';

/** An object as it was listed. The ETag names its version: ranges of another one are refused. */
export interface StoredObject {
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  readonly modifiedAt: number;
}

/** More objects than this are more likely a slip than a wish. */
const OBJECTS_MAX = 100_000;
const WILD = /[*?]/;
/** Ends the key of what a job's sink notes; it is no data. */
export const COMMIT_SUFFIX = '.velo-commit';

export const hasWildcard = (key: string): boolean => WILD.test(key);

/** Objects that a key, prefix or pattern names, in the order of their keys. */
export async function listObjects(
  store: OpenStore,
  { options }: S3Context,
  key = options.key,
  limit = OBJECTS_MAX,
): Promise<StoredObject[]> {
  if (key !== '' && !key.endsWith('/') && !hasWildcard(key)) return one(store, key);
  const prefix = hasWildcard(key) ? key.slice(0, key.search(WILD)) : key;
  const wanted = hasWildcard(key) ? keyPattern(key) : null;
  const extension = options.extension_filter?.replace(/^\./, '').toLowerCase();
  const found: StoredObject[] = [];
  for await (const object of pages(store, prefix)) {
    const rest = object.key.slice(prefix.length);
    const isWanted = wanted === null ? options.recursive || !rest.includes('/') : wanted(object.key);
    if (
      !isWanted ||
      object.key.endsWith('/') ||
      object.key.includes(IN_PROGRESS) ||
      object.key.endsWith(COMMIT_SUFFIX) ||
      (extension !== undefined && !object.key.toLowerCase().endsWith(`.${extension}`))
    )
      continue;
    found.push(object);
    if (found.length >= limit && limit < OBJECTS_MAX) break;
    if (found.length > OBJECTS_MAX)
      throw databaseError('VS4703', { object: `s3://${store.bucket}/${key}`, problem: `it names more than ${OBJECTS_MAX} objects` });
  }
  return found.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

async function one(store: OpenStore, key: string): Promise<StoredObject[]> {
  try {
    const head = await store.client.send(new store.sdk.HeadObjectCommand({ Bucket: store.bucket, Key: key }));
    return [{ key, size: head.ContentLength ?? 0, etag: head.ETag ?? '', modifiedAt: head.LastModified?.getTime() ?? 0 }];
  } catch (error) {
    const coded = store.coded(error, key);
    if (coded.code === 'VS4701') return [];
    throw coded;
  }
}

/** Every object below a prefix, page after page. */
export async function* pages(store: OpenStore, prefix: string): AsyncGenerator<StoredObject> {
  let token: string | undefined;
  do {
    const page = await store.client
      .send(new store.sdk.ListObjectsV2Command({ Bucket: store.bucket, Prefix: prefix, ContinuationToken: token }))
      .catch((error: unknown) => Promise.reject(store.coded(error, prefix)));
    for (const { Key, Size, ETag, LastModified } of page.Contents ?? []) {
      if (Key !== undefined) yield { key: Key, size: Size ?? 0, etag: ETag ?? '', modifiedAt: LastModified?.getTime() ?? 0 };
    }
    token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
}

/** `*` and `?` stay within a part of the key, `**` crosses parts. Backtracks to the last star of a kind alone, so that it is fast for any pattern. */
export function keyPattern(pattern: string): (key: string) => boolean {
  const parts = pattern.split('/');
  return (key) => matchParts({ pattern: parts, key: key.split('/'), failed: new Set() }, 0, 0);
}

interface Matching {
  readonly pattern: readonly string[];
  readonly key: readonly string[];
  readonly failed: Set<number>;
}

function matchParts(matching: Matching, p: number, k: number): boolean {
  const { pattern, key, failed } = matching;
  if (p === pattern.length) return k === key.length;
  // Each pair of places is tried once.
  const id = p * 4096 + k;
  if (failed.has(id)) return false;
  const part = pattern[p] as string;
  const isMatch =
    part === '**'
      ? matchParts(matching, p + 1, k) || (k < key.length && matchParts(matching, p, k + 1))
      : k < key.length && matchesGlob(part, key[k] as string) && matchParts(matching, p + 1, k + 1);
  if (!isMatch) failed.add(id);
  return isMatch;
}
