import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('../jest/', import.meta.url));
const program = createRequire(import.meta.url).resolve('jest/bin/jest');

test('streamTest passes and fails in jest as it does in vitest', { timeout: 120_000 }, async () => {
  const args = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    program,
    '--rootDir',
    folder,
    '--json',
    '--runInBand',
  ];
  const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((done) =>
    execFile(process.execPath, [...args, '--config', `${folder}jest.config.mjs`], { cwd: folder }, (_, out, err) =>
      done({ stdout: out, stderr: err }),
    ),
  );
  expect(stdout.startsWith('{'), stderr).toBe(true);
  expect(JSON.parse(stdout), stderr).toMatchObject({ success: true, numPassedTests: 2, numTotalTests: 2 });
});
