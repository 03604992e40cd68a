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

const argsFor = (chosen) => [
  vitest,
  'run',
  '--config',
  join(root, '.config', 'vitest.config.ts'),
  '--reporter=default',
  `--reporter=${join(root, '.config', 'test-summary.ts')}`,
  ...chosen,
];
const env = { ...process.env, VELO_TEST_SUMMARY: summaryFile };

/** Runs vitest and gives its counts. No summary means that it ended before it could report: that is one failure, never a pass. */
async function run(chosen) {
  const status = await new Promise((done) => {
    const child = spawn(process.execPath, argsFor(chosen), { cwd: root, env, stdio: 'inherit' });
    process.on('SIGINT', () => child.kill('SIGINT'));
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    child.on('close', (code) => done(code ?? 1));
  });
  const counts = existsSync(summaryFile)
    ? JSON.parse(readFileSync(summaryFile, 'utf8'))
    : { passed: 0, failed: 1, skipped: 0, reasons: [], crashed: [] };
  rmSync(summaryFile, { force: true });
  if (status !== 0 && counts.failed === 0 && counts.crashed.length === 0) counts.failed = 1;
  return counts;
}

const counts = await run(process.argv.slice(2));
// A process that a signal ended has no answer for its tests. They are run once more, and the end of the run names the file.
if (counts.crashed.length > 0) {
  const again = await run(counts.crashed);
  for (const key of ['passed', 'failed', 'skipped']) counts[key] += again[key];
  counts.failed += again.crashed.length;
  counts.reasons.push(...again.reasons);
}
for (const reason of counts.reasons) process.stdout.write(`${reason}\n`);
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
process.exitCode = counts.failed > 0 ? 1 : 0;
