import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the licence stands at the top', () => {
  expect(existsSync(new URL('../LICENSE', import.meta.url))).toBe(true);
});
