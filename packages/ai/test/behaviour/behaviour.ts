import { readdirSync } from 'node:fs';
import { DEVELOPMENT_SETS, HELD_BACK_SETS, LATEST_SETS } from '../../src/eval/all-sets.ts';
import { type BenchSet, casesFrom } from '../../src/eval/case.ts';
import type { CaseResult } from '../../src/eval/run-bench.ts';

/**
 * When to ask back and when to refuse. A file holds one round of questions over some of the schemas that the read questions have, under three heads:
 * `[ask]` lacks a number, wants an opinion, names something that no column tells or that two columns tell; `[refuse]` is no question of the data;
 * `[near]` sounds like one of them and has an answer.
 */
const SETS: readonly BenchSet[] = [...DEVELOPMENT_SETS, ...HELD_BACK_SETS, ...LATEST_SETS];

/** Names of the files of this folder that hold questions. */
export const roundFiles = (): string[] =>
  readdirSync(new URL('.', import.meta.url))
    .map((name) => /^(round-\d+)\.ts$/.exec(name)?.[1])
    .filter((name): name is string => name !== undefined)
    .sort();

/** The questions of a file, each with the schemas of the set that it is about. */
export async function roundSets(file: string): Promise<BenchSet[]> {
  const { QUESTIONS } = (await import(`./${file}.ts`)) as { QUESTIONS: Readonly<Record<string, string>> };
  return Object.entries(QUESTIONS).map(([name, text]) => {
    const set = SETS.find((s) => s.name === name);
    if (!set) throw new Error(`${file}: no set is called ${name}`);
    return { name, schemas: set.schemas, cases: casesFrom(`${name}-${file}`, text) };
  });
}

/** Shares of what was done: asked where that is right, refused, answered as the gold query does, and of the questions back those that are right. */
export function sharesOf(results: readonly CaseResult[]): { asked: number; refused: number; answered: number; askedRightly: number } {
  const judged = results.filter((r) => !r.rejected);
  const share = (of: readonly CaseResult[]): number => of.filter((r) => r.match).length / of.length;
  return {
    asked: share(judged.filter((r) => r.case.expect === 'clarify')),
    refused: share(judged.filter((r) => r.case.expect === 'refuse')),
    answered: share(judged.filter((r) => r.case.expect === 'sql')),
    askedRightly: share(judged.filter((r) => r.kind === 'clarify')),
  };
}
