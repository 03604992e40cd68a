import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('the plain Node example prints that it passed', async () => {
  const file = fileURLToPath(new URL('../plain-node.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@velostream/source', file]);
  expect(stdout).toBe('passed\n');
});
