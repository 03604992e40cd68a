import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { connectorError } from '@velostream/core/connect';
import type { RandomAccess } from '../formats/random-access.ts';
import { fileError } from './file-error.ts';

/** An open file by range. A file that becomes shorter meanwhile is an error, not fewer rows. */
export async function fileAccess(handle: FileHandle, path: string): Promise<RandomAccess> {
  const { size } = await handle.stat();
  return {
    name: basename(path),
    size,
    async read(start, end) {
      if (start < 0 || end > size || start > end) throw new RangeError(`bytes ${start} to ${end} of ${size}`);
      const bytes = new Uint8Array(end - start);
      for (let at = 0; at < bytes.length; ) {
        const { bytesRead } = await handle.read(bytes, at, bytes.length - at, start + at).catch((error) => {
          throw fileError(path, error);
        });
        if (bytesRead === 0) throw connectorError('VS4317', { file: basename(path), expected: size });
        at += bytesRead;
      }
      return bytes;
    },
  };
}
