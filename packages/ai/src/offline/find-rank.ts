import { findTop, type TopRequest } from './find-modifiers.ts';
import type { Frame, Scan } from './frame.ts';
import { type Found, findPattern, matchAt, use, wordsIn } from './pattern.ts';
import type { Token } from './token.ts';
import { aggregateOf } from './vocabulary.ts';

const HIGH = 'most|busiest|highest|largest|biggest|greatest|peak|best|slowest|longest|worst';
const LOW = 'least|fewest|quietest|lowest|smallest|shortest|calmest';
/** Ranked by how many rows there are. */
const OF_ROWS = /^(busiest|peak|quietest|calmest)$/;

const NTH: Readonly<Record<string, number>> = { second: 2, third: 3, fourth: 4, fifth: 5 };

/**
 * `which hour of the day has the most`, `second busiest`: what is ranked where `findTop` sees none. Sets the part of time that is ranked,
 * or asks where no query can rank it.
 */
export function findRank(tokens: readonly Token[], frame: Frame): TopRequest | undefined {
  const time = rankedTime(tokens, frame);
  if (time) return time;
  const nth = ordinalIn(tokens);
  const top = findTop(tokens) ?? superlativeIn(tokens) ?? relativeTop(tokens);
  if (!nth) return top && countedTop(tokens, top);
  const isGrouped = findPattern(tokens, 'per|by|each|every') !== undefined;
  if (top) return { ...top, count: 1, isAssumed: false, skip: nth.count - 1 };
  if (!isGrouped) {
    const rank = findPattern(tokens, `${HIGH}|${LOW}`);
    if (!rank) return undefined;
    use(tokens, rank, 'top');
    const isLow = LOW.split('|').includes(wordsIn(tokens, rank)[0] ?? '');
    return { count: 1, skip: nth.count - 1, direction: isLow ? 'ASC' : 'DESC', isAssumed: false, ofRows: false, at: rank.end };
  }
  frame.clarify ??= {
    question: `The ${nth.word} of each group is not something a query here can pick. What would do instead?`,
    options: [{ label: 'the first of each group', prompt: nth.without }],
  };
  return undefined;
}

/** `second highest`, `3rd most`: the words that count are taken, the superlative stays. */
function ordinalIn(tokens: readonly Token[]): { count: number; word: string; without: string } | undefined {
  const found =
    findPattern(tokens, `second|third|fourth|fifth -? ${HIGH}|${LOW}`) ?? findPattern(tokens, `#int nd|rd|th -? ${HIGH}|${LOW}`);
  const first = found && tokens[found.start];
  if (!found || !first) return undefined;
  const count = first.t === 'number' ? first.value : NTH['word' in first ? first.word : ''];
  if (count === undefined || count < 2 || count > 100) return undefined;
  const said = tokens.slice(found.start, found.end - 1);
  for (const token of said) token.used = 'top';
  return {
    count,
    word: wordsIn(tokens, found).filter(Boolean).join(' '),
    without: tokens
      .filter((t) => !said.includes(t))
      .map((t) => t.raw)
      .join(' '),
  };
}

const PARTS: readonly (readonly ['HOUR' | 'DOW', string])[] = [
  ['HOUR', 'hour|hours of the? day'],
  ['DOW', 'day|days of the? week'],
  ['DOW', 'weekday|weekdays'],
  ['HOUR', 'hour|hours'],
];

/** `which hour is busiest`, `the three quietest weekdays`: parts of the day or week by what falls into them. */
function rankedTime(tokens: readonly Token[], frame: Frame): TopRequest | undefined {
  const asked =
    findPattern(tokens, 'which|what #int? hour|hours|weekday|weekdays|day|days|minute|minutes') ??
    findPattern(tokens, 'which|what the? #dur');
  const most = findPattern(tokens, `the? ${HIGH}`) ?? findPattern(tokens, `the? ${LOW}`);
  const named =
    findPattern(tokens, `the? #int? busiest|quietest|calmest|peak|slowest|best|worst #int? hour|hours|weekday|weekdays|day|days|minute`) ??
    findPattern(tokens, 'the? top|busiest|quietest #dur of the? day');
  const lead = named ?? (asked && most ? asked : undefined);
  if (!lead || (named && !isAlone(tokens, named))) return undefined;
  const spot = partIn(tokens, lead);
  const words = wordsIn(tokens, named ?? (most as Found));
  const low = words.some((w) => LOW.split('|').includes(w)) || (words.includes('slowest') && !asked);
  if (!spot) {
    askSpan(tokens, frame, wordsIn(tokens, lead).at(-1) ?? 'day');
    return undefined;
  }
  const span = lead.slots.find((t) => t.t === 'duration' || t.t === 'number');
  const said = span?.t === 'number' ? span.value : span?.t === 'duration' ? span.count : undefined;
  const isMany = /s$/.test(tokens[spot.found.start]?.raw ?? '') || span?.t === 'duration';
  frame.part = spot.part;
  if (!spot.isSaid) frame.assumptions.push({ kind: 'window', text: '"hour" is the hour of the day' });
  use(tokens, lead, 'top');
  use(tokens, spot.found, 'dimension');
  if (most && !named) use(tokens, most, 'top');
  frame.scores.push(0.9);
  return {
    count: said ?? (isMany ? 10 : 1),
    direction: low ? 'ASC' : 'DESC',
    isAssumed: said === undefined && isMany,
    ofRows: words.some((w) => OF_ROWS.test(w)),
    at: tokens.length,
  };
}

/** "busiest hour" is ranked; "busiest day ticket" and "every busiest hour" speak of something else. */
function isAlone(tokens: readonly Token[], { start, end }: Found): boolean {
  const before = tokens[start - 1];
  return !(before && 'word' in before && /^(per|each|every|in)$/.test(before.word)) && tokens[end]?.used === undefined;
}

/** Which part of the time a question ranks; none where only the calendar could tell. */
function partIn(tokens: readonly Token[], lead: Found): { part: 'HOUR' | 'DOW'; found: Found; isSaid: boolean } | undefined {
  for (const [part, pattern] of PARTS)
    for (let at = lead.start; at < lead.end; at++) {
      const found = matchAt(tokens, at, pattern);
      if (found) return { part, found, isSaid: found.end > found.start + 1 || part === 'DOW' };
    }
  const span = lead.slots.find((t) => t.t === 'duration');
  if (span?.t !== 'duration' || !span.unit.startsWith('h')) return undefined;
  const at = tokens.indexOf(span);
  return { part: 'HOUR', found: { start: at, end: lead.end, slots: [] }, isSaid: true };
}

/** One day or minute among all of them: rows of a stream are ranked inside a window, and windows are not ranked. */
function askSpan(tokens: readonly Token[], frame: Frame, word: string): void {
  const unit = word.replace(/s$/, '');
  const noun = tokens.findLast((t) => t.t === 'word' && /[^s]s$/.test(t.raw))?.raw;
  frame.clarify ??= {
    question: `Which ${unit} comes first is known only when no more data can come. What shall I show?`,
    options: [
      { label: `each ${unit} by itself`, prompt: `count${noun === undefined ? '' : ` ${noun}`} per ${unit}` },
      { label: 'by hour of the day', prompt: `count${noun === undefined ? '' : ` ${noun}`} by hour of the day` },
    ],
  };
}

/** The part of the time that is ranked is one more group, once it is known which time. */
export function placeRank({ frame, base }: Scan): void {
  const ref = base.columns.find((c) => c.name === base.eventTime);
  if (frame.part && ref) frame.dimensions.push({ kind: 'part', part: frame.part, ref, at: 0 });
}

/** Words that end like superlatives and are none. */
const NO_SUPERLATIVE =
  /^(request|test|rest|forest|interest|guest|latest|earliest|west|harvest|invest|contest|honest|digest|newest|protest|best|est|nest|chest|quest|arrest|suggest|furthest|farthest)$/;
const LITTLE = /^(dark|dri|empti|weak|thin|cold|cool|dim|light|calm|short|shallow|narrow|young|cheap|clean|near|clos)/;

/** `the five dearest districts by average rent`: so many of them, by a figure that is told. */
const isNumbered = (tokens: readonly Token[], at: number): boolean =>
  tokens[at - 1]?.t === 'number' &&
  tokens[at + 1]?.t === 'word' &&
  matchAt(tokens, at + 2, 'by|measured|judged total|average|avg|mean|sum|median|number|count|max|min|highest|lowest') !== undefined;

/** `the four thirstiest units by litres`, `darkest room by average lux`: an adjective that no list has, where the number is told. */
function superlativeIn(tokens: readonly Token[]): TopRequest | undefined {
  const at = tokens.findIndex(
    (t, i) =>
      t.t === 'word' &&
      t.used === undefined &&
      /^[a-z]{3,}est$/.test(t.raw.toLowerCase()) &&
      !NO_SUPERLATIVE.test(t.raw.toLowerCase()) &&
      (aggregateOf(t.word) === undefined || isNumbered(tokens, i)),
  );
  const token = tokens[at];
  const noun = tokens[at + 1];
  if (token?.t !== 'word' || noun?.t !== 'word') return undefined;
  const count = tokens[at - 1]?.t === 'number' ? tokens[at - 1] : undefined;
  const isTold = tokens.slice(at + 2).some((t) => t.used === undefined && 'word' in t && /^(by|measured|judged|going)$/.test(t.word));
  const isFirst = tokens
    .slice(0, at)
    .every((t) => t === count || t.used !== undefined || ('word' in t && /^(the|which|what)$/.test(t.word)));
  if (!isFirst || !(isTold || count)) return undefined;
  token.used = 'top';
  const isMany = /[^s]s$/.test(noun.raw);
  const n = count?.t === 'number' && count.unit === undefined ? count.value : undefined;
  if (count && n !== undefined) count.used = 'top';
  return {
    count: n ?? (isMany ? 10 : 1),
    direction: LITTLE.test(token.word) ? 'ASC' : 'DESC',
    isAssumed: n === undefined && isMany,
    ofRows: false,
    at: at + 1,
  };
}

/** `which three players think longest`: the number stands before the thing. */
function countedTop(tokens: readonly Token[], top: TopRequest): TopRequest {
  const counted = top.isAssumed || top.count === 1 ? findPattern(tokens, 'which|what|the|those #int #word') : undefined;
  const count = counted?.slots[0];
  if (!counted || count?.t !== 'number' || count.value < 1 || counted.start >= top.at) return top;
  count.used = 'top';
  return { ...top, count: count.value, isAssumed: false };
}

/** `the house that sold the fewest tickets`: ranked by what the clause says. */
function relativeTop(tokens: readonly Token[]): TopRequest | undefined {
  const found = findPattern(tokens, `the? #word that|who|which #word the? most|fewest|least`);
  const noun = found?.slots[0];
  if (!found || found.start > 1 || noun?.t !== 'word') return undefined;
  const isMany = /[^s]s$/.test(noun.raw);
  const rank = { start: found.end - 1, end: found.end };
  const isLow = LOW.split('|').includes(wordsIn(tokens, rank)[0] ?? '');
  use(tokens, rank, 'top');
  return { count: isMany ? 10 : 1, direction: isLow ? 'ASC' : 'DESC', isAssumed: isMany, ofRows: false, at: found.end };
}
