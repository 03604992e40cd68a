import type { NlToSqlRequest } from '@velostream/core/protocol/assist';
import { type ColumnRef, isMeasure, isUnitWord } from './column-facts.ts';
import { type Entry, type Lexicon, lexiconOf, type TableFacts } from './lexicon.ts';
import { wordIn } from './pattern.ts';
import { splitName, stem } from './stem.ts';
import { TIME_UNITS, type Token, tokenise } from './token.ts';
import { measuredIn, toldFacts } from './told-facts.ts';
import { aggregateOf, isStopWord } from './vocabulary.ts';

/**
 * What a run of words is in a sentence about one relation: `M` a number that is measured, `K` a text that tells things apart, `R` a row, `V` a
 * value or a flag, `D` a length of time, `U` one unit of time, `N` a whole number, `Q` an amount with a unit, `X` a name, `F` of another relation.
 */
export type Sort = 'M' | 'K' | 'R' | 'V' | 'D' | 'U' | 'N' | 'Q' | 'X' | 'F';

export interface Part {
  readonly sort: Sort;
  /** As it was said. */
  readonly said: string;
  readonly ref?: ColumnRef;
  /** A number as it is, a time in milliseconds. */
  readonly value?: number;
}

/** A sentence with its names replaced by their sorts: `change of M0 from one R1 to the next per K2`. */
export interface Shape {
  readonly text: string;
  readonly parts: readonly Part[];
  readonly base: TableFacts;
}

const ROW_WORDS =
  /^(?:rows?|records?|readings?|entry|entries|events?|samples?|measurements?|observations?|values?|figures?|points?|ticks?|items?)$/;
const SURE = 0.66;

interface Named {
  readonly entries: readonly Entry[];
  readonly length: number;
}

/** The longest names that begin at a token, best first. */
function namesAt(tokens: readonly Token[], at: number, lexicon: Lexicon, prompt: string): Named | undefined {
  const first = tokens[at];
  if (first?.t !== 'word' || first.word.length < 2) return undefined;
  // `ch4_pct` is one word, because it holds a digit.
  const exact = /\d/.test(first.raw) ? lexicon.tables.flatMap((t) => t.columns.filter((c) => c.name === first.raw)) : [];
  if (exact.length > 0)
    return { entries: exact.map((ref): Entry => ({ target: { kind: 'column', ref }, stems: [first.stem], score: 1 })), length: 1 };
  const fit = (lexicon.byFirst.get(first.stem) ?? []).filter(
    (e) =>
      e.score >= SURE &&
      first.word !== 'money' &&
      !(e.target.kind === 'column' && e.target.ref.kind === 'time') &&
      isWritten(first.word, e) &&
      e.stems.every((s, i) => {
        const token = tokens[at + i];
        // "each loom's ticks": two names, even where a relation is called so.
        const isOwner = i > 0 && /['’]/.test(prompt.slice(tokens[at + i - 1]?.end, token?.start));
        return token?.t === 'word' && token.stem === s && !isOwner;
      }),
  );
  const length = Math.max(0, ...fit.map((e) => e.stems.length));
  const entries = fit.filter((e) => e.stems.length === length).toSorted((a, b) => b.score - a.score);
  const lead = tokens[at - 1];
  const isGroup = lead?.t === 'word' && /^(?:per|by|each|every)$/.test(lead.word);
  const isSmall = length === 1 && isStopWord(first.word) && (entries[0]?.score ?? 0) < (isGroup ? 0.75 : 0.9);
  // "in session windows" beside a direction `in`: the word of that meaning ends its phrase.
  const next = tokens[at + 1];
  const isPlace =
    length === 1 &&
    entries[0]?.target.kind === 'value' &&
    /^(?:in|on|at|by|to|from|of)$/.test(first.raw) &&
    next !== undefined &&
    next.t !== 'mark' &&
    !(next.t === 'word' && /^(?:and|or|per|by|only)$/.test(next.word));
  return length > 0 && !isSmall && !isPlace ? { entries, length } : undefined;
}

/** `how far` beside fares: a short word is a name only where it is written so. */
const isWritten = (word: string, { target }: Entry): boolean =>
  word.length > 3 ||
  /\d/.test(word) ||
  target.kind === 'term' ||
  (target.kind === 'table' ? splitName(target.table) : [target.ref.name.toLowerCase(), ...target.ref.words, ...valueWords(target)]).some(
    (w) => w === word || w === `${word}s`,
  );
const valueWords = (target: Entry['target']): readonly string[] => (target.kind === 'value' ? splitName(String(target.value)) : []);

const tableOf = ({ target }: Entry): string => (target.kind === 'table' ? target.table : target.kind === 'term' ? '' : target.ref.table);

/** The stream that a sentence says most names of. */
function baseOf(names: readonly (Named | undefined)[], lexicon: Lexicon): TableFacts | undefined {
  const sums = new Map<string, number>();
  for (const name of names) {
    const best = new Map<string, number>();
    for (const e of name?.entries ?? []) best.set(tableOf(e), Math.max(best.get(tableOf(e)) ?? 0, e.score * (name?.length ?? 1)));
    for (const [table, score] of best) sums.set(table, (sums.get(table) ?? 0) + score);
  }
  return lexicon.tables.filter((t) => !t.isTable).toSorted((a, b) => (sums.get(b.name) ?? 0) - (sums.get(a.name) ?? 0))[0];
}

function sortOf(entry: Entry, base: TableFacts): Sort | undefined {
  const { target } = entry;
  if (target.kind === 'term') return undefined;
  if (target.kind === 'table') return target.table === base.name ? 'R' : undefined;
  if (target.ref.table !== base.name) return 'F';
  if (target.kind === 'value' || target.ref.kind === 'boolean') return 'V';
  if (isMeasure(target.ref)) return 'M';
  return target.ref.kind === 'time' ? undefined : 'K';
}

/** `total tip`: a word of aggregates before a number is no name of its own. */
function isAggregate(tokens: readonly Token[], at: number, names: readonly (Named | undefined)[], base: TableFacts): boolean {
  const token = tokens[at];
  if (token?.t !== 'word' || aggregateOf(token.word) === undefined) return false;
  let next = at + 1;
  for (let word = tokens[next]; word?.t === 'word' && /^(?:of|the|a)$/.test(word.word); word = tokens[next]) next++;
  return names[next]?.entries.some((e) => sortOf(e, base) === 'M') === true;
}

/** `lowest total per shop` of total_eur: what is told of nothing else is the one number that is called so. */
function totalAt(tokens: readonly Token[], at: number, names: readonly (Named | undefined)[], base: TableFacts): Named | undefined {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (token?.t !== 'word' || !/^(?:total|value|amount|count)$/.test(token.word) || names[at + 1] || wordIn(tokens, at - 1) === 'in')
    return undefined;
  if (next?.t === 'word' && /^(?:of|number|amount|for|up)$/.test(next.word)) return undefined;
  const own = base.columns.filter((c) => isMeasure(c) && c.words[0] === token.word && c.words.slice(1).every(isUnitWord));
  const [ref] = own;
  return own.length === 1 ? single(ref) : undefined;
}

const single = (ref: ColumnRef | undefined, length = 1): Named | undefined =>
  ref && { entries: [{ target: { kind: 'column', ref }, stems: [], score: 0.8 }], length };

interface Said {
  readonly tokens: readonly Token[];
  readonly names: readonly (Named | undefined)[];
  readonly schemas: NlToSqlRequest['schemas'];
}

/** `kilos`, `cubic metres`, `exposure time`: the one number that is measured so. */
function measuredAt({ tokens, names, schemas }: Said, at: number, base: TableFacts): Named | undefined {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (token?.t !== 'word' || tokens[at - 1]?.t === 'number') return undefined;
  if (/^(?:time|duration|length)$/.test(token.word)) {
    if (!names[at - 1] && aggregateOf(wordIn(tokens, at - 1)) === undefined) return undefined;
    const spans = base.columns.filter((c) => isMeasure(c) && /^(?:ms|s|min|h|d)$/.test(c.unit ?? ''));
    return spans.length === 1 ? single(spans[0]) : undefined;
  }
  const isCubic = /^(?:cubic|square)$/.test(token.word) && next?.t === 'word' && /^met(?:er|re)s$/.test(next.word);
  if (!isCubic && !/[a-z]{3}s$/.test(token.word)) return undefined;
  const column = measuredIn(toldFacts(schemas), isCubic ? (token.word === 'cubic' ? 'm3' : 'sqm') : token.word, base.name);
  return single(
    base.columns.find((c) => c.name === column?.name),
    isCubic ? 2 : 1,
  );
}

/** `who groomed each slope last` of groomer: those who did it. */
function doerAt(tokens: readonly Token[], at: number, base: TableFacts): Named | undefined {
  const token = tokens[at];
  const lead = tokens[at - 1];
  if (token?.t !== 'word' || !/[a-z]{2}ed$/.test(token.word) || lead?.t !== 'word' || !/^(?:who|has|have|had)$/.test(lead.word))
    return undefined;
  if (!tokens.some((t) => t.t === 'word' && t.word === 'who')) return undefined;
  const doers = base.columns.filter(
    (c) => c.kind === 'text' && c.words.some((w) => /(?:er|or)$/.test(w) && stem(w.slice(0, -2)) === token.stem),
  );
  return doers.length === 1 ? single(doers[0]) : undefined;
}

/** `every hour` beside a value that holds the word. */
function isTimeUnit(tokens: readonly Token[], at: number, name: Named | undefined): boolean {
  const token = tokens[at];
  const lead = tokens[at - 1];
  return (
    token?.t === 'word' &&
    Object.hasOwn(TIME_UNITS, token.word) &&
    lead?.t === 'word' &&
    /^(?:every|each|per|an?|last|past|previous)$/.test(lead.word) &&
    name?.length === 1
  );
}

function plainPart(token: Token, said: string): Part | undefined {
  if (token.t === 'duration') return { sort: 'D', said, value: token.ms };
  if (token.t === 'number')
    return Number.isInteger(token.value) && token.unit === undefined ? { sort: 'N', said, value: token.value } : { sort: 'Q', said };
  if (token.t === 'text' || token.t === 'date') return { sort: 'X', said };
  if (token.t === 'word' && token.word.length > 2 && !token.word.endsWith('s') && Object.hasOwn(TIME_UNITS, token.word))
    return { sort: 'U', said, value: TIME_UNITS[token.word] ?? 0 };
  return isRowWord(token) ? { sort: 'R', said } : undefined;
}

/** `no event for an hour`, `of the latest event`: a row, where `event` alone is a column. */
const isOneRow = (tokens: readonly Token[], at: number): boolean => {
  const word = (i: number): string => wordIn(tokens, i);
  if (/^(?:no|without|any|new|further)$/.test(word(at - 1))) return true;
  return (
    /^(?:latest|last|newest|recent|final|first)$/.test(word(at - 1)) &&
    /^(?:of|at|on|in|from)$/.test(word(at - 3).replace('most', word(at - 4)))
  );
};

const isRowWord = (token: Token): boolean => token.t === 'word' && ROW_WORDS.test(token.word);

/** `the previous note` of noted_at, `the scrape before`: a row is called as what is done when it comes. */
const isMoment = (tokens: readonly Token[], at: number, { columns, eventTime }: TableFacts): boolean => {
  const token = tokens[at];
  const isBeside = /^(?:previous|preceding|prior|last|latest|next|following|consecutive|successive|each|every)$/.test(
    wordIn(tokens, at - 1),
  );
  if (token?.t !== 'word' || !(isBeside || /^(?:before|after|ago)$/.test(wordIn(tokens, at + 1)))) return false;
  const time = columns.find((c) => c.name === eventTime)?.words[0] ?? '';
  return /ed$/.test(time) && [token.stem, token.word].some((w) => w === stem(time) || `${w}d` === time || `${w}ed` === time);
};

/** The sentence by the sorts of its parts; `undefined` where nothing of it is known. */
export function shapeOf(prompt: string, schemas: NlToSqlRequest['schemas']): Shape | undefined {
  const lexicon = lexiconOf(schemas);
  const tokens = tokenise(prompt);
  const names = tokens.map((_, i) => namesAt(tokens, i, lexicon, prompt));
  const base = baseOf(names, lexicon);
  if (!base) return undefined;
  const parts: Part[] = [];
  const words: string[] = [];
  const hasNumber = names.some((n) => n?.entries.some((e) => sortOf(e, base) === 'M'));
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at] as Token;
    const name =
      isAggregate(tokens, at, names, base) || isTimeUnit(tokens, at, names[at])
        ? undefined
        : (names[at] ?? totalAt(tokens, at, names, base) ?? measuredAt({ tokens, names, schemas }, at, base) ?? doerAt(tokens, at, base));
    const own = name?.entries.filter((e) => tableOf(e) === base.name) ?? [];
    const entry = own[0] ?? name?.entries[0];
    const named = entry && sortOf(entry, base);
    // "events" beside a column of that name: the rows, where a number is told of them.
    const isRow = named === 'K' && isRowWord(token) && (hasNumber || /s$/.test(token.raw) || isOneRow(tokens, at));
    const sort = isRow ? 'R' : named;
    const end = sort ? at + (name?.length ?? 1) : at + 1;
    const said = prompt.slice(token.start, (tokens[end - 1] as Token).end);
    const part: Part | undefined =
      sort && entry
        ? { sort, said, ...(entry.target.kind === 'column' || entry.target.kind === 'value' ? { ref: entry.target.ref } : {}) }
        : (plainPart(token, said) ??
          (isMoment(tokens, at, base) ? { sort: 'R', said } : isName(tokens, at) ? { sort: 'X', said } : undefined));
    const before = tokens[at - 1];
    if (before && /[.!]/.test(prompt.slice(before.end, token.start))) words.push('.');
    const last = words.at(-1);
    // "log entry" of digester_log: one row.
    if (part?.sort === 'R' && last !== undefined && /^R\d+$/.test(last))
      parts[parts.length - 1] = { sort: 'R', said: `${parts.at(-1)?.said} ${said}` };
    else if (part) words.push(`${part.sort}${parts.push(part) - 1}`);
    else words.push('word' in token ? token.word : said);
    at = end;
    // The further parts of one written name.
    while (tokens[at]?.start === token.start && at < tokens.length) at++;
  }
  return { text: words.join(' '), parts, base };
}

const isName = (tokens: readonly Token[], at: number): boolean => {
  const token = tokens[at];
  return token?.t === 'word' && at > 0 && /^(?:[A-Z][a-z]+|[A-Z]{2,}|.*\d.*)$/.test(token.raw) && !isStopWord(token.word);
};
