import { stat } from 'node:fs/promises';
import { connectorError, type Offset } from '@velostream/core/connect';
import { chooseFormat, packingOf } from './choose-format.ts';
import { fileAccess } from './file-access.ts';
import type { FileContext } from './file-context.ts';
import { type FilePosition, identityOf, toOffset } from './file-position.ts';
import type { PeekPosition } from './peek-position.ts';

/** How far back the last lines are looked for. */
const TAIL_BYTES = 4 * 1024 ** 2;
const LINE_FEED = 0x0a;

const expanded = async ({ roots, options }: FileContext): Promise<readonly string[]> => {
  const files = await roots.expand(options.path, { recursive: options.recursive, extension: options.extension_filter });
  if (files.length === 0) throw connectorError('VS4202', { path: options.path });
  return files;
};

/** Where the last `rows` records begin, in the last file. A record that has line ends of its own may be cut. */
export async function latestPosition(context: FileContext, rows: number, signal: AbortSignal): Promise<PeekPosition> {
  const { options, roots, formats } = context;
  const path = (await expanded(context)).at(-1) as string;
  const format = chooseFormat(path, options, formats);
  const handle = await roots.open(path);
  try {
    const info = await handle.stat();
    const at = (byte: number, record: number): PeekPosition => ({
      from: toOffset({ files: [{ file: path, id: identityOf(info), byte, record }], total: 0 }),
      skip: 0,
    });
    const access = await fileAccess(handle, path);
    if (format.access === 'random') {
      const count = (await format.open(access, signal)).rows;
      if (count === undefined) throw unsupported(`a ${format.name} file does not say how many records it has`);
      return at(0, Math.max(0, count - rows));
    }
    if (format.name === 'json' || packingOf(path, options.compression) !== 'none') throw unsupported('it is packed, or one document');
    const from = Math.max(0, info.size - TAIL_BYTES);
    const bytes = await access.read(from, info.size, signal);
    let end = bytes.at(-1) === LINE_FEED ? bytes.length - 1 : bytes.length;
    for (let left = rows; left > 0 && end >= 0; left--) end = end === 0 ? -1 : bytes.lastIndexOf(LINE_FEED, end - 1);
    // All lines are wanted: the first of them may be a header, so that reading starts where it always does.
    if (end < 0) return from === 0 ? { from: undefined, skip: 0 } : at(from + bytes.indexOf(LINE_FEED) + 1, 0);
    return at(from + end + 1, 0);
  } finally {
    await handle.close();
  }
}

const unsupported = (problem: string) =>
  connectorError('VS4101', { connector: 'file', option: 'from', problem: `the latest records are not to be found: ${problem}` });

/** The ends of all files as they are now, up to their last whole line. */
export async function endPositions(context: FileContext): Promise<Offset> {
  const files: FilePosition[] = [];
  const { signal } = new AbortController();
  for (const path of await expanded(context)) {
    const info = await stat(path);
    const handle = await context.roots.open(path);
    try {
      const from = Math.max(0, info.size - TAIL_BYTES);
      const bytes = await (await fileAccess(handle, path)).read(from, info.size, signal);
      files.push({ file: path, id: identityOf(info), byte: from + bytes.lastIndexOf(LINE_FEED) + 1, record: 0 });
    } finally {
      await handle.close();
    }
  }
  return toOffset({ files, total: 0 });
}
