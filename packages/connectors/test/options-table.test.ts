import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('the README lists the options that there are', () => {
  const script = fileURLToPath(new URL('../../../.config/scripts/options-table.mjs', import.meta.url));
  const check = () => execFileSync(process.execPath, ['--conditions=@velostream/source', script, '--check'], { stdio: 'pipe' });
  expect(check).not.toThrow();
});
