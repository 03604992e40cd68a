import { readdirSync } from 'node:fs';
import { DEVELOPMENT_SETS, HELD_BACK_SETS, LATEST_SETS } from '../../src/eval/all-sets.ts';
import type { BenchCase, BenchSet } from '../../src/eval/case.ts';

/**
 * Read questions in the words of somebody else: by the name of a question, another way to ask for what its gold query gives. A file is one
 * kind of questions, asked at one time: `filters-1.ts` exports `PARAPHRASES`.
 */
export type Paraphrases = Readonly<Record<string, string>>;

const SETS: readonly BenchSet[] = [...DEVELOPMENT_SETS, ...HELD_BACK_SETS, ...LATEST_SETS];

/** Names of the files of this folder that hold paraphrases. */
export const paraphraseFiles = (): string[] =>
  readdirSync(new URL('.', import.meta.url))
    .map((name) => /^(\w+-\d+)\.ts$/.exec(name)?.[1])
    .filter((name): name is string => name !== undefined)
    .sort();

/** The paraphrases of a file as questions of the sets that they come from. */
export async function paraphrasedSets(file: string): Promise<BenchSet[]> {
  const { PARAPHRASES } = (await import(`./${file}.ts`)) as { PARAPHRASES: Paraphrases };
  const left = new Set(Object.keys(PARAPHRASES));
  const sets = SETS.flatMap((set) => {
    const cases = set.cases.flatMap((asked): BenchCase[] => {
      const prompt = PARAPHRASES[asked.id];
      if (prompt === undefined) return [];
      left.delete(asked.id);
      return [{ ...asked, prompt }];
    });
    return cases.length === 0 ? [] : [{ ...set, cases }];
  });
  if (left.size > 0) throw new Error(`${file}: no question is called ${[...left].join(', ')}`);
  return sets;
}
