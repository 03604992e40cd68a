import type { NlToSqlRequest } from '@velostream/core/protocol/assist';
import { rowsInOrder } from './edit-latest.ts';
import { meantBy } from './edit-meant.ts';
import { renamed } from './edit-plain.ts';
import type { Known } from './edit-slots.ts';
import { findAlert } from './find-alert.ts';
import { lexiconOf } from './lexicon.ts';
import { linkFrom } from './link.ts';
import { partsOf, type SqlParts } from './sql-parts.ts';
import { splitName, stem } from './stem.ts';
import { tokenise } from './token.ts';
import { isStopWord } from './vocabulary.ts';

/** One step from the query before to the one that is wanted: a plain sentence that says it, or the query itself. */
type Step = string | SqlParts;

/** The query before, and what its words mean. */
function knownBefore(request: NlToSqlRequest): Known | undefined {
  const parts = partsOf(request.previousSql ?? '');
  return parts && { parts, lexicon: lexiconOf(request.schemas, request.glossary) };
}

/** What a few words change in the query before, step by step; `undefined` where not all of them are understood as a change. */
export function differenceOf(said: string, request: NlToSqlRequest): Step | undefined {
  const before = knownBefore(request);
  if (!before || said.length > 120 || findAlert(tokenise(said), false)) return undefined;
  return renamed(said, before.parts) ?? rowsInOrder(said, before) ?? (meantBy(said, before) ?? meantBy(said, before, true))?.step;
}

/** Whether a sentence that starts like a question speaks of the query before: "show all of them again". */
export function speaksOfBefore(said: string, request: NlToSqlRequest, mustPoint = true): boolean {
  const before = knownBefore(request);
  const meant = before && meantBy(said, before);
  return meant !== undefined && (meant.isBack || !mustPoint);
}

/** Whether a word names what the query before groups by. */
const isKeyOf = ({ groupBy }: SqlParts, word: string): boolean => groupBy.some((g) => splitName(g).some((w) => stem(w) === stem(word)));

/** Whether a sentence names nothing of the schemas: what it speaks of is the query before. */
export function namesNothing(said: string, request: NlToSqlRequest): boolean {
  const before = knownBefore(request);
  if (!before) return false;
  const isOwn = (word: string): boolean => !isStopWord(word) && before.lexicon.words.has(stem(word)) && !isKeyOf(before.parts, word);
  return !tokenise(said).some((t) => t.t === 'text' || (t.t === 'word' && isOwn(t.word)));
}

/** Whether a clause says nothing: it names nothing of the relation, and no number. */
export const isSilent = (clause: string, request: NlToSqlRequest): boolean => {
  const before = knownBefore(request);
  return before !== undefined && !/\d/.test(clause) && linkFrom(tokenise(clause), before.lexicon, before.parts.base).links.length === 0;
};
