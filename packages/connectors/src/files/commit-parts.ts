import { constants } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { type Journal, readJournal, syncFolder, writeJournal } from './commit-journal.ts';

const COPY_BYTES = 1 << 20;

/** Promises in the journal, then does what it says; a crash in between is put right by `recover`. */
export async function commitParts(target: string, journal: Journal): Promise<void> {
  await writeJournal(target, journal);
  await apply(target, journal);
}

/** Finishes what a crashed sink had promised, and gives the promise. */
export async function recover(target: string): Promise<Journal | null> {
  const journal = await readJournal(target);
  if (journal !== null) await apply(target, journal);
  return journal;
}

/** May be done again at any point: a part that is gone has been dealt with. */
async function apply(target: string, { base, renames, append }: Journal): Promise<void> {
  for (const [from, to] of renames) if (await exists(from)) await rename(from, to);
  if (append !== null && (await exists(append.file))) {
    await appendPart(target, base, append.file, append.bytes);
    await rm(append.file);
  }
  await syncFolder(target);
}

export const exists = async (path: string): Promise<boolean> => (await stat(path).catch(() => null)) !== null;

async function appendPart(target: string, base: number, part: string, bytes: number): Promise<void> {
  const to = await open(target, constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0), 0o644);
  const from = await open(part, 'r');
  try {
    // What an earlier try has left behind the committed length goes away first.
    await to.truncate(base);
    const buffer = new Uint8Array(COPY_BYTES);
    for (let at = 0; at < bytes; ) {
      const { bytesRead } = await from.read(buffer, 0, Math.min(COPY_BYTES, bytes - at), at);
      if (bytesRead === 0) break;
      await to.write(buffer, 0, bytesRead, base + at);
      at += bytesRead;
    }
    await to.sync();
  } finally {
    await from.close();
    await to.close();
  }
}
