import { readdirSync } from 'node:fs';
import { validate } from '@velostream/core/sql';
import type { BenchSet } from '../src/eval/case.ts';
import { datasetFor } from '../src/eval/datasets.ts';
import { answerOf } from '../src/eval/exec-match.ts';
import { mutantsOf } from '../src/eval/mutants.ts';
import { discriminates, runSet, SEEDS } from '../src/eval/run-bench.ts';
import { totalsText } from '../src/eval/scoreboard.ts';
import { createOfflineAssistant } from '../src/index.ts';
import { catalogOf } from '../src/offline/check-sql.ts';

/**
 * The offline assistant on questions that nobody who works on it reads: totals alone, neither a question nor an answer, so that it can be run
 * again and again and the set stays unseen. `--gold` asks nothing and checks the gold queries instead; `--sql` with it shows those that fail.
 */
const args = process.argv.slice(2);
const folders = args.filter((a) => !a.startsWith('--'));

for (const folder of folders.length > 0 ? folders : unread()) {
  const { UNSEEN_SETS } = (await import(`../test/${folder}/index.ts`)) as { UNSEEN_SETS: readonly BenchSet[] };
  if (args.includes('--gold')) await checkGold(folder, UNSEEN_SETS);
  else await ask(folder, UNSEEN_SETS);
}

/** The folders of sets that nobody has read yet. */
function unread(): string[] {
  return readdirSync(new URL('../test', import.meta.url)).filter((name) => /^unseen-\d+$/.test(name));
}

async function ask(folder: string, sets: readonly BenchSet[]): Promise<void> {
  const results = [];
  for (const set of sets) results.push(...(await runSet(set, createOfflineAssistant())));
  console.log(totalsText(folder, results));
}

async function checkGold(folder: string, sets: readonly BenchSet[]): Promise<void> {
  let bad = 0;
  let checked = 0;
  for (const set of sets)
    for (const { id, gold } of set.cases) {
      if (gold === undefined) continue;
      checked++;
      const problem = await problemOf(set, gold);
      if (problem === undefined) continue;
      bad++;
      console.log(`${id}: ${problem}${args.includes('--sql') ? `\n  ${gold}` : ''}`);
    }
  console.log(`${folder}: ${checked} gold queries checked, ${bad} not usable`);
  if (bad > 0) process.exitCode = 1;
}

async function problemOf(set: BenchSet, gold: string): Promise<string | undefined> {
  const error = validate(gold, { catalog: catalogOf(set.schemas) }).find((d) => d.severity === 'error');
  if (error) return error.message;
  for (const seed of SEEDS) {
    const rows = await answerOf(gold, set.schemas, datasetFor(set.schemas, gold, seed)).catch((cause: unknown) => String(cause));
    if (typeof rows === 'string') return rows;
    if (rows.length === 0) return `no rows with seed ${seed}`;
  }
  if (mutantsOf(gold).length > 0 && !(await discriminates(set, gold))) return 'the data do not tell it from a wrong one';
  return undefined;
}
