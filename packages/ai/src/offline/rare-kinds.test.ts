import { expect, test } from 'vitest';
import { DEVELOPMENT_SETS, HELD_BACK_SETS } from '../eval/all-sets.ts';
import { needsRareKinds } from './is-plain.ts';
import { translateQuestion } from './nl-to-sql.ts';
import { translate } from './translate.ts';

const QUESTIONS = [...DEVELOPMENT_SETS, ...HELD_BACK_SETS].flatMap(({ schemas, cases }) =>
  cases.map(({ prompt, previousSql }) => ({ prompt, schemas, ...(previousSql === undefined ? {} : { previousSql }) })),
);
const said = (answer: ReturnType<typeof translate>): string => (answer.kind === 'sql' ? answer.sql : answer.kind);

test('what is loaded later changes no answer that does without it', () => {
  const plain = QUESTIONS.filter((q) => !needsRareKinds(q));
  expect(plain.length).toBeGreaterThan(160);
  const before = plain.map((q) => said(translateQuestion(q)));
  expect(plain.map((q) => said(translate(q)))).toEqual(before);
});
