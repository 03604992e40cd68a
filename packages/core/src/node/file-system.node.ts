import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Fs } from '../runtime/ports.ts';

/**
 * Files of this machine, for checkpoints and whatever else must survive a crash.
 *
 * `writeAtomic` writes aside, syncs, renames and syncs the directory: after a power cut the file holds the old bytes or the new ones,
 * never a part. Missing directories are made. `list` gives names in order, without what an interrupted write left behind.
 */
export function fileSystem(): Fs {
  return {
    read: async (path) => new Uint8Array(await readFile(path)),
    writeAtomic,
    list: async (directory) => (await readdir(directory)).filter((name) => !name.endsWith(ASIDE)).sort(),
    remove: (path) => rm(path, { force: true }),
  };
}

const ASIDE = '.velo-tmp';

async function writeAtomic(path: string, data: Uint8Array): Promise<void> {
  // A link stays a link, and a file keeps who may read it.
  const target = await realpath(path).catch(() => path);
  const mode = await stat(target).then(
    (found) => found.mode & 0o777,
    () => 0o666,
  );
  const directory = dirname(target);
  await mkdir(directory, { recursive: true });
  const aside = join(directory, `.${randomUUID()}${ASIDE}`);
  try {
    const file = await open(aside, 'wx', mode);
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, target);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  await syncDirectory(directory);
}

/** Makes the new name durable. Windows cannot open a directory; its renames are journalled. */
async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
