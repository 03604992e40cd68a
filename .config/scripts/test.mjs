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
    : { passed: 0, failed: 1, skipped: 0, reasons: [], crashed: [], unsure: [] };
  rmSync(summaryFile, { force: true });
  if (status !== 0 && counts.failed === 0 && counts.crashed.length === 0) counts.failed = 1;
  return counts;
}

const OUTSIDE = 'failed: outside any test';
const counts = await run(process.argv.slice(2));
// A process that a signal ended has no answer for its tests. They are run once more, and the end of the run names the file.
if (counts.crashed.length > 0) {
  const again = await run(counts.crashed);
  for (const key of ['passed', 'failed', 'skipped']) counts[key] += again[key];
  counts.failed += again.crashed.length;
  counts.reasons.push(...again.reasons);
  counts.unsure.push(...again.unsure);
}
// A few files with failures run once more with nothing beside them: what passes then depended on a busy machine or on an order, and
// is named at the end as a test to mend. What is broken fails again.
const FEW = 5;
if (counts.unsure.length > 0 && counts.unsure.length <= FEW && !counts.reasons.some((reason) => reason.startsWith(OUTSIDE))) {
  process.stdout.write(`\n${counts.unsure.length} files with failures run once more, alone\n`);
  const projects = [...new Set(counts.unsure.map((each) => each.project))].flatMap((name) => ['--project', name]);
  const again = await run([...counts.unsure.map((each) => each.file), ...projects, '--maxWorkers=1']);
  for (const key of ['passed', 'failed', 'skipped']) {
    for (const each of counts.unsure) counts[key] -= each.counts[key];
    counts[key] += again[key];
  }
  counts.failed += again.crashed.length;
  const before = new Set(counts.unsure.flatMap((each) => each.reasons));
  const still = again.reasons.map((reason) => reason.split(': ').slice(0, 3).join(': '));
  const mended = [...before].filter((reason) => !still.includes(reason.split(': ').slice(0, 3).join(': ')));
  counts.reasons = [
    ...counts.reasons.filter((reason) => !before.has(reason)),
    ...mended.map((reason) => reason.replace(/^failed: /, 'passed at the second try: ')),
    ...again.reasons,
  ];
}
for (const reason of counts.reasons) process.stdout.write(`${reason}\n`);
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
process.exitCode = counts.failed > 0 ? 1 : 0;
