import { type FileHandle, open } from 'node:fs/promises';
import { kafkaError } from '@velostream/core/connect';
import type { Roots } from '../files/roots.ts';
import { type DeadLetters, letterObject } from './dead-letters.ts';

const LINE_FEED = 0x0a;
/** Longer than any letter. */
const TAIL_BYTES = 64 * 1024;

/** JSON lines in a file below an allowed folder, synced before the job goes on. */
export function fileDeadLetters(path: string, roots: Roots): DeadLetters {
  let handle: FileHandle | undefined;
  return {
    target: path,
    async write(letters) {
      const text = letters.map((letter) => `${JSON.stringify(letterObject(letter))}\n`).join('');
      try {
        handle ??= await openWhole(await roots.writable(path));
        await handle.writeFile(text);
        await handle.datasync();
      } catch (cause) {
        throw kafkaError('VS4817', { target: path, problem: cause instanceof Error ? cause.message : String(cause) }, { cause });
      }
    },
    async close() {
      await handle?.close();
      handle = undefined;
    },
  };
}

/** A crash may have cut the last letter: its record comes again, so what there is of it goes away. */
async function openWhole(path: string): Promise<FileHandle> {
  const handle = await open(path, 'a+', 0o600);
  const { size } = await handle.stat();
  const tail = new Uint8Array(Math.min(size, TAIL_BYTES));
  await handle.read(tail, 0, tail.length, size - tail.length);
  const end = tail.lastIndexOf(LINE_FEED);
  if (end < tail.length - 1 && (end >= 0 || size <= TAIL_BYTES)) await handle.truncate(size - tail.length + end + 1);
  return handle;
}
