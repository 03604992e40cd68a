import { type ColumnRef, isUnitWord } from './column-facts.ts';
import { correctTyping } from './correct-typing.ts';
import type { Lexicon } from './lexicon.ts';
import { type Link, linkFrom } from './link.ts';
import { ORDINALS } from './ordinals.ts';
import type { SqlItem, SqlParts } from './sql-parts.ts';
import { splitName, stem } from './stem.ts';
import { TIME_UNITS, type Token, tokenise, VALUE_UNITS } from './token.ts';
import { aggregateOf } from './vocabulary.ts';

/** What a column is to the query before: one of its groups, what it measures, what its rows are chosen by, or nothing yet. */
export type Role = 'key' | 'figure' | 'chosen' | 'new';

export interface ColumnSlot {
  readonly ref: ColumnRef;
  readonly role: Role;
}

export interface ValueSlot {
  readonly ref: ColumnRef;
  readonly value: string | number;
  /** Whether the query before keeps these rows alone, or all but them. */
  readonly held?: 'kept' | 'out';
}

/** A change in words with what it names put aside: `put V0 back`, `by C0 instead of C1`. */
export interface Slots {
  readonly text: string;
  readonly columns: readonly ColumnSlot[];
  readonly values: readonly ValueSlot[];
  /** Aggregates by their names, percentiles as `p95`. */
  readonly functions: readonly string[];
  /** Names that no schema has, as they were written: `AAPL`. */
  readonly names: readonly string[];
  /** Figures of the query before, by what it calls them. */
  readonly figures: readonly SqlItem[];
  /** Which end a superlative means: `busiest`, `least`. */
  readonly end?: 'high' | 'low';
  readonly numbers: readonly { readonly value: number; readonly unit?: string }[];
  readonly spans: readonly number[];
}

export interface Known {
  readonly parts: SqlParts;
  readonly lexicon: Lexicon;
}

const lastName = (sql: string): string => sql.split('.').at(-1)?.replaceAll('`', '') ?? sql;
const nameIn = (sql: string): string => lastName(/^[\w.`]+/.exec(sql)?.[0] ?? '');
export const speaksOf = (sql: string, name: string): boolean => (sql.match(/[\w.]+/g) ?? []).some((w) => lastName(w) === name);

function roleOf({ parts }: Known, { name }: ColumnRef): Role {
  if (parts.groupBy.some((g) => lastName(g) === name)) return 'key';
  if (parts.items.some((i) => i.isAggregate && speaksOf(i.sql, name))) return 'figure';
  return parts.where.some((w) => speaksOf(w, name)) ? 'chosen' : 'new';
}

const literal = (value: string | number): string => (typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`);

/** Whether a condition keeps a value, or leaves it out. */
export function heldBy(where: string, name: string, value: string | number): 'kept' | 'out' | undefined {
  if (nameIn(where) !== name || !where.includes(literal(value))) return undefined;
  if (/^[\w.`]+\s*(?:=|IN\b)/i.test(where)) return 'kept';
  return /^[\w.`]+\s*(?:!=|<>|NOT IN\b)/i.test(where) ? 'out' : undefined;
}

/** Values that the query before names, though no sample of the schema has them. */
function writtenValues({ parts, lexicon }: Known): ValueSlot[] {
  const columns = lexicon.table(parts.base)?.columns ?? [];
  return parts.where.flatMap((where) => {
    const ref = columns.find((c) => c.name === nameIn(where));
    return ref === undefined
      ? []
      : [...where.matchAll(/'((?:[^']|'')+)'/g)].map((m) => ({ ref, value: (m[1] ?? '').replaceAll("''", "'") }));
  });
}

const isUnit = (word: string): boolean =>
  word !== 'in' && (isUnitWord(word) || Object.hasOwn(VALUE_UNITS, word) || /^(?:kilos?|m\d|percent)$/.test(word));

const ADVERBS: Readonly<Record<string, number>> = { minutely: 60_000, hourly: 3_600_000, daily: 86_400_000, weekly: 604_800_000 };

const FIGURES = /^(?:AVG|SUM|MAX|MIN|MEDIAN|STDDEV|VARIANCE)$/;
/** Words that add up where something is named behind them, and speak of everything where nothing is. */
const TOTALS = /^(?:overall|combined|cumulative|aggregate|worst|best)$/;

const LITTLE =
  /^(?:least|fewest|lowest|smallest|shortest|quietest|calmest|rarest|cheapest|lightest|coldest|coolest|weakest|youngest|driest|emptiest|slightest|poorest|bottom|thinnest|nearest|darkest|dimmest|narrowest|cleanest|fastest|quickest)$/;
const NO_END = /^(?:latest|newest|earliest|oldest|interest|rest|test|request|honest|modest|west|forest|harvest|guest|nest|chest)$/;
const endOf = (word: string): 'high' | 'low' | undefined =>
  LITTLE.test(word)
    ? 'low'
    : !NO_END.test(word) && /^(?:most|top|best|worst|leading|leaders?|winners?|[a-z]{3,}est)$/.test(word)
      ? 'high'
      : undefined;

/** Words that only point at what was named: "those" are no articles of a shop. */
const POINTS = /^(?:those|them|these|they|ones?|it|this|that|there|here|anything|everything|anyone|everyone|something)$/;
const PRONOUNS = /^(?:I|I'?m|I'?d|OK|PLEASE|VIP)$/;

/** What one word spells out: `priority` of prio, `temperature` of temp. */
const spells = (word: string, name: string): boolean =>
  stem(word) === stem(name) || (name.length > 2 && word.length > name.length + 1 && word.startsWith(name));

/** The column that a word alone stands for: a longer form of one of its words, or "ok" of probe_ok beside the rows, which are probes. */
function shortened(word: string, columns: readonly ColumnRef[], rowWord: string): ColumnRef | undefined {
  const isRest = (c: ColumnRef): boolean =>
    c.kind === 'boolean' && c.words.length === 2 && c.words[1] === word && stem(c.words[0] ?? '') === rowWord;
  const found = columns.filter((c) => isRest(c) || c.words.some((w) => stem(w) !== stem(word) && spells(word, w)));
  return found.length === 1 ? found[0] : undefined;
}

/** The figure of the query before that is called so. */
function figureCalled(word: string, { parts }: Known): SqlItem | undefined {
  const found = parts.items.filter((i) => i.isAggregate && splitName(i.alias ?? '').some((w) => w.length > 1 && spells(word, w)));
  return found.length === 1 ? found[0] : undefined;
}

/** A unit of time that stands alone: `per day`, `weeks`. */
function unitAlone(word: string, before: string): number | undefined {
  if (!/^(?:second|minute|hour|day|week)s?$/.test(word) || /^(?:last|past|next|this|previous|same)$/.test(before)) return undefined;
  return word === 'second' && !/^(?:one|per|each|every)$/.test(before) ? undefined : TIME_UNITS[word];
}

const expanded = (said: string, isNumbered: (noun: string) => boolean): string =>
  said
    .replace(/\b(need|must|shall|do|does|is|are|was|were|should|would|did)n['’]?t\b/gi, '$1 not')
    .replace(/\bcannot\b/gi, 'can not')
    .replace(/\b(i|we|they|it|that|let|you|he|she)['’](?:d|s|ll|m|re|ve)\b/gi, '$1')
    .replace(/\b(?:(\d\d)(?:st|nd|rd|th)) percentile\b/gi, 'p$1')
    // "the second half" of a number: half 2.
    .replace(/\b(first|second|third|fourth|\d(?:st|nd|rd|th)) ([a-z]+)\b/gi, (all: string, which: string, noun: string) =>
      isNumbered(noun) ? `${noun} ${Number.parseInt(which, 10) || ORDINALS.indexOf(which.toLowerCase()) + 1}` : all,
    )
    .replace(
      /\b(one|two|three|four|five|six|eight|twelve)-(hour|dai|week|minute)ly\b/gi,
      (_all, n: string, unit: string) => `${n} ${unit.replace(/dai/i, 'day')}`,
    );

/** Reads a change word by word, and puts aside what each of them names. */
class SlotReader {
  readonly out: string[] = [];
  readonly columns: ColumnSlot[] = [];
  readonly values: ValueSlot[] = [];
  readonly functions: string[] = [];
  readonly numbers: { value: number; unit?: string }[] = [];
  readonly spans: number[] = [];
  readonly names: string[] = [];
  readonly figures: SqlItem[] = [];
  end: 'high' | 'low' | undefined;
  readonly #tokens: readonly Token[];
  readonly #known: Known;
  readonly #links: readonly Link[];
  readonly #written: readonly ValueSlot[];
  readonly #ofBase: readonly ColumnRef[];
  readonly #rowWord: string;

  constructor(tokens: readonly Token[], known: Known) {
    this.#tokens = tokens;
    this.#known = known;
    this.#links = linkFrom(tokens, known.lexicon, known.parts.base).links;
    this.#written = writtenValues(known);
    this.#ofBase = known.lexicon.table(known.parts.base)?.columns ?? [];
    this.#rowWord = stem(splitName(known.parts.base).at(-1) ?? '');
  }

  /** What a token is; how many of them are read. */
  read(at: number, token: Token): number {
    if (/^once$/i.test(token.raw)) {
      this.out.push('once');
      // "only once" is one time to those who count.
      return token.t === 'number' ? 2 : 1;
    }
    const [of] = this.columns.slice(-1);
    // "half 2", "priority 1": the number of one of them.
    if (
      token.t === 'number' &&
      of?.ref.kind === 'number' &&
      of.role !== 'figure' &&
      this.out.at(-1) === `C${this.columns.length - 1}` &&
      !this.#isBound(at + 1)
    )
      return this.#value(of.ref, token.value);
    if (token.t === 'duration') this.#put('T', this.spans, token.ms);
    else if (token.t === 'number')
      this.#put('N', this.numbers, { value: token.value, ...(token.unit === undefined ? {} : { unit: token.unit }) });
    else return this.#readWord(at, token);
    return 1;
  }

  #put<T>(letter: string, list: T[], item: T): void {
    this.out.push(`${letter}${list.length}`);
    list.push(item);
  }

  #value(ref: ColumnRef, value: string | number): number {
    const held = this.#known.parts.where.map((w) => heldBy(w, ref.name, value)).find((h) => h !== undefined);
    this.#put('V', this.values, { ref, value, ...(held === undefined ? {} : { held }) });
    return 1;
  }

  #column(ref: ColumnRef): void {
    this.#put('C', this.columns, { ref, role: roleOf(this.#known, ref) });
  }

  #figure(item: SqlItem): number {
    this.out.push('F');
    this.figures.push(item);
    return 1;
  }

  #wordAt(at: number): string {
    const token = this.#tokens[at];
    return token === undefined ? '' : 'word' in token ? token.word : token.raw.toLowerCase();
  }

  /** Whether a number is a bound by the words behind it: "4 or more". */
  #isBound(at: number): boolean {
    return /^(?:or|and|to|-|up|\+)$/.test(this.#wordAt(at));
  }

  #readWord(at: number, token: Token): number {
    const before = this.out.at(-1) ?? '';
    const word = 'word' in token ? token.word : token.raw.toLowerCase();
    const own = this.#written.find((v) => token.t !== 'mark' && String(v.value).toLowerCase() === token.raw.toLowerCase());
    if (own) return this.#value(own.ref, own.value);
    // "window" is the clause, also where a system is called Windows.
    const isClause =
      word === 'window' || (word === 'windows' && /^(?:closed|completed?|finished|open|time)$/.test(before)) || POINTS.test(word);
    const link = isClause ? undefined : this.#links.find((l) => l.start === at);
    const target = link?.candidates.find(
      (c) => (c.target.kind === 'column' || c.target.kind === 'value') && c.target.ref.table === this.#known.parts.base,
    )?.target;
    const sample = isClause || link ? undefined : this.#ofBase.find((c) => c.schema.values?.some((v) => String(v) === token.raw));
    if (sample) return this.#value(sample, token.raw);
    const isRows = token.t === 'word' && (token.stem === this.#rowWord || /^(?:rows?|records?|entries|events?)$/.test(word));
    // "events count" of match_events, which has an event.
    const isCounted = isRows && (/^counts?$/.test(this.#wordAt(at + 1)) || (before === 'of' && this.out.at(-2) === 'number'));
    // What the query calls a figure, as it is written there.
    const called = this.#ofBase.some((c) => c.name.toLowerCase() === word)
      ? undefined
      : this.#known.parts.items.find((i) => i.isAggregate && i.alias?.toLowerCase() === word);
    if (called && !isRows) return this.#figure(called);
    // "milkings" of milkings, which also has a milking_id.
    const isPart = link !== undefined && link.end === at + 1 && target?.kind === 'column' && target.ref.words.length > 1;
    const fn = link ? undefined : /^p\d\d$/.test(word) ? word : (aggregateOf(word) ?? aggregateOf(word.replace(/s$/, '')));
    if (isRows && (target === undefined || isPart || isCounted || called)) this.out.push('R');
    else if (fn !== undefined && (FIGURES.test(fn) || fn === word) && !TOTALS.test(word)) {
      this.#put('A', this.functions, fn);
      this.end ??= endOf(word);
    } else if (link && target && (target.kind === 'column' || target.kind === 'value')) {
      // "staff passes" of pass_type, beside a pass_id.
      const beside = /^V\d$/.test(before) ? this.values.at(-1)?.ref : undefined;
      const isSame = beside?.words.some((w) => stem(w) === (token.t === 'word' ? token.stem : ''));
      if (target.kind === 'column') this.#column(isSame && beside ? beside : target.ref);
      else this.#value(target.ref, target.value);
      return link.end - at;
    } else if (token.t !== 'word' || isClause || link) this.out.push(word);
    else this.#readAlone(token, word, before);
    return 1;
  }

  /** A word that names nothing of the relation by itself. */
  #readAlone(token: Token, word: string, before: string): void {
    const figure = figureCalled(word, this.#known);
    const spelt = shortened(word, this.#ofBase, this.#rowWord);
    const ms = ADVERBS[word] ?? unitAlone(word, before);
    const superlative = before === 'at' ? undefined : endOf(word);
    const isName = /[A-Z\d]/.test(token.raw) && (token.start > 0 || /[A-Z].*[A-Z\d]/.test(token.raw)) && !PRONOUNS.test(token.raw);
    if (figure) this.#figure(figure);
    else if (spelt) this.#column(spelt);
    else if (ms !== undefined) this.#put('T', this.spans, ms);
    else if (superlative) {
      this.out.push(word === 'top' ? word : 'S');
      this.end ??= superlative;
    } else if (isName) {
      this.out.push('P');
      this.names.push(token.raw);
    } else if (!(/^N\d$/.test(before) && isUnit(word))) this.out.push(word);
  }
}

/** Words said in the place of names; what a sentence says besides is left as it is. */
export function slotsOf(said: string, known: Known): Slots {
  const columns = known.lexicon.table(known.parts.base)?.columns ?? [];
  const isNumbered = (noun: string): boolean => columns.some((c) => c.kind === 'number' && c.name.toLowerCase() === noun.toLowerCase());
  // "unrated" of a flag rated; what else might be a slip of the pen stays, as most words of a change name nothing.
  const tokens = tokenise(expanded(said, isNumbered)).flatMap((token) => {
    const split = correctTyping([token], known.lexicon).tokens;
    return split.length === 2 && split.some((t) => t.t === 'word' && t.word === 'not') ? split : [token];
  });
  const reader = new SlotReader(tokens, known);
  for (let at = 0; at < tokens.length; ) at += reader.read(at, tokens[at] as Token);
  const { out, values, functions, numbers, spans, names, figures, end } = reader;
  return {
    text: out.join(' '),
    columns: reader.columns,
    values,
    functions,
    numbers,
    spans,
    names,
    figures,
    ...(end === undefined ? {} : { end }),
  };
}
