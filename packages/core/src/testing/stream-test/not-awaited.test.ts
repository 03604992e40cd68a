import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const FILE = new URL('./stream-test.ts', import.meta.url).href;
const run = (test: string) =>
  spawnSync(
    process.execPath,
    ['--conditions=@velostream/source', '--input-type=module', '-e', `import { streamTest } from '${FILE}'; ${test}`],
    {
      encoding: 'utf8',
    },
  );

test('a test that nobody awaits fails the process if it does not hold', () => {
  const given = "streamTest('SELECT x FROM s').given('s', { x: 1 })";
  const { status, stderr } = run(`${given}.expect([{ x: 2 }]);`);
  expect(stderr).toContain('This test is not awaited: write "await streamTest(…)"');
  expect(stderr).toContain('row 1 is missing');
  expect(status).toBe(1);
  expect(run(`${given}.expect([{ x: 1 }]);`).status).toBe(0);
  expect(run(`await ${given}.expect([{ x: 2 }]).then(() => {}, () => {});`).status).toBe(0);
});
