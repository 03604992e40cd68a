import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test.each(['range-worker', 'file-part', 'part-thread', 'test-thread'])('threads of our tests run built code: %s', (name) => {
  expect(existsSync(fileURLToPath(new URL(`${name}.mjs`, process.env['VELO_BUILT_THREADS'])))).toBe(true);
});
