import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, openSource, readAll } from './files.fixture.ts';
import { Roots } from './roots.ts';

/** A root with a neighbour that must stay out of reach. */
async function guarded(): Promise<{ root: string; outside: string }> {
  const base = await folderWith();
  const [root, outside] = [join(base, 'data'), join(base, 'data-secret')];
  await mkdir(join(root, 'sub'), { recursive: true });
  await mkdir(outside);
  await writeFile(join(root, 'ok.csv'), 'id\n1\n');
  await writeFile(join(outside, 'secret.csv'), 'id\n2\n');
  await symlink(outside, join(root, 'linked'));
  await symlink(join(outside, 'secret.csv'), join(root, 'link.csv'));
  await symlink('/dev/zero', join(root, 'zero.csv'));
  await symlink('/proc/self/environ', join(root, 'environ.csv'));
  await symlink('..', join(root, 'up'));
  return { root, outside };
}

const PAYLOADS = [
  '../data-secret/secret.csv',
  './../data-secret/secret.csv',
  'sub/../../data-secret/secret.csv',
  'sub/./.././../data-secret/secret.csv',
  '..',
  '../',
  '../*',
  '..\\data-secret\\secret.csv',
  'sub\\..\\..\\data-secret\\secret.csv',
  '%2e%2e/data-secret/secret.csv',
  '%2E%2E%2Fdata-secret%2Fsecret.csv',
  '..%2fdata-secret/secret.csv',
  '..%5cdata-secret',
  '.%2e/data-secret/secret.csv',
  'ok.csv%00.txt',
  'ok.csv\0.txt',
  '\0',
  '/etc/passwd',
  '/etc/../etc/passwd',
  '//etc/passwd',
  '///etc/passwd',
  '\\\\server\\share\\x.csv',
  '//server/share/x.csv',
  '/dev/zero',
  '/dev/stdin',
  '/proc/self/environ',
  '/proc/self/fd/0',
  '/proc/self/root/etc/passwd',
  '/sys/kernel/notes',
  'linked/secret.csv',
  'linked/*',
  'link.csv',
  'link*',
  'zero.csv',
  'environ.csv',
  'up/data-secret/secret.csv',
  'up/*/secret.csv',
  '{.,..}/data-secret/secret.csv',
  '{..,sub}/*',
  '@(..)/data-secret/*',
  '+(.)/data-secret/*',
  '[.][.]/data-secret/*',
  '.?/data-secret/*',
  '/*/passwd',
  '/**',
  'file:///etc/passwd',
  `${'a/'.repeat(3000)}x.csv`,
  '~/secret.csv',
  '~root/.ssh/id_rsa',
  '',
];

describe('roots', () => {
  test.each(PAYLOADS.map((p) => [p]))('keep out %j', async (payload) => {
    const { root } = await guarded();
    const read = async () => (await readAll(openSource([root], { path: payload, header: false }), 'col0 STRING')).rows;
    await expect(read()).rejects.toMatchObject({ code: expect.stringMatching(/^VS4(?:101|104|20[123]|211)$/) });
  });

  test.each(PAYLOADS.filter((p) => !p.includes('\0')).map((p) => [p]))('keep out %j as a URI', async (payload) => {
    const { root } = await guarded();
    const { files } = await import('./files.ts');
    const definition = files({ roots: [root] });
    const read = async () => {
      const { path } = definition.fromUri!(`file://${payload}`) as { path: string };
      return (await readAll(openSource([root], { path, header: false }), 'col0 STRING')).rows;
    };
    await expect(read()).rejects.toMatchObject({ code: expect.stringMatching(/^VS4(?:101|104|20[123]|211)$/) });
  });

  test('do not take a folder for a root because its name starts alike', async () => {
    const { root, outside } = await guarded();
    expect(() => new Roots([root]).resolve(join(outside, 'secret.csv'))).toThrowError(expect.objectContaining({ code: 'VS4201' }));
    expect(new Roots([root]).resolve(join(root, 'ok.csv'))).toBe(join(root, 'ok.csv'));
    expect(() => new Roots([]).resolve('ok.csv')).toThrowError(expect.objectContaining({ code: 'VS4201' }));
  });

  test.each([undefined, '--root <directory>'])('are refused with a hint that names where its user gives folders: %s', async (setBy) => {
    const { root, outside } = await guarded();
    const hint = expect.stringContaining(`\`${setBy ?? 'files({ roots: […] })'}\``);
    for (const path of [join(outside, 'secret.csv'), '../data-secret/secret.csv'])
      expect(() => new Roots([root], setBy).resolve(path)).toThrowError(expect.objectContaining({ code: 'VS4201', hint }));
    await expect(new Roots([root], setBy).open(join(root, 'linked/secret.csv'))).rejects.toMatchObject({ code: 'VS4201', hint });
  });

  test('leave links that lead out, out of patterns', async () => {
    const { root } = await guarded();
    const found = await new Roots([root]).expand('**/*.csv', { recursive: false, extension: undefined });
    expect(found).toEqual([join(root, 'ok.csv')]);
  });

  test('never open what a link was swapped to', async () => {
    const { root, outside } = await guarded();
    const roots = new Roots([root]);
    const path = join(root, 'swap.csv');
    let swapping = true;
    const swap = (async () => {
      while (swapping) {
        await writeFile(`${path}.new`, 'id\n1\n');
        await rename(`${path}.new`, path);
        await symlink(join(outside, 'secret.csv'), `${path}.link`).catch(() => {});
        await rename(`${path}.link`, path);
      }
    })();
    let opened = 0;
    // Where every one was a link so far, it goes on.
    for (let i = 0; i < 500 || opened === 0; i++) {
      const handle = await roots.open(path).catch(() => null);
      if (handle === null) continue;
      opened++;
      expect(await handle.readFile('utf8')).toBe('id\n1\n');
      await handle.close();
    }
    swapping = false;
    await swap;
    await rm(path, { force: true });
    expect(opened).toBeGreaterThan(0);
  });

  test('keep sinks inside', async () => {
    const { root } = await guarded();
    const roots = new Roots([root]);
    for (const path of ['../out.csv', 'linked/out.csv', '/tmp/out.csv', 'up/data-secret/out.csv', 'linked/new/out.csv', '*.csv']) {
      await expect(roots.writable(path).catch((e) => Promise.reject(e))).rejects.toMatchObject({ code: expect.stringMatching(/^VS4/) });
    }
    expect(await roots.writable('new/folder/out.csv')).toBe(join(root, 'new/folder/out.csv'));
  });
});
