import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, normalize, relative, resolve, sep } from 'node:path';
import { connectorError } from '@velostream/core/connect';
import { glob } from 'tinyglobby';
import { fileError, isMissing } from './file-error.ts';

const GLOB = /[*?[\]{}]/;
/** More files than this are more likely a slip than a wish. */
const FILES_MAX = 100_000;

/**
 * The folders that a connector may touch. A path is checked as text before the file system is asked, and again as the real path that
 * it leads to, so that neither `..` nor a link gets out; what is opened is a regular file whose own path is inside.
 */
export class Roots {
  private readonly roots: readonly string[];
  private readonly setBy: string | undefined;
  private real: Promise<readonly string[]> | null = null;

  /** `setBy`: where its user gives folders, for the hint of an error. */
  constructor(roots: readonly string[], setBy?: string) {
    this.setBy = setBy;
    this.roots = roots.map((root) => resolve(root));
  }

  private outside(path: string): Error {
    return connectorError('VS4201', { path, ...(this.setBy !== undefined && { setBy: this.setBy }) });
  }

  /** Real paths of all files below the roots, in name order. */
  async everything(): Promise<string[]> {
    const found = await Promise.all(this.roots.map((root) => this.expand(root, { recursive: true, extension: undefined })));
    return [...new Set(found.flat())];
  }

  /** Absolute path (or pattern) for what a user wrote; relative ones start at the first root. */
  resolve(path: string): string {
    const first = this.roots[0];
    if (first === undefined) throw this.outside(path);
    refuseTricks(path);
    if (climbs(path)) throw this.outside(path);
    const absolute = normalize(isAbsolute(path) ? path : join(first, path));
    if (!this.roots.some((root) => isWithin(root, absolute))) throw this.outside(path);
    return absolute;
  }

  /** Real paths of the files that a path, folder or pattern names, in name order. */
  async expand(path: string, options: { readonly recursive: boolean; readonly extension: string | undefined }): Promise<string[]> {
    const absolute = this.resolve(path);
    const found = await this.listed(absolute, path, options.recursive);
    const wanted = options.extension?.replace(/^\./, '').toLowerCase();
    const files = found.filter((file) => wanted === undefined || file.toLowerCase().endsWith(`.${wanted}`));
    if (files.length > FILES_MAX) throw connectorError('VS4211', { path, problem: `it names more than ${FILES_MAX} files` });
    return files.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  }

  /** What `resolve` takes for a real path that `expand` gave: relative to the first root, else as it is. */
  async nameOf(path: string): Promise<string> {
    const [first] = await this.realRoots();
    return first !== undefined && isWithin(first, path) && path !== first ? relative(first, path).split(sep).join('/') : path;
  }

  /** Opens a regular file for reading. */
  async open(path: string): Promise<FileHandle> {
    try {
      const real = await this.realInside(path);
      // O_NONBLOCK: opening a named pipe must not wait for its writer.
      const handle = await open(real, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
      try {
        await this.checkOpened(handle, real, path);
        return handle;
      } catch (error) {
        await handle.close();
        throw error;
      }
    } catch (error) {
      throw fileError(path, error);
    }
  }

  /** Real path for a file to be written: its folder exists (it is made where missing) and is inside. */
  async writable(path: string): Promise<string> {
    const absolute = this.resolve(path);
    if (GLOB.test(absolute)) throw connectorError('VS4211', { path, problem: 'a file to write has no wildcards' });
    const folder = dirname(absolute);
    try {
      await this.realInside(await nearestFolder(folder));
      await mkdir(folder, { recursive: true });
      return join(await this.realInside(folder), basename(absolute));
    } catch (error) {
      throw fileError(path, error);
    }
  }

  private async listed(absolute: string, path: string, recursive: boolean): Promise<string[]> {
    const info = await stat(absolute).catch(() => null);
    if (info !== null && !info.isDirectory()) return [await this.realInside(absolute).catch((e) => Promise.reject(fileError(path, e)))];
    const isFolder = info !== null;
    if (!isFolder && !GLOB.test(absolute)) return [];
    const root = this.roots.find((candidate) => isWithin(candidate, absolute)) as string;
    const inside = relative(root, absolute).split(sep).join('/');
    const pattern = isFolder ? [inside, recursive ? '**/*' : '*'].filter((part) => part !== '').join('/') : inside;
    const names = await glob(pattern, {
      cwd: root,
      absolute: true,
      onlyFiles: true,
      followSymbolicLinks: false,
      expandDirectories: false,
      dot: false,
    });
    const files: string[] = [];
    for (const name of names) {
      // A link that leads out is left alone: a pattern names what is there, and that is not.
      const real = await this.realInside(name).catch(() => null);
      if (real !== null && (await stat(real)).isFile()) files.push(real);
    }
    return [...new Set(files)];
  }

  private realRoots(): Promise<readonly string[]> {
    this.real ??= Promise.all(this.roots.map((root) => realpath(root).catch(() => root)));
    return this.real;
  }

  private async realInside(path: string): Promise<string> {
    const [real, roots] = await Promise.all([realpath(path), this.realRoots()]);
    if (!roots.some((root) => isWithin(root, real))) throw this.outside(path);
    return real;
  }

  /** What was opened may not be what was checked: a link can be put in its place in between. */
  private async checkOpened(handle: FileHandle, real: string, path: string): Promise<void> {
    const info = await handle.stat();
    if (!info.isFile()) throw connectorError('VS4203', { path, kind: info.isDirectory() ? 'folder' : 'device or pipe' });
    const opened = await readlink(`/proc/self/fd/${handle.fd}`).catch(() => null);
    const roots = await this.realRoots();
    if (opened !== null) {
      const name = opened.replace(/ \(deleted\)$/, '');
      if (!roots.some((root) => isWithin(root, name))) throw this.outside(path);
      return;
    }
    const again = await this.realInside(real);
    const there = await lstat(again);
    if (again !== real || there.ino !== info.ino || there.dev !== info.dev) throw this.outside(path);
  }
}

export const isWithin = (root: string, path: string): boolean => path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);

function refuseTricks(path: string): void {
  const refuse = (problem: string) => connectorError('VS4211', { path: path.replaceAll('\0', '\\0'), problem });
  if (path.includes('\0')) throw refuse('it holds a NUL');
  if (path === '') throw refuse('it is empty');
  if (path.length > 4096) throw refuse('it is longer than 4096 characters');
  if (/^[\\/]{2}/.test(path)) throw refuse('network paths are not read');
  if (/%(?:2e|2f|5c|00)/i.test(path)) throw refuse('it holds encoded dots or separators');
}

const climbs = (path: string): boolean => /(?:^|[\\/])\.\.(?:[\\/]|$)/.test(path);

async function nearestFolder(folder: string): Promise<string> {
  for (let at = folder; ; at = dirname(at)) {
    const info = await stat(at).catch((error: unknown) => (isMissing(error) ? null : Promise.reject(error)));
    if (info !== null) return at;
    if (dirname(at) === at) return at;
  }
}
