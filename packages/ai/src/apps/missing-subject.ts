import type { TableSchema } from '@velostream/core/protocol';
import type { AppResult } from '@velostream/core/protocol/assist';
import { partsOf } from '../offline/sql-parts.ts';
import { isFigure } from './plan-wishes.ts';
import { readWishes } from './read-wishes.ts';

const SOURCES_MAX = 5;

export interface SubjectQuestion {
  readonly question: string;
  readonly options: readonly { readonly label: string; readonly prompt: string }[];
}

/**
 * What to ask where an application was wanted of something that no connected source has, and nothing was said of it but its name: its fields
 * could only be made up. Whoever names figures has said what fields it has.
 */
export function missingSubject(
  prompt: string,
  made: AppResult,
  schemas: Readonly<Record<string, TableSchema>>,
): SubjectQuestion | undefined {
  const names = Object.keys(schemas);
  const { subject, wishes } = readWishes(prompt);
  const isBare = wishes.every((w) => w.by.length === 0 && w.everyMs === undefined && !w.bound && !w.isAlert && !isFigure(w.figure));
  const reads = made.app.queries.map(({ sql }) => partsOf(sql)?.base ?? '');
  if (!isBare || made.templateId !== undefined || reads.some((name) => names.includes(name))) return undefined;
  return {
    question: `Nothing that is connected has "${subject}". What shall the application be about?`,
    options: [
      ...names.slice(0, SOURCES_MAX).map((name) => ({ label: name, prompt: `build an app that watches ${name}` })),
      { label: `${subject}, with fields to begin with`, prompt: `build an app that shows ${subject} every minute` },
    ],
  };
}
