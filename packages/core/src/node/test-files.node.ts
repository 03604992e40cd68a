import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { FileReader } from '../testing/index.ts';
import type { CommandArguments } from './command.ts';
import type { Terminal } from './terminal.node.ts';
import { UsageError } from './usage-error.ts';

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    (s) => s.isFile(),
    () => false,
  );

/** The spec of a script: named, or beside it, or in a folder of tests next to the script's folder. Undefined: none. */
export async function findSpec(sqlFile: string, args: CommandArguments, terminal: Terminal): Promise<string | undefined> {
  const named = args.text('spec');
  if (named !== undefined) return resolve(terminal.cwd, named);
  if (sqlFile === '-') return undefined;
  const path = resolve(terminal.cwd, sqlFile);
  const folder = dirname(path);
  const base = basename(path).replace(/\.sql$/i, '');
  const places = [`${base}.test.yaml`, `${base}.spec.yaml`, 'test_spec.yaml', join('..', 'tests', `${base}.test.yaml`)];
  for (const place of places) if (await exists(join(folder, place))) return join(folder, place);
  return undefined;
}

export async function readSpecText(path: string, terminal: Terminal): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new UsageError(`"${relative(terminal.cwd, path)}" cannot be read`, 'Check the path of the spec.');
  }
}

/**
 * Files of a test run: paths count from the spec's folder, then from the folder that the command runs in. Nothing outside of these two and
 * the folder around the spec's is read.
 */
export function testFiles(folder: string, cwd: string, mayWrite: boolean): FileReader {
  const roots = [resolve(folder, '..'), cwd].map((root) => (root.endsWith(sep) ? root : root + sep));
  const allowed = (path: string): boolean => roots.some((root) => path.startsWith(root));
  const candidates = (path: string): string[] => [resolve(folder, path), resolve(cwd, path)];
  return {
    async read(path) {
      for (const candidate of candidates(path)) {
        if (!allowed(candidate)) continue;
        const text = await readFile(candidate, 'utf8').catch(() => null);
        if (text !== null) return text;
      }
      if (!candidates(path).some(allowed))
        throw new UsageError(`"${path}" lies outside of the folders of the test`, `Keep it below ${roots.join(' or ')}.`);
      return null;
    },
    list: (name) => readdir(resolve(folder, name)).catch(() => []),
    ...(mayWrite
      ? {
          write: (path: string, text: string) =>
            writeNew(allowed(resolve(folder, path)) ? resolve(folder, path) : join(folder, basename(path)), text, true),
        }
      : {}),
  };
}

/** Writes a file, never over one that is there unless `replace`. */
export async function writeNew(path: string, text: string, replace: boolean): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(path, text, { flag: replace ? 'w' : 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new UsageError(`"${path}" is there already`, 'Use --yes to write over it, or --out for another file.');
    throw error;
  }
}
