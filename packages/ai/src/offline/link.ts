import { isUnitWord } from './column-facts.ts';
import { type JoinEdge, reachable } from './join-path.ts';
import type { Entry, Lexicon, TableFacts, Target } from './lexicon.ts';
import { errorsIn } from './meaning.ts';
import { PERSONS } from './pick.ts';
import { stem as stemOf } from './stem.ts';
import { longForm } from './synonyms.ts';
import type { Token } from './token.ts';
import { isStopWord } from './vocabulary.ts';

export interface Candidate {
  readonly target: Target;
  readonly score: number;
}

/** A run of words with all that it can mean, best first. */
export interface Link {
  readonly start: number;
  readonly end: number;
  readonly candidates: readonly Candidate[];
}

const tableOf = (target: Target): string | undefined =>
  target.kind === 'table' ? target.table : target.kind === 'term' ? undefined : target.ref.table;

/** How much less a relation counts that has to be joined first. */
const distancePenalty = (hops: number): number => (hops === 0 ? 1 : hops === 1 ? 0.86 : 0.7);

function candidatesAt(tokens: readonly Token[], at: number, lexicon: Lexicon, hops: ReadonlyMap<string, readonly JoinEdge[]>): Link[] {
  const first = tokens[at];
  if (first?.t !== 'word' || first.used !== undefined) return [];
  // "people" are those that another relation tells of.
  const persons =
    PERSONS.test(first.word) &&
    !lexicon.rawWords.has(first.word) &&
    !(lexicon.byFirst.get(first.stem) ?? []).some((e) => e.target.kind === 'value')
      ? [...hops.values()].flatMap(([edge]) => (edge ? [edge.left] : []))
      : [];
  if (persons.length === 1 && persons[0])
    return [{ start: at, end: at + 1, candidates: [{ target: { kind: 'column', ref: persons[0] }, score: 0.86 }] }];
  const byEnd = new Map<number, Candidate[]>();
  const own = lexicon.byFirst.get(first.stem) ?? [];
  const other = first.alt === undefined || first.alt === first.stem ? [] : (lexicon.byFirst.get(first.alt) ?? []);
  const short = initialsAt(tokens, at, lexicon);
  for (const entry of [...own, ...other, ...(short ?? [])]) {
    // "an A" is a value, "a" is none.
    if (
      entry.target.kind === 'value' &&
      entry.stems[0]?.length === 1 &&
      String(entry.target.value).length === 1 &&
      (first.raw !== entry.target.value || at === 0)
    )
      continue;
    const end =
      short?.includes(entry) && !own.includes(entry)
        ? at + (entry.target.kind === 'column' ? (entry.target.ref.words[0]?.length ?? 1) : 1)
        : endOf(tokens, at, entry);
    if (end === undefined) continue;
    // "claiming no fewer than" is no claim_no.
    const isBound =
      (tokens[end - 1] as { word?: string }).word === 'no' &&
      /^(fewer|less|more|later|longer)$/.test((tokens[end] as { word?: string } | undefined)?.word ?? '');
    if (isBound) continue;
    if (end - at === 1 && isStopWord(first.word) && !isMeant(tokens, at, first, entry.target)) continue;
    // "readings" are rows, "logged" and "measured" say that they came: neither means the time of the row.
    const isTime = entry.target.kind === 'column' && entry.target.ref.kind === 'time';
    if (
      end - at === 1 &&
      isTime &&
      first.raw.toLowerCase() !== nameOf(entry.target).toLowerCase() &&
      (ROWS.test(first.word) || /(ed|ing)$/.test(first.word))
    )
      continue;
    if (end - at === 1 && /^(logged|recorded|reported|measured|registered|observed|seen|captured)$/.test(first.word) && entry.score < 0.8)
      continue;
    const table = tableOf(entry.target);
    const far = table === undefined ? 0 : hops.get(table)?.length;
    if (far === undefined) continue;
    const isExact =
      tokens.slice(at, end).every((t) => t.raw === first.raw) &&
      (first.raw === nameOf(entry.target) || (entry.target.kind === 'value' && first.raw === String(entry.target.value)));
    if (hasNoun(tokens[end], entry, lexicon)) {
      const longer = byEnd.get(end + 1) ?? [];
      longer.push({ target: entry.target, score: entry.score * distancePenalty(far) * 0.97 });
      byEnd.set(end + 1, longer);
    }
    const list = byEnd.get(end) ?? [];
    const isOther =
      entry.target.kind === 'column' &&
      /ed$/.test(first.word) &&
      lexicon.rawWords.has(first.word) &&
      !entry.target.ref.words.includes(first.word);
    const lead = (tokens[at - 1] as { word?: string } | undefined)?.word ?? '';
    // "from floor 0" of floor_from
    const isWay =
      entry.target.kind === 'column' &&
      /^(from|to)$/.test(lead) &&
      entry.target.ref.words.includes(lead) &&
      entry.target.ref.words.length > 1;
    const exact = isWay ? 0.08 : isOther && end - at === 1 ? -0.14 : 0;
    const nearby = entry.target.kind === 'column' && end - at < entry.target.ref.words.length ? contextOf(tokens, at, end, entry) : 0;
    list.push({ target: entry.target, score: (isExact ? entry.score + 0.05 : entry.score) * distancePenalty(far) + nearby + exact });
    byEnd.set(end, list);
  }
  if (byEnd.size === 0 && ROWS.test(first.word)) {
    const base = [...hops.keys()][0] ?? '';
    byEnd.set(at + 1, [{ target: { kind: 'table', table: base }, score: 0.5 }]);
  }
  return [...byEnd].map(([end, candidates]) => ({
    start: at,
    end,
    candidates: thingsFirst(first, candidates).toSorted((a, b) => b.score - a.score),
  }));
}

/** Whether a small word names something all the same. */
function isMeant(tokens: readonly Token[], at: number, first: Extract<Token, { t: 'word' }>, target: Target): boolean {
  const textAt = (i: number): string => (tokens[i] as { word?: string } | undefined)?.word ?? '';
  // "at more than 2 kg" beside a column `at`
  if (first.word === 'at' && /^(more|less|least|most|over|under|the|an?)$/.test(textAt(at + 1))) return false;
  // "in asia" beside a direction `in`: the word of that meaning stands beside the name of its column, or ends the phrase.
  if (target.kind === 'value' && /^(in|on|at|by|to|from|of)$/.test(first.raw)) {
    const next = tokens[at + 1];
    const before = stemOf(textAt(at - 1));
    return target.ref.words.some((w) => stemOf(w) === before) || next?.t !== 'word' || /^(and|or|per|by|only)$/.test(next.word);
  }
  if (first.raw.replace(/(?<=^[A-Z]{2,})s$/, '').toLowerCase() === nameOf(target).toLowerCase()) return true;
  // "hit ratio of gets", "gets per set": several of a value that is a small word besides.
  if (target.kind === 'value' && first.raw === `${target.value}s`)
    return at === 0 ? /^(per|by|vs)$/.test(textAt(1)) : /^(of|for|per|in|all|number|between)$/.test(textAt(at - 1));
  // "return rate" of a status `returned`
  if (target.kind === 'value') return /^(rate|rates|ratio|percentage|share)$/.test(textAt(at + 1));
  if (target.kind !== 'column') return false;
  const { ref } = target;
  // "hours by department" of hours_worked
  if (/^(hours|minutes|seconds|days)$/.test(first.word) && ref.words.includes(first.word)) return true;
  // "per track" of track_id: a thing, where it could be a verb elsewhere.
  const isNamed = ref.isId || (ref.kind === 'text' && /^(per|each|every|by|same)$/.test(textAt(at - 1)));
  return at > 0 && ref.words[0] === first.word && isNamed;
}

/** `business customers` of customer_kind = 'business': the noun belongs to the value, where nothing is called so by itself. */
function hasNoun(noun: Token | undefined, { target, score }: Entry, lexicon: Lexicon): boolean {
  if (target.kind !== 'value' || score <= 0.8 || noun?.t !== 'word' || noun.used !== undefined) return false;
  if (!target.ref.words.slice(0, -1).some((w) => stemOf(w) === noun.stem)) return false;
  return !(lexicon.byFirst.get(noun.stem) ?? []).some(
    ({ target: other, stems, score: own }) =>
      stems.length === 1 && own > 0.78 && (other.kind !== 'column' || other.ref.kind === 'boolean' || other.ref === target.ref),
  );
}

/** `agents` of a relation or a name, beside author = 'agent': several of them are things, one before a noun is a value. */
function thingsFirst({ raw }: { readonly raw: string }, candidates: readonly Candidate[]): readonly Candidate[] {
  const isThing = (c: Candidate): boolean =>
    (c.target.kind === 'table' || (c.target.kind === 'column' && c.target.ref.kind === 'text')) && c.score >= 0.8;
  if (!/[^s]s$/.test(raw) || !candidates.some(isThing)) return candidates;
  const isRows = candidates.some((c) => c.target.kind === 'table' && c.score > 0.85);
  // "claims" are rows and not what was claimed.
  const isDone = ({ target }: Candidate): boolean =>
    isRows && target.kind === 'column' && target.ref.words.some((w) => /ed$/.test(w)) && !target.ref.words.includes(raw);
  // "runs" are rows and not how long they ran, which is run_ms.
  const isHowLong = ({ target }: Candidate): boolean =>
    candidates.some((c) => c.target.kind === 'table') &&
    target.kind === 'column' &&
    target.ref.words.length === 2 &&
    /^(?:ms|s|min|h)$/.test(target.ref.unit ?? '') &&
    !target.ref.words.includes(raw.toLowerCase());
  return candidates.filter(
    (c) =>
      !isDone(c) && !isHowLong(c) && (c.target.kind !== 'value' || String(c.target.value).toLowerCase() !== raw.slice(0, -1).toLowerCase()),
  );
}

/** `delay … at arrival` of dep_delay and arr_delay: another word of the name, said elsewhere. */
function contextOf(tokens: readonly Token[], at: number, end: number, { target }: Entry): number {
  if (target.kind !== 'column') return 0;
  const own = new Set(tokens.slice(at, end).flatMap((t) => (t.t === 'word' ? [t.stem] : [])));
  const rest = target.ref.words.filter((w) => !isUnitWord(w) && w.length > 2 && !own.has(stemOf(w)) && !own.has(stemOf(longForm(w) ?? w)));
  const said = (w: string): boolean =>
    tokens.some(
      (t, i) =>
        (i < at || i >= end) && t.t === 'word' && (t.stem === stemOf(w) || t.alt === stemOf(w) || t.stem === stemOf(longForm(w) ?? w)),
    );
  return rest.some(said) ? 0.07 : 0;
}

/** Words for rows of whatever is asked. */
export const ROWS = /^(readings?|measurements?|records?|events?|entry|entries|observations?|samples?|rows?|items?)$/;

/** `power factor` for a column called pf. */
function initialsAt(tokens: readonly Token[], at: number, lexicon: Lexicon): readonly Entry[] | undefined {
  if (lexicon.initials.size === 0) return undefined;
  let letters = '';
  for (let i = at; i < at + 4; i++) {
    const token = tokens[i];
    if (token?.t !== 'word' || token.used !== undefined || token.word.length < 3 || isStopWord(token.word)) return undefined;
    letters += token.word[0];
    const found = letters.length > 1 ? lexicon.initials.get(letters) : undefined;
    if (found) return found;
  }
  return undefined;
}

const nameOf = (target: Target): string =>
  target.kind === 'table'
    ? target.table
    : target.kind === 'term'
      ? target.name
      : target.kind === 'column'
        ? target.ref.name
        : String(target.value);

function endOf(tokens: readonly Token[], at: number, entry: Entry): number | undefined {
  let end = at;
  for (const wanted of entry.stems) {
    let token = tokens[end];
    // Small words may stand between the words of a name: "add to cart", "time of flight".
    if (token?.t === 'mark' && token.word === '-' && end > at) token = tokens[++end];
    const isFlag = entry.target.kind === 'column' && entry.target.ref.kind === 'boolean' && end > at;
    if (isFlag && token?.t === 'word' && /^(is|are|was|were)$/.test(token.word)) token = tokens[++end];
    if (token?.t !== 'word' || token.used !== undefined || token.word === 'grouped' || (token.stem !== wanted && token.alt !== wanted))
      return undefined;
    end++;
  }
  return end;
}

/** Best cover of the words by what the schemas know, seen from one relation. */
export function linkFrom(tokens: readonly Token[], lexicon: Lexicon, base: string, isAlone = false): { links: Link[]; score: number } {
  const hops = isAlone ? new Map<string, readonly JoinEdge[]>([[base, []]]) : reachable(lexicon, base);
  const best: { score: number; link: Link | undefined; next: number }[] = Array.from({ length: tokens.length + 1 }, () => ({
    score: 0,
    link: undefined,
    next: 0,
  }));
  for (let at = tokens.length - 1; at >= 0; at--) {
    let choice: { score: number; link: Link | undefined; next: number } = {
      score: best[at + 1]?.score ?? 0,
      link: undefined,
      next: at + 1,
    };
    for (const link of candidatesAt(tokens, at, lexicon, hops)) {
      const top = link.candidates[0]?.score ?? 0;
      const length = link.end - link.start;
      const score = top * length + 0.2 * (length - 1) + (best[link.end]?.score ?? 0);
      if (score > choice.score) choice = { score, link, next: link.end };
    }
    best[at] = choice;
  }
  const links: Link[] = [];
  for (let at = 0; at < tokens.length; ) {
    const step = best[at];
    if (!step) break;
    if (step.link) links.push(step.link);
    at = Math.max(step.next, at + 1);
  }
  return { links, score: best[0]?.score ?? 0 };
}

export interface BaseChoice {
  readonly table: string;
  readonly links: readonly Link[];
  /** Seen without the relations that join it. */
  readonly isAlone: boolean;
  readonly score: number;
}

/** Relations ranked by how well a question fits them. */
export function rankBases(tokens: readonly Token[], lexicon: Lexicon): BaseChoice[] {
  const hasStreams = lexicon.tables.some((t) => !t.isTable);
  const choices = lexicon.tables.map((facts) => {
    // What happens is asked of streams; tables describe. A table is asked only where it explains the question by itself.
    const isAlone = facts.isTable && hasStreams;
    const { links, score } = linkFrom(tokens, lexicon, facts.name, isAlone);
    let bonus = 0;
    let seen = 0;
    for (const link of links) {
      const named = link.candidates.find((c) => c.target.kind === 'table' && c.target.table === facts.name);
      if (named) bonus = Math.max(bonus, (0.9 - 0.1 * Math.min(seen, 4)) * named.score);
      if (link.candidates.some((c) => c.target.kind === 'table' && c.score > 0.6)) seen++;
    }
    const hasWindow = tokens.some((t) => t.used === 'window' || t.used === 'session');
    const kind = facts.isTable && hasStreams ? (hasWindow ? -2.5 : -1) : figureHint(tokens, facts);
    const isRows = facts.isTable && hasStreams && tokens.some((t) => t.t === 'word' && ROWS.test(t.word)) ? -1 : 0;
    return { table: facts.name, links, isAlone, score: score + bonus + kind + isRows };
  });
  return choices.toSorted((a, b) => b.score - a.score);
}

/** Errors are asked of a relation that tells them, a spread of one with bid and ask. */
function figureHint(tokens: readonly Token[], facts: TableFacts): number {
  const has = (pattern: RegExp): boolean => facts.columns.some((c) => c.kind === 'number' && c.words.some((w) => pattern.test(w)));
  const says = (pattern: RegExp): boolean => tokens.some((t) => t.t === 'word' && pattern.test(t.word));
  if (says(/^server$/) && says(/^errors?$/) && has(/^status$/)) return 1;
  if (says(/^(revenue|sales|turnover|spend|spent|spending|earnings|takings)$/)) return facts.columns.some((c) => c.isMoney) ? 0.9 : 0;
  if (says(/^spreads?$/) && has(/^bid$/) && has(/^(ask|offer)$/)) return 1;
  if (says(/^vwap$/) && has(/^(price|px)$/) && has(/^(quantity|qty|volume|size)$/)) return 1;
  const word = tokens.find((t) => t.t === 'word' && (/^[2-5]xx$/.test(t.word) || /^(error|fail)/.test(t.stem)));
  if (word?.t !== 'word') return 0;
  const hasCode = facts.columns.some((c) => c.kind === 'number' && c.words.includes('status'));
  if (/xx$/.test(word.word)) return hasCode ? 1 : 0;
  return errorsIn(facts) ? 0.3 : 0;
}
