// Runs vitest on everything, or on what the arguments select, and ends with one plain line: `N passed, N failed, N skipped`.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const summaryFile = join(root, '.cache', `test-summary-${process.pid}.json`);
mkdirSync(dirname(summaryFile), { recursive: true });

const args = [
  vitest,
  'run',
  '--config',
  join(root, '.config', 'vitest.config.ts'),
  '--reporter=default',
  `--reporter=${join(root, '.config', 'test-summary.ts')}`,
  ...process.argv.slice(2),
];
const env = { ...process.env, VELO_TEST_SUMMARY: summaryFile };
const status = await new Promise((done) => {
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
  process.on('SIGINT', () => child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('close', (code) => done(code ?? 1));
});

// No summary means that vitest ended before it could report: that is one failure, never a pass.
const counts = existsSync(summaryFile) ? JSON.parse(readFileSync(summaryFile, 'utf8')) : { passed: 0, failed: 1, skipped: 0, reasons: [] };
rmSync(summaryFile, { force: true });
if (status !== 0 && counts.failed === 0) counts.failed = 1;
for (const reason of counts.reasons) process.stdout.write(`${reason}\n`);
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
process.exitCode = counts.failed > 0 ? 1 : status;
