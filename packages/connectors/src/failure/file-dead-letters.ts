import { type FileHandle, open } from 'node:fs/promises';
import { kafkaError } from '@velostream/core/connect';
import type { Roots } from '../files/roots.ts';
import { type DeadLetters, letterObject } from './dead-letters.ts';

/** JSON lines in a file below an allowed folder, synced before the job goes on. */
export function fileDeadLetters(path: string, roots: Roots): DeadLetters {
  let handle: FileHandle | undefined;
  return {
    target: path,
    async write(letters) {
      const text = letters.map((letter) => `${JSON.stringify(letterObject(letter))}\n`).join('');
      try {
        handle ??= await open(await roots.writable(path), 'a', 0o600);
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
