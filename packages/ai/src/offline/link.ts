import { isUnitWord } from './column-facts.ts';
import { COMPARATOR_WORDS } from './comparators.ts';
import { type JoinEdge, reachable } from './join-path.ts';
import type { Entry, Lexicon, TableFacts, Target } from './lexicon.ts';
import { errorsIn } from './meaning.ts';
import { PERSONS } from './pick.ts';
import { rare } from './rare-kinds.ts';
import { editDistance, stem as stemOf } from './stem.ts';
import { longForm } from './synonyms.ts';
import type { Token } from './token.ts';
import { isKnownStem, isKnownWord, isStopWord, keywordList } from './vocabulary.ts';

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
  if (first.raw.replace(/(?<=^[A-Z]{2,})s$/, '').toLowerCase() === nameOf(target).toLowerCase()) return true;
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
  return candidates.filter(
    (c) => !isDone(c) && (c.target.kind !== 'value' || String(c.target.value).toLowerCase() !== raw.slice(0, -1).toLowerCase()),
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
const ROWS = /^(readings?|measurements?|records?|events?|entry|entries|observations?|samples?|rows?|items?)$/;

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

/** `unsigned`, `inactive`, `non-urgent`: "not" and the word that the schemas know. */
function splitNegation(token: Token, lexicon: Lexicon): Token[] {
  if (token.t !== 'word' || token.glued || lexicon.words.has(token.stem)) return [token];
  const opposite = rare.splitOpposite?.(token, lexicon);
  if (opposite) return [...opposite];
  const rest = /^(?:un|non|in|dis)([a-z]{4,})$/.exec(token.word)?.[1];
  if (rest === undefined || !lexicon.words.has(stemOf(rest)) || isKnownWord(token.word)) return [token];
  return [
    { ...token, word: 'not', stem: 'not' },
    { ...token, word: rest, stem: stemOf(rest), glued: true },
  ];
}

const keywords = new Map<string, { readonly word: string; readonly distance: number } | null>();
const KEPT_MAX = 2_000;

/** The word of our own vocabulary that is nearest; kept, because the vocabulary never changes and people say the same words. */
function nearestKeyword(word: string, max: number): { readonly word: string; readonly distance: number } | undefined {
  const known = keywords.get(word);
  if (known !== undefined) return known ?? undefined;
  let best: { word: string; distance: number } | null = null;
  for (const candidate of keywordList()) {
    if (candidate.length < 4) continue;
    const distance = editDistance(word, candidate, best === null ? max : best.distance - 1);
    if (distance <= max && distance < (best?.distance ?? max + 1)) best = { word: candidate, distance };
    if (best?.distance === 1) break;
  }
  if (keywords.size >= KEPT_MAX) keywords.clear();
  keywords.set(word, best);
  return best ?? undefined;
}

/** Whether a short name is the long word cut down: its beginning, or its consonants in order. */
function isShortFor(short: string, word: string): boolean {
  if (short[0] !== word[0] || short.length < 3 || word.length < short.length + 2) return false;
  if (word.startsWith(short)) return true;
  if (/[aeiou]/.test(short.slice(1)) && !word.startsWith(short.slice(0, 3))) return false;
  let at = 0;
  for (const letter of word) if (letter === short[at]) at++;
  return at === short.length && short.length >= word.replace(/[aeiou]/g, '').length - 2;
}

/** Two words of one family: `clearance` and `cleared`, `completions` and `complete`. */
function isKin(a: string, b: string): boolean {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n++;
  return n >= 5 && n >= 0.6 * Math.min(a.length, b.length) && a.length - n <= 5 && b.length - n <= 5;
}

/** Name in the schemas that a word is a longer or derived form of. */
function alternativeOf(word: string, stem: string, lexicon: Lexicon): string | undefined {
  if (word.length < 4 || isStopWord(word) || lexicon.rawWords.has(word) || lexicon.rawStems.has(stem)) return undefined;
  if (/[^s]s$/.test(word) && lexicon.words.has(word.slice(0, -1)) && !lexicon.words.has(stem)) return word.slice(0, -1);
  for (const short of lexicon.shortWords) if (isShortFor(short, word)) return stemOf(short);
  if (lexicon.words.has(stem) || isKnownWord(word)) return undefined;
  if (!ROWS.test(word)) for (const raw of lexicon.rawWords) if (isKin(word, raw)) return stemOf(raw);
  return undefined;
}

/** `pH` of a column ph: what capitals part is one word where the schemas have it so. */
function mergeNames(tokens: readonly Token[], lexicon: Lexicon): readonly Token[] {
  return tokens.flatMap((token, i): Token[] => {
    if (token.t !== 'word') return [token];
    if (token.glued && tokens[i - 1]?.start === token.start) {
      const raw = token.raw.toLowerCase();
      return /^[a-z]+$/.test(raw) && lexicon.byFirst.has(stemOf(raw)) && !lexicon.words.has(token.stem) ? [] : [token];
    }
    const next = tokens[i + 1];
    const raw = token.raw.toLowerCase();
    const isSplit = next?.t === 'word' && next.glued && next.start === token.start && !lexicon.words.has(next.stem);
    return [isSplit && /^[a-z]+$/.test(raw) && lexicon.byFirst.has(stemOf(raw)) ? { ...token, word: raw, stem: stemOf(raw) } : token];
  });
}

const isSwapped = (a: string, b: string): boolean => [...a].toSorted().join() === [...b].toSorted().join();

/** Puts words right that nobody knows but that are one or two letters from one that is known. */
export function correctTyping(tokens: readonly Token[], lexicon: Lexicon): { tokens: Token[]; corrected: string[] } {
  const corrected: string[] = [];
  // "signed up" of signup_year
  const particle = (token: Token, next: Token | undefined): string | undefined => {
    const both = token.t === 'word' && next?.t === 'word' && /^(up|in|out|off|on|over)$/.test(next.word) ? `${token.stem}${next.word}` : '';
    return both.length > 4 && lexicon.rawWords.has(both) ? both : undefined;
  };
  const words = mergeNames(rare.liftBound?.(tokens, lexicon) ?? tokens, lexicon);
  const joined = words.flatMap((token, i) => {
    const both = particle(token, words[i + 1]);
    if (both !== undefined) return [{ ...token, word: both, stem: stemOf(both) } as Token];
    const last = words[i - 1];
    return last && particle(last, token) !== undefined ? [] : [token];
  });
  const out = joined
    .flatMap((token) => splitNegation(token, lexicon))
    .map((token) => {
      const long = token.t === 'word' && !lexicon.words.has(token.stem) && !isKnownWord(token.word) ? longForm(token.word) : undefined;
      const alt = token.t === 'word' && !token.glued ? alternativeOf(token.word, token.stem, lexicon) : undefined;
      if (token.t === 'word' && alt !== undefined && alt !== token.stem) return { ...token, alt };
      if (token.t === 'word' && long !== undefined && !long.includes(' ') && lexicon.words.has(stemOf(long)))
        return { ...token, word: long, stem: stemOf(long) };
      if (token.t !== 'word' || token.word.length < 4 || /\d/.test(token.word) || token.glued) return token;
      if (isKnownWord(token.word) || lexicon.words.has(token.stem) || isKnownStem(token.stem) || COMPARATOR_WORDS.has(token.word))
        return token;
      if (/[A-Z]/.test(token.raw.slice(1)) || (/^[A-Z]/.test(token.raw) && token.start > 0)) return token;
      const max = token.word.length >= 8 ? 2 : 1;
      let best: { word: string; distance: number } | undefined;
      const consider = (word: string): void => {
        if (word.length < 5 || word.includes(' ') || word[0] !== token.stem[0]) return;
        const distance = editDistance(token.stem, word, max);
        if (distance <= max && distance < (best?.distance ?? max + 1)) best = { word, distance };
      };
      for (const word of lexicon.rawWords) {
        if (word[0] !== token.word[0]) continue;
        // Another letter in a short word makes another word: "shoe" is no "shot".
        const distance =
          token.word.length < 6 && word.length === token.word.length && !isSwapped(token.word, word)
            ? 9
            : editDistance(token.word, word, max);
        if (distance <= max && distance < ((best as { distance: number } | undefined)?.distance ?? max + 1))
          best = { word: stemOf(word), distance };
      }
      if (!best) for (const word of lexicon.words) consider(word);
      // "rides" is no "rider": a plural is not put right into another word of its length.
      const fixed = best as { word: string; distance: number } | undefined;
      const isPlural =
        fixed !== undefined &&
        /[^s]s$/.test(token.word) &&
        fixed.word.length >= token.word.length &&
        !/s$/.test(fixed.word) &&
        fixed.word.slice(0, -1) === token.word.slice(0, -1);
      const fixedStem = isPlural ? undefined : fixed;
      const keyword = nearestKeyword(token.word, max);
      if (keyword && (!fixedStem || keyword.distance <= fixedStem.distance)) {
        corrected.push(`${token.raw} → ${keyword.word}`);
        return { ...token, word: keyword.word, stem: stemOf(keyword.word) };
      }
      if (fixedStem) {
        corrected.push(`${token.raw} → ${fixedStem.word}`);
        return { ...token, word: fixedStem.word, stem: fixedStem.word };
      }
      return token;
    });
  return { tokens: out, corrected };
}
