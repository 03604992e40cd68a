import { expect, test } from 'vitest';
import { runSet } from '../../src/eval/run-bench.ts';
import { createOfflineAssistant } from '../../src/index.ts';
import { FIGURE_QUESTIONS } from './figure-questions.ts';

/** What has been reached once the misses were read; when first asked, 54 of 62 (87 %) were right. */
const REACHED = 0.96;

test('figures, groups, ranks, shares and alerts of ordinary businesses are read', { timeout: 120_000 }, async () => {
  const results = [];
  for (const set of FIGURE_QUESTIONS) results.push(...(await runSet(set, createOfflineAssistant(), { checkGold: true })));
  // A gold query that no row of the made data meets tells nothing.
  const judged = results.filter((r) => !r.rejected);
  const misses = judged.filter((r) => !r.match).map((r) => `${r.case.id} ${r.case.prompt}\n  ${r.sql ?? r.kind}`);
  expect(judged.length).toBeGreaterThan(55);
  expect(1 - misses.length / judged.length, misses.join('\n')).toBeGreaterThanOrEqual(REACHED);
});
