import { connectorError, type Offset } from '@velostream/core/connect';

/** How far one file was read. */
export interface FilePosition {
  readonly file: string;
  /** Device and inode: whether the same file still has this name. */
  readonly id: string;
  /** Unpacked bytes read, up to the end of a record. */
  readonly byte: number;
  /** Records read, bad ones included. */
  readonly record: number;
}

/** Position of a whole source. Bounded: files before `files[0]` in name order are read completely. Followed: one entry per known file. */
export interface SourcePosition {
  readonly files: readonly FilePosition[];
  /** Rows given out. */
  readonly total: number;
}

export const toOffset = (position: SourcePosition): Offset => ({ files: position.files.map((f) => ({ ...f })), total: position.total });

export function fromOffset(offset: Offset | undefined): SourcePosition {
  if (offset === undefined) return { files: [], total: 0 };
  const { files, total } = (offset ?? {}) as { readonly files?: unknown; readonly total?: unknown };
  if (!Array.isArray(files) || !isCount(total) || !files.every(isFilePosition)) throw connectorError('VS4107', { connector: 'file' });
  return { files, total };
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function isFilePosition(value: unknown): value is FilePosition {
  if (typeof value !== 'object' || value === null) return false;
  const { file, id, byte, record } = value as Record<string, unknown>;
  return typeof file === 'string' && typeof id === 'string' && isCount(byte) && isCount(record);
}

export const identityOf = (info: { readonly dev: number | bigint; readonly ino: number | bigint }): string => `${info.dev}:${info.ino}`;
