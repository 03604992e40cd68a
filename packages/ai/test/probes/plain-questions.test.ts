import { expect, test } from 'vitest';
import { runSet } from '../../src/eval/run-bench.ts';
import { createOfflineAssistant } from '../../src/index.ts';
import { PLAIN_QUESTIONS } from './plain-questions.ts';

/** What has been reached. */
const REACHED = 0.95;

test('plain questions about ordinary businesses are answered', { timeout: 120_000 }, async () => {
  const results = [];
  for (const set of PLAIN_QUESTIONS) results.push(...(await runSet(set, createOfflineAssistant(), { checkGold: false })));
  const judged = results.filter((r) => !r.rejected);
  const misses = judged.filter((r) => !r.match).map((r) => `${r.case.id} ${r.case.prompt}\n  ${r.sql ?? r.kind}`);
  expect(1 - misses.length / judged.length, misses.join('\n')).toBeGreaterThanOrEqual(REACHED);
});
