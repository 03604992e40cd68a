import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileSystem } from './file-system.node.ts';
import { folderWith } from './velo.fixture.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('fileSystem', () => {
  test('writes, lists in order, reads and removes', async () => {
    using folder = folderWith({});
    const files = fileSystem();
    const path = join(folder.path, 'deep', 'b.bin');
    await files.writeAtomic(path, bytes('one'));
    await files.writeAtomic(path, bytes('two'));
    await files.writeAtomic(join(folder.path, 'deep', 'a.bin'), bytes(''));
    expect(await files.list(join(folder.path, 'deep'))).toEqual(['a.bin', 'b.bin']);
    expect(new TextDecoder().decode(await files.read(path))).toBe('two');
    await files.remove(path);
    await files.remove(path);
    expect(await files.list(join(folder.path, 'deep'))).toEqual(['a.bin']);
  });

  test('a write that fails leaves the old file and nothing beside it', async () => {
    using folder = folderWith({});
    const target = join(folder.path, 'taken');
    mkdirSync(target);
    writeFileSync(join(target, 'inside'), '');
    await expect(fileSystem().writeAtomic(target, bytes('x'))).rejects.toThrow();
    expect(readdirSync(folder.path)).toEqual(['taken']);
  });

  test('keeps a link a link, and who may read the file', async () => {
    using folder = folderWith({ 'real.sql': 'old' });
    const real = join(folder.path, 'real.sql');
    const link = join(folder.path, 'link.sql');
    chmodSync(real, 0o600);
    symlinkSync(real, link);
    await fileSystem().writeAtomic(link, bytes('new'));
    expect(readFileSync(real, 'utf8')).toBe('new');
    expect(statSync(real).mode & 0o777).toBe(0o600);
  });

  test('what an interrupted write left is not listed', async () => {
    using folder = folderWith({ '.1234.velo-tmp': 'half', whole: 'x' });
    expect(await fileSystem().list(folder.path)).toEqual(['whole']);
  });
});
