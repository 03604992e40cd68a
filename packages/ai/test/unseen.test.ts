import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DEVELOPMENT_SETS } from '../src/eval/all-sets.ts';
import type { BenchSet } from '../src/eval/case.ts';
import { datasetFor } from '../src/eval/datasets.ts';
import { answerOf } from '../src/eval/exec-match.ts';
import { runSet, SEEDS } from '../src/eval/run-bench.ts';
import { totalsText } from '../src/eval/scoreboard.ts';
import { createOfflineAssistant } from '../src/index.ts';

/** Folders `unseen-N` beside this file: sets that nobody who works on the assistant reads. */
const folders = readdirSync(new URL('.', import.meta.url)).filter((name) => /^unseen-\d+$/.test(name));
const sets: BenchSet[] = [];
for (const folder of folders) {
  const { UNSEEN_SETS } = (await import(`./${folder}/index.ts`)) as { UNSEEN_SETS: readonly BenchSet[] };
  sets.push(...UNSEEN_SETS);
}

test('the totals show neither a question nor an answer', async () => {
  const set = DEVELOPMENT_SETS.slice(0, 1).map((s) => ({ ...s, cases: s.cases.slice(0, 4) }))[0];
  if (!set) throw new Error('no set');
  const results = await runSet(set, createOfflineAssistant(), { checkGold: false });
  const text = totalsText('a set', results);
  expect(text).toContain('a set: 4 questions, 0 left out');
  expect(text).toMatch(/aggregate +\d of +4/);
  for (const { case: asked, sql } of results) {
    expect(text).not.toContain(asked.prompt);
    expect(text).not.toContain(sql ?? asked.prompt);
  }
});

test('every gold query of the unseen sets gives rows', { timeout: 60_000 }, async () => {
  const empty: string[] = [];
  for (const set of sets)
    for (const { id, gold } of set.cases) {
      if (gold === undefined) continue;
      const rows = await answerOf(gold, set.schemas, datasetFor(set.schemas, gold, SEEDS[0] ?? 1));
      if (rows.length === 0) empty.push(id);
    }
  expect(empty).toEqual([]);
});

test('no question stands twice in the unseen sets', () => {
  const prompts = sets.flatMap((s) => s.cases.map((c) => `${s.name} ${c.previousSql ?? ''} ${c.prompt}`));
  expect(new Set(prompts).size).toBe(prompts.length);
});
