import type { NlToSqlRequest } from '@velostream/core/protocol/assist';
import { meantBy } from './edit-meant.ts';
import type { Known } from './edit-slots.ts';
import { findAlert } from './find-alert.ts';
import { lexiconOf } from './lexicon.ts';
import { linkFrom } from './link.ts';
import { readSentence } from './read-sentence.ts';
import { partsOf, type SqlParts } from './sql-parts.ts';
import { splitName, stem } from './stem.ts';
import { tokenise } from './token.ts';
import { isStopWord } from './vocabulary.ts';

/** One step from the query before to the one that is wanted: a plain sentence that says it, or the query itself. */
export type Step = string | SqlParts;

/** The query before, and what its words mean. */
function knownBefore(request: NlToSqlRequest): Known | undefined {
  const parts = partsOf(request.previousSql ?? '');
  return parts && { parts, lexicon: lexiconOf(request.schemas, request.glossary) };
}

/** What a few words change in the query before, step by step; `undefined` where not all of them are understood as a change. */
export function differenceOf(said: string, request: NlToSqlRequest): Step | undefined {
  const before = knownBefore(request);
  if (!before || said.length > 120 || findAlert(tokenise(said), false)) return undefined;
  return (meantBy(said, before) ?? meantBy(said, before, true))?.step;
}

/** Whether a clause is a change of its own: all of it is understood, and what is done is said. */
export function isPlainChange(said: string, request: NlToSqlRequest): boolean {
  const before = knownBefore(request);
  return before !== undefined && meantBy(said, before) !== undefined;
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

/** Clauses of a change that asks for several things. */
const clauses = (text: string): string[] =>
  text
    .replace(/\b(per|by|for each|every) ([\w ]+?) and (?=(?:minute|hour|day|week)\b)/i, '$1 $2, per ')
    .split(/\s*[,;:]\s*(?:and\s+|but\s+|then\s+)?|\s+(?:and then|but)\s+/i)
    .map((t) => t.trim())
    .filter(Boolean);

/** The clauses of a change, where each of them is one, or none of them says anything. */
export function clausesOf(said: string, request: NlToSqlRequest): readonly string[] | undefined {
  const list = clauses(said);
  const before = knownBefore(request);
  if (!before || list.length < 2 || list.length > 4) return undefined;
  const steps = list.filter((clause) => differenceOf(clause, request) !== undefined);
  const namesAny = (clause: string): boolean => linkFrom(tokenise(clause), before.lexicon, before.parts.base).links.length > 0;
  const silent = list.filter((clause) => !steps.includes(clause) && !/\d/.test(clause) && !namesAny(clause));
  return steps.length > 0 && steps.length + silent.length === list.length ? steps : undefined;
}

/** `when waves were above 2 m`, `once the hour is over`: a condition alone, of which nothing is left over, says no question of its own. */
export function isFragment(prompt: string, request: NlToSqlRequest): boolean {
  const base = partsOf(request.previousSql ?? '')?.base;
  if (base === undefined || prompt.split(/\s+/).length > 9) return false;
  const sentence = readSentence(prompt, request.schemas, { base });
  const frame = sentence?.scan.frame;
  if (!sentence || !frame || frame.mentionsRows || frame.measures.length + frame.dimensions.length > 0 || frame.clarify) return false;
  return sentence.ignored.length === 0 && frame.filters.length + frame.comparisons.length + (frame.emit || frame.window ? 1 : 0) > 0;
}
