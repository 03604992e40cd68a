import { sourceIn, withoutName } from './source-in.ts';

/** What a sentence wants to know of the data as a whole. */
export type DataTalk = 'held' | 'askable' | 'freshness';

const START = '^\\s*(?:(?:so|ok(?:ay)?|and|well|please|can you|could you|tell me|show me|let me know)[,\\s]+)*';
const THINGS = '(?:data(?:\\s?sets?|\\s+sources?)?|information|info|sources?|streams?|tables?|topics?|files?|stuff)';
const HELD = [
  new RegExp(
    `${START}(?:what|which)(?:['’]s|(?:\\s+(?:kinds?|sorts?|types?)\\s+of)?(?:\\s+(?:other\\s+|all\\s+)?${THINGS})?(?:\\s+(?:do|did)\\s+(?:you|we|i|they)(?:\\s+(?:currently|already|now))?\\s+(?:have|got|see|hold|know)|\\s+(?:is|are)|\\s+have\\s+(?:you|we|i)\\s+got|\\s+can\\s+(?:you|i|we)\\s+(?:see|use|read|access|work\\s+with))?)(?:\\s+(?:there|here|connected|available|loaded|access|to|in|work|with|about|right|now|at|the|moment|all))*\\s*[?.!]*\\s*$`,
    'i',
  ),
  new RegExp(
    `${START}(?:list|show|see|give)?\\s*(?:me\\s+)?(?:all\\s+|all\\s+of\\s+)?(?:the\\s+|your\\s+|our\\s+|my\\s+)?(?:available\\s+|connected\\s+)?${THINGS}(?:\\s+(?:that\\s+)?(?:(?:you|we|i)\\s+have|(?:is|are)\\s+(?:there|available|connected)))?\\s*[?.!]*\\s*$`,
    'i',
  ),
];
const ASKABLE =
  /\bwhat\b[^.?]*\b(?:can|could|should|may|shall|do)\s+(?:i|we|one)\s+(?:\w+\s+)?(?:ask|query|find out|learn|know)\b|\bwhat\b[^.?]*\bcan you (?:answer|tell me|find out|show me)\b\s*(?:about .{1,40})?\s*\??\s*$|\b(?:example|sample|suggested|good|possible) questions?\b|\bgive me (?:some |an? )?(?:examples?|ideas?) of (?:what|questions?)\b/i;
const STATE = '(?:fresh|recent|current|live|up[ -]to[ -]date|stale|old)';
const FRESHNESS = [
  new RegExp(`${START}(?:what|which)\\s+${THINGS}\\s+(?:is|are)\\s+(?:not\\s+)?${STATE}\\s*[?.!]*\\s*$`, 'i'),
  new RegExp(
    `${START}how\\s+${STATE}\\s+(?:is|are)\\s+(?:all\\s+)?(?:the|this|that|my|our|your|it|they)?\\s*(?:data|sources?|streams?|tables?|topics?|rows|records)?\\s*[?.!]*\\s*$`,
    'i',
  ),
  new RegExp(
    `${START}(?:is|are)\\s+(?:the|this|that|my|our|your|it|they)?\\s*(?:data|sources?|streams?|tables?|topics?|rows|records)?\\s*(?:still\\s+)?(?:${STATE}|in real[ -]?time|real[ -]?time)\\s*[?.!]*\\s*$`,
    'i',
  ),
  new RegExp(
    `${START}when\\s+(?:was|were|did)\\s+(?:the\\s+|this\\s+|my\\s+|our\\s+)?(?:data|last\\s+\\w+|latest\\s+\\w+|newest\\s+\\w+|it|they)\\s+(?:last\\s+)?(?:updated|come in|arrive|received|refreshed|written|seen|update|change)\\s*[?.!]*\\s*$`,
    'i',
  ),
];

/** What is asked of the data as a whole, perhaps of one source by its name; `undefined` where it is asked of what stands in it. */
export function saidOfData(text: string, sources: readonly string[]): { readonly about: DataTalk; readonly source?: string } | undefined {
  const source = sourceIn(text, sources);
  const of = source === undefined ? {} : { source };
  if (ASKABLE.test(text)) return { about: 'askable', ...of };
  const plain = source === undefined ? text : withoutName(text, source);
  if (FRESHNESS.some((words) => words.test(plain))) return { about: 'freshness', ...of };
  return source === undefined && HELD.some((words) => words.test(text)) ? { about: 'held' } : undefined;
}
