import { describe, expect, test } from 'vitest';
import { runSet } from '../../src/eval/run-bench.ts';
import { createOfflineAssistant } from '../../src/index.ts';
import { roundFiles, roundSets, sharesOf } from './behaviour.ts';

/** What has been reached in the worst of the rounds. */
const GOAL = { asked: 0.85, refused: 0.9, answered: 0.65, askedRightly: 0.8 };

describe('what is asked back, refused and answered', () => {
  test.for(roundFiles())('%s', { timeout: 240_000 }, async (file) => {
    const results = [];
    for (const set of await roundSets(file)) results.push(...(await runSet(set, createOfflineAssistant(), { checkGold: false })));
    const misses = results.filter((r) => !r.match).map((r) => `${r.case.id} ${r.case.prompt}\n  ${r.sql ?? r.kind}`);
    const shares = sharesOf(results);
    for (const [of, goal] of Object.entries(GOAL))
      expect(shares[of as keyof typeof shares], `${of}\n${misses.join('\n')}`).toBeGreaterThanOrEqual(goal);
  });
});
