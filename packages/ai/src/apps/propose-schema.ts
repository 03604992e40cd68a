import { inputSchemas } from '@velostream/core/apps';
import type { TableSchema } from '@velostream/core/protocol';
import { isSpokenOf, rankTemplates } from './pick-template.ts';
import { isFigure, planWishes } from './plan-wishes.ts';
import { readWishes } from './read-wishes.ts';

export interface ProposedSchema {
  readonly name: string;
  readonly schema: TableSchema;
}

/** Fields to begin with where nothing is connected yet: those of the template that the words speak of, else those that the words name. */
export async function proposeSchema(prompt: string): Promise<ProposedSchema | undefined> {
  const wishes = readWishes(prompt);
  const [best] = await rankTemplates(prompt, {});
  if (best && isSpokenOf(best, wishes)) {
    const [first] = Object.entries(inputSchemas(best.template));
    if (first) return { name: first[0], schema: first[1] };
  }
  if (!wishes.wishes.some((w) => w.by.length > 0 || isFigure(w.figure))) return undefined;
  const { source, schema } = planWishes(wishes);
  return { name: source, schema };
}
