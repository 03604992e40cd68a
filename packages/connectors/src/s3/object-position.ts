import { connectorError, type Offset } from '@velostream/core/connect';

/** How far reading is: objects before `key` are read completely, and of that one so much. */
export interface ObjectPosition {
  readonly key: string;
  readonly etag: string;
  /** Unpacked bytes read, up to the end of a record. */
  readonly byte: number;
  /** Records read, bad ones included. */
  readonly record: number;
  /** Rows given out, over all objects. */
  readonly total: number;
}

export const toOffset = (position: ObjectPosition): Offset => ({ ...position });

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

export function fromOffset(from: Offset | undefined): ObjectPosition | undefined {
  if (from === undefined) return undefined;
  const { key, etag, byte, record, total } = (typeof from === 'object' && from !== null ? from : {}) as {
    readonly [name: string]: unknown;
  };
  if (typeof key !== 'string' || typeof etag !== 'string' || !isCount(byte) || !isCount(record) || !isCount(total))
    throw connectorError('VS4107', { connector: 's3' });
  return { key, etag, byte, record, total };
}
