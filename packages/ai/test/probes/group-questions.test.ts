import { expect, test } from 'vitest';
import { runSet } from '../../src/eval/run-bench.ts';
import { createOfflineAssistant } from '../../src/index.ts';
import { GROUP_QUESTIONS } from './group-questions.ts';

/** What has been reached. */
const REACHED = 0.5;

test('figures of groups, bounds, ranks and shares in the words of several people', { timeout: 120_000 }, async () => {
  const results = [];
  for (const set of GROUP_QUESTIONS) results.push(...(await runSet(set, createOfflineAssistant(), { checkGold: true })));
  expect(results.filter((r) => r.rejected).map((r) => r.case.id)).toEqual([]);
  const misses = results.filter((r) => !r.match).map((r) => `${r.case.id} ${r.case.prompt}\n  ${r.sql ?? r.kind}`);
  expect(1 - misses.length / results.length, misses.join('\n')).toBeGreaterThanOrEqual(REACHED);
});
