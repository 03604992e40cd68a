import type { Fs } from '../../runtime/ports.ts';

/** Files that last as long as the process: checkpoints of a deployment without a directory. */
export function memoryFs(): Fs {
  const files = new Map<string, Uint8Array>();
  return {
    async read(path) {
      const found = files.get(path);
      if (found === undefined) throw new Error(`no file "${path}"`);
      return found;
    },
    async writeAtomic(path, data) {
      files.set(path, data.slice());
    },
    async list(directory) {
      const prefix = `${directory}/`;
      return [...files.keys()]
        .filter((path) => path.startsWith(prefix) && !path.slice(prefix.length).includes('/'))
        .map((path) => path.slice(prefix.length))
        .sort();
    },
    async remove(path) {
      files.delete(path);
    },
  };
}
