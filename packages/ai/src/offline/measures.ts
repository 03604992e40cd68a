import type { AggregateName } from '../ir/query-ir.ts';
import { type ColumnRef, isMeasure } from './column-facts.ts';
import { comparatorAt } from './comparators.ts';
import { columnOperand, type Filter, isAdditive, type Measure, type Operand, type Scan, wordAt } from './frame.ts';
import { adjectiveColumn, defaultMeasure, isDeed, meaningAt, revenueOf, rowName, rowNoun } from './meaning.ts';
import { operandName } from './name-measure.ts';
import { type NounPhrase, nounPhrase } from './noun-phrase.ts';
import { keepUses, matchAt, use } from './pattern.ts';
import { linkAt, PERSONS, pickColumn, pickNumber, pickTable, pickValue, referenceTo, useLink } from './pick.ts';
import { rare } from './rare-kinds.ts';
import { stem } from './stem.ts';
import { fitsUnit } from './units.ts';
import { aggregateOf, isKnownWord } from './vocabulary.ts';

interface Head {
  readonly fn: AggregateName;
  readonly fraction?: number;
  readonly word: string;
}

const WEAK = new Set([
  'last',
  'first',
  'current',
  'open',
  'close',
  'latest',
  'newest',
  'recent',
  'initial',
  'opening',
  'closing',
  'earliest',
  'aggregate',
  'overall',
  'typical',
  'combined',
  'peak',
  'fastest',
  'slowest',
  'best',
]);

/** An aggregate word, with what follows it where it takes several words. */
function headAt(scan: Scan, at: number): { head: Head; end: number } | undefined {
  const { tokens } = scan;
  const percentile = /^p(\d{2,3})$/.exec(wordAt(scan, at));
  if (percentile) return { head: { fn: 'PERCENTILE', fraction: fractionOf(percentile[1] ?? '50'), word: 'percentile' }, end: at + 1 };
  const said =
    matchAt(tokens, at, '#num th|st|nd|rd|- percentile|percentiles') ??
    matchAt(tokens, at, '#num percentile|percentiles') ??
    matchAt(tokens, at, 'percentile|p #num');
  const number = said?.slots[0];
  if (said && number?.t === 'number')
    return {
      head: { fn: 'PERCENTILE', fraction: number.value > 1 ? number.value / 100 : number.value, word: 'percentile' },
      end: said.end,
    };
  const newest = matchAt(tokens, at, 'most recent|current') ?? matchAt(tokens, at, 'last|latest known|reported|seen|recorded');
  if (newest && tokens.some((t) => 'word' in t && /^(per|each|every|by|of)$/.test(t.word)))
    return { head: { fn: 'LAST_VALUE', word: 'latest' }, end: newest.end };
  const spread = matchAt(tokens, at, 'standard|std deviation|dev') ?? matchAt(tokens, at, 'std');
  if (spread) return { head: { fn: 'STDDEV', word: 'stddev' }, end: spread.end };
  const many =
    matchAt(tokens, at, 'the? total|overall? number|count|tally|volume of') ??
    matchAt(tokens, at, 'how many') ??
    matchAt(tokens, at, 'count|counts|number|tally');
  if (many && !isColumnNamed(scan, at)) return { head: { fn: 'COUNT', word: 'count' }, end: many.end };
  const word = wordAt(scan, at);
  const fn = aggregateOf(word);
  const own = linkAt(scan, at);
  // "first reply time" of first_reply_min
  if (own && own.end > at + 1 && (pickNumber(own)?.score ?? 0) > 0.8 && WEAK.has(word)) return undefined;
  // "a max pulse over 190" of max_pulse
  if (own && own.end > at + 1 && pickNumber(own)?.ref.words[0] === word && comparatorAt(scan, own.end)) return undefined;
  const valued = pickValue(own);
  if (fn && own && valued && valued.score > 0.9 && !pickNumber(linkAt(scan, own.end))) return undefined;
  if (!fn) return undefined;
  return { head: { fn, word }, end: at + 1 };
}

const fractionOf = (digits: string): number => Number(digits) / (digits.length === 3 && digits !== '100' ? 1000 : 100);

/** `count`, `total` as the very name of a column, with nothing after it to aggregate. */
function isColumnNamed(scan: Scan, at: number): boolean {
  const link = linkAt(scan, at);
  const own = pickNumber(link);
  const token = scan.tokens[at];
  if (!link || !own || !token || own.ref.name.toLowerCase() !== token.raw.toLowerCase()) return false;
  const next = wordAt(scan, link.end);
  return next !== 'of' && !pickNumber(linkAt(scan, link.end)) && !pickTable(linkAt(scan, link.end));
}

/** Reads `average and max latency`, `number of failed logins`; adds the measures and gives the place behind them. */
export function readMeasure(scan: Scan, from: number): number | undefined {
  const { tokens, frame } = scan;
  const heads: Head[] = [];
  let at = from;
  for (;;) {
    const next = headAt(scan, at);
    if (!next || isColumnNamed(scan, at)) break;
    if (heads.length > 0 && next.head.fn === 'COUNT' && heads.some((h) => h.fn !== 'SUM' && h.fn !== 'AVG')) break;
    heads.push(next.head);
    at = next.end;
    const joined = matchAt(tokens, at, ',? and|&|or|plus|as? well? as? the?') ?? matchAt(tokens, at, ',|/ the?');
    if (joined && headAt(scan, joined.end) && !isColumnNamed(scan, joined.end)) at = joined.end;
    else if (!headAt(scan, at)) break;
  }
  if (heads.length === 0) return undefined;
  const collapsed = collapse(heads);
  const ofNumber = collapsed.length < heads.length && heads[0]?.fn === 'AVG' ? averageNumber(scan, skipOf(scan, at)) : false;
  // "average number of answers" of answer_count
  const combined = ofNumber ? heads.slice(0, -1) : collapsed;
  const isWeak = combined.every((h) => WEAK.has(h.word));
  const isCount = combined.every((h) => h.fn === 'COUNT');
  const before = frame.scores.length;
  const restore = keepUses(tokens, at);
  const phrase = nounPhrase(scan, skipOf(scan, at), isCount ? 'any' : 'number');
  const isEdge = combined.every((h) => h.fn === 'LAST_VALUE' || h.fn === 'FIRST_VALUE');
  let edge = isEdge && !phrase.operand ? edgeText(scan, skipOf(scan, at)) : undefined;
  // "first gift of every donor": by what it is worth.
  const principal =
    isEdge &&
    !phrase.operand &&
    phrase.table === scan.base.name &&
    phrase.filters.length === 0 &&
    /^(of|per|by|for)$/.test(wordAt(scan, phrase.end))
      ? revenueOf(scan.base)
      : undefined;
  if (principal) edge = { operand: principal, end: phrase.end };
  if (isWeak && !phrase.operand && !followsFigure(scan, from) && !edge) {
    restore();
    frame.scores.length = before;
    return undefined;
  }
  if (
    !isCount &&
    !edge &&
    !phrase.operand &&
    !phrase.found &&
    combined.every((h) => h.fn === 'SUM' || WEAK.has(h.word)) &&
    /^(total|totals|sum)$/.test(combined[0]?.word ?? '') === false
  ) {
    restore();
    frame.scores.length = before;
    return undefined;
  }
  const inUnit = phrase.operand && !isCount ? otherUnit(scan, phrase) : undefined;
  const figure = inUnit ?? edge ?? (isCount || phrase.operand ? undefined : knownOperand(scan, skipOf(scan, at)));
  const named = figure ? { ...phrase, operand: figure.operand, found: true, end: Math.max(figure.end, phrase.end) } : phrase;
  if (isCount && !phrase.found) askThing(scan, skipOf(scan, at));
  use(tokens, { start: from, end: at }, 'aggregate');
  frame.scores.push(0.97);
  for (const head of combined) addMeasure(scan, head, named, from);
  const last = frame.measures.at(-1);
  if (combined.length === 1 && last?.kind === 'aggregate' && last.fn === 'COUNT')
    return countsListed(scan, phrase.found ? phrase.end : at, from, phrase);
  return listedAfter(scan, combined, named.found ? named.end : at, from);
}

const averageNumber = (scan: Scan, at: number): boolean => {
  const link = linkAt(scan, at);
  const number = pickNumber(link);
  return number !== undefined && /INT/i.test(number.ref.schema.type) && number.score >= (link?.candidates[0]?.score ?? 1) - 0.02;
};

/** `average trip length in km` beside duration_min: the unit says which number. */
function otherUnit(scan: Scan, phrase: NounPhrase): { operand: Operand; end: number } | undefined {
  const within = matchAt(scan.tokens, phrase.end, 'in');
  const link = within && linkAt(scan, within.end);
  const told = pickNumber(link);
  const own = phrase.operand?.kind === 'column' ? phrase.operand.ref : undefined;
  if (
    !link ||
    !told ||
    !own ||
    told.ref === own ||
    told.ref.unit === undefined ||
    told.ref.unit === own.unit ||
    told.ref.words.at(-1) !== scan.tokens[link.start]?.raw
  )
    return undefined;
  useLink(scan, link, 'measure');
  return { operand: columnOperand(told.ref), end: link.end };
}

/** `current state of each machine`: the first or last of what is no number. */
function edgeText(scan: Scan, at: number): { operand: Operand; end: number } | undefined {
  const link = linkAt(scan, at);
  const column = pickColumn(link, (c) => !isMeasure(c) && (!c.isId || scan.tokens[at]?.raw === c.name) && c.kind !== 'time');
  if (
    !link ||
    !column ||
    (pickTable(link)?.table === scan.base.name && scan.tokens[at]?.raw !== column.ref.name) ||
    !/^(of|for|per|by|each|in|on|at|from)$|[a-z]{3}ed$/.test(wordAt(scan, link.end))
  )
    return undefined;
  useLink(scan, link, 'measure');
  return { operand: columnOperand(column.ref), end: link.end };
}

/** `count complaints per day` where nothing is called so. */
function askThing(scan: Scan, at: number): void {
  const token = scan.tokens[at];
  if (
    token?.t !== 'word' ||
    token.used !== undefined ||
    isKnownWord(token.word) ||
    PERSONS.test(token.word) ||
    !/[^s]s$/.test(token.word) ||
    meaningAt(scan, at)
  )
    return;
  const tables = scan.lexicon.tables.slice(0, 4).map((t) => t.name);
  scan.frame.clarify ??= {
    question: `Nothing here is called "${token.raw}". What shall be counted?`,
    options: tables.map((name) => ({ label: name, prompt: `${scan.input.slice(0, token.start)}${name}${scan.input.slice(token.end)}` })),
  };
}

/** `jitter worst per pop`: the word stands behind the number that it is about. */
const followsFigure = (scan: Scan, from: number): boolean =>
  scan.frame.bare.some((b) => b.at < from && b.operand.kind === 'column' && linkAt(scan, b.at)?.end === from);

/** `average spread`: a known figure taken as the number. */
function knownOperand(scan: Scan, at: number): { operand: Operand; end: number } | undefined {
  const before = scan.frame.bare.length;
  const end = rare.readKnownFigure?.(scan, at);
  const added = scan.frame.bare.length > before ? scan.frame.bare.pop() : undefined;
  return end !== undefined && added ? { operand: added.operand, end } : undefined;
}

/** `count of buys and sells`: one column each. `number of failed and refused orders`: one for both. */
function countsListed(scan: Scan, at: number, from: number, first: NounPhrase): number {
  const joined = matchAt(scan.tokens, at, ',? and|&|versus|vs|or? the?') ?? matchAt(scan.tokens, at, ', the?');
  if (!joined || (first.filters.length === 0 && first.table === undefined)) return at;
  const isOr = scan.tokens.slice(joined.start, joined.end).some((t) => 'word' in t && t.word === 'or');
  if (first.table !== undefined && (first.filters.length > 0 || isOr)) return at;
  const link = linkAt(scan, joined.end);
  const named = pickValue(link);
  if (!link || (!named && !pickColumn(link, (c) => c.kind === 'boolean'))) return at;
  const second = nounPhrase(scan, joined.end, 'any');
  if (second.filters.length === 0) return at;
  use(scan.tokens, joined, 'and');
  const measure = scan.frame.measures.at(-1);
  if (second.table !== undefined && isOr && measure?.kind === 'aggregate') {
    scan.frame.measures.pop();
    scan.frame.measures.push({ ...measure, only: [] });
    scan.frame.filters.push(...first.filters, ...second.filters);
    return second.end;
  }
  scan.frame.measures.push({ kind: 'aggregate', fn: 'COUNT', only: second.filters, at: from });
  return countsListed(scan, second.end, from, second);
}

const skipOf = (scan: Scan, at: number): number =>
  /^(of|in|for|the)$/.test(wordAt(scan, at)) && !linkAt(scan, at) ? skipOf(scan, at + 1) : at;

/** `total number of` and `average number of` count. */
function collapse(heads: readonly Head[]): Head[] {
  if (heads.length > 1 && heads.at(-1)?.fn === 'COUNT' && heads.slice(0, -1).every((h) => h.fn === 'SUM' || h.fn === 'AVG'))
    return [heads.at(-1) as Head];
  return [...heads];
}

/** `average cpu and memory`: the aggregate goes for the second number too. */
function listedAfter(scan: Scan, heads: readonly Head[], at: number, from: number): number {
  if (heads.some((h) => h.fn === 'COUNT')) return at;
  let end = at;
  for (let guard = 0; guard < 6; guard++) {
    const joined = matchAt(scan.tokens, end, ',? and|& the?') ?? matchAt(scan.tokens, end, ', the?');
    if (!joined || headAt(scan, joined.end)) return end;
    const link = linkAt(scan, joined.end);
    const number = pickNumber(link);
    const named = pickValue(link);
    if (!link || (!number && !named)) return end;
    const after = wordAt(scan, link.end);
    if (/^(is|are|exceeds|above|over|below|under|>|<|=)$/.test(after)) return end;
    const restore = keepUses(scan.tokens, joined.end);
    const phrase = nounPhrase(scan, joined.end, 'number');
    if (!phrase.operand) {
      if (joinValues(scan, from, phrase)) return phrase.end;
      restore();
      return end;
    }
    use(scan.tokens, { start: joined.start, end: joined.end }, 'and');
    for (const head of heads) addMeasure(scan, head, phrase, from);
    end = phrase.end;
  }
  return end;
}

/** `total bytes of tcp and udp`: the second value is as good as the first. */
function joinValues({ frame }: Scan, from: number, { filters, table }: NounPhrase): boolean {
  const [second] = filters;
  const left = second?.any[0]?.left;
  const own = frame.measures.filter((m) => m.at === from);
  const isAlike = (m: Measure): boolean => {
    const first = m.kind === 'aggregate' && m.only.length === 1 ? m.only[0]?.any[0] : undefined;
    return first?.operator === '=' && first.left.kind === 'column' && left?.kind === 'column' && first.left.ref === left.ref;
  };
  if (!second || second.any.length > 1 || filters.length > 1 || table !== undefined || own.length === 0 || !own.every(isAlike))
    return false;
  for (const m of own)
    if (m.kind === 'aggregate')
      frame.measures[frame.measures.indexOf(m)] = { ...m, only: [{ any: [...(m.only[0]?.any ?? []), ...second.any] }] };
  return true;
}

function addMeasure(scan: Scan, head: Head, phrase: NounPhrase, at: number): void {
  const { frame } = scan;
  const measure = head.fn === 'COUNT' ? countOf(scan, phrase, at) : aggregateMeasure(scan, head, phrase, at);
  if (!measure) return;
  frame.measures.push(measure);
  if (phrase.table !== undefined) frame.mentioned.add(phrase.table);
}

/** "how many TEU": a whole number without a unit of its own is so many of something. */
const isWhole = (operand: Operand): boolean =>
  operand.kind === 'column' && /INT/i.test(operand.ref.schema.type) && operand.ref.unit === undefined;

function countOf(scan: Scan, phrase: NounPhrase, at: number): Measure {
  const only = phrase.filters;
  const base = { kind: 'aggregate' as const, at, only };
  if (phrase.operand && !phrase.distinct && (isAdditive(phrase.operand) || isWhole(phrase.operand)) && phrase.table === undefined)
    return { ...base, fn: 'SUM', of: phrase.operand };
  const isOwn = phrase.table === scan.base.name;
  const other = phrase.table !== undefined && !isOwn ? referenceTo(scan, phrase.table) : undefined;
  const named = phrase.operand?.kind === 'column' ? phrase.operand.ref : isOwn ? rowName(scan.base) : undefined;
  const thing = phrase.thing ?? other ?? (phrase.distinct ? named : undefined);
  // "how many events" of match_events: the rows, even where a column is called event.
  const isRow =
    thing !== undefined &&
    !phrase.distinct &&
    (isDeed(thing) || stem(thing.words.at(-1) ?? '') === stem(rowNoun(scan.base))) &&
    !thing.isId;
  if (isRow && thing.table === scan.base.name) return { ...base, fn: 'COUNT' };
  // "critical alarms" of alarm_state: rows with that state.
  // "faults per grower" of fault_code: rows that have one.
  const isHeld =
    thing !== undefined &&
    !phrase.distinct &&
    thing.words.length === 2 &&
    /^(code|reason|message|note|comment)$/.test(thing.words[1] ?? '') &&
    !scan.tokens.some((t) => t.t === 'word' && t.stem === stem(thing.words[1] ?? ''));
  if (isHeld && thing)
    return { ...base, only: [...only, { any: [{ left: columnOperand(thing), operator: 'IS NOT NULL', values: [] }] }], fn: 'COUNT' };
  const isTold =
    thing !== undefined && !phrase.distinct && only.some((f) => f.any.some((c) => c.left.kind === 'column' && c.left.ref === thing));
  if (isTold) return { ...base, fn: 'COUNT' };
  if (thing && (phrase.table === undefined || phrase.distinct || other))
    return { ...base, fn: 'COUNT', of: columnOperand(thing), distinct: true };
  return { ...base, fn: 'COUNT' };
}

function aggregateMeasure(scan: Scan, head: Head, phrase: NounPhrase, at: number): Measure | undefined {
  const fraction = head.fraction === undefined ? {} : { fraction: head.fraction };
  const base = { kind: 'aggregate' as const, at, only: phrase.filters, fn: head.fn, ...fraction };
  if (phrase.operand?.kind === 'text')
    return { kind: 'formula', at, alias: phrase.operand.name, expression: phrase.operand.expression, refs: [] };
  if (phrase.operand) return { ...base, of: phrase.operand };
  // "data rate: mb over seconds, totals per satellite": says how the figure that is there is made.
  if (/^totals?$/.test(head.word) && !phrase.found && scan.frame.measures.some((m) => m.kind !== 'aggregate')) return undefined;
  const named = adjectiveColumn(scan.base, head.word);
  if (named) return { ...base, of: columnOperand(named) };
  const derived = derivedAfter(scan, at);
  if (derived) return { ...base, of: derived };
  const isCounted = scan.frame.measures.some((m) => m.at === at && m.kind === 'aggregate' && m.fn === 'COUNT');
  const worth = isCounted ? revenueOf(scan.base) : undefined;
  if (head.fn === 'SUM' && worth) return { ...base, of: worth };
  if (head.fn === 'SUM' && (phrase.found || phrase.distinct)) return countOf(scan, phrase, at);
  const ranked = scan.frame.top?.adjective === undefined ? undefined : adjectiveColumn(scan.base, scan.frame.top.adjective);
  if (ranked) return { ...base, of: columnOperand(ranked) };
  if (head.word === 'volatility') {
    const price = scan.base.columns.find((c) => isMeasure(c) && c.words.some((w) => w === 'price' || w === 'px' || w === 'value'));
    if (price) return { ...base, of: columnOperand(price) };
  }
  const earlier = scan.frame.bare.findLastIndex((b) => b.at < at && (b.operand.kind !== 'column' || isMeasure(b.operand.ref)));
  if (earlier >= 0 && !phrase.found) {
    const [taken] = scan.frame.bare.splice(earlier, 1);
    if (taken) return { ...base, of: taken.operand, only: [...taken.only, ...phrase.filters] };
  }
  // "temperature: average and p95"
  const sibling = scan.frame.measures.find((m) => m.at === at && m.kind === 'aggregate' && m.of);
  if (sibling?.kind === 'aggregate' && sibling.of && !phrase.found) return { ...base, of: sibling.of };
  const compared = comparedFigure(scan, at);
  if (compared) return { ...base, of: columnOperand(compared) };
  const before = scan.previous?.(head.fn);
  if (before) return { ...base, of: columnOperand(before) };
  const isAmount = /^(largest|biggest|smallest|highest|lowest|max|min)$/.test(head.word) && phrase.filters.length > 0;
  const principal = phrase.table === scan.base.name || isAmount ? revenueOf(scan.base) : undefined;
  if (/^(best|worst)$/.test(head.word) && !phrase.found) {
    askOf(scan, head.word);
    return undefined;
  }
  const fallback = defaultMeasure(scan.base) ?? (head.fn === 'SUM' ? defaultMeasure(scan.base, 'money') : undefined);
  if (!fallback && principal) {
    scan.frame.assumptions.push({ kind: 'column', text: `"${head.word}" is of ${operandName(principal)}` });
    return { ...base, of: principal };
  }
  if (fallback) {
    scan.frame.assumptions.push({ kind: 'column', text: `"${head.word}" is of ${fallback.name}` });
    return { ...base, of: columnOperand(fallback) };
  }
  askOf(scan, head.word);
  return undefined;
}

function askOf(scan: Scan, word: string): void {
  const numbers = scan.base.columns.filter(isMeasure);
  if (numbers.length > 1)
    scan.frame.clarify ??= {
      question: `The ${word} of what?`,
      options: numbers.slice(0, 4).map((c) => ({ label: c.name, prompt: `${scan.input.trim()} of ${c.name}` })),
    };
}

/** `averaging more than 100 bpm`: the column that holds such values. */
function comparedFigure(scan: Scan, at: number): ColumnRef | undefined {
  for (let i = at + 1; i < at + 4; i++) {
    const compare = comparatorAt(scan, i);
    const token = compare && scan.tokens[compare.end];
    if (!compare || !token) continue;
    const link = linkAt(scan, compare.end + 1);
    const named = pickNumber(link)?.ref;
    if (named) return named;
    const fits = scan.base.columns.filter(
      (c) => isMeasure(c) && (token.t === 'duration' || (token.t === 'number' && token.unit !== undefined)) && fitsUnit(c, token) > 0.6,
    );
    const principal = fits.length > 1 ? revenueOf(scan.base) : undefined;
    return fits.length === 1
      ? fits[0]
      : principal?.kind === 'column' && fits.includes(principal.ref)
        ? principal.ref
        : fits.find((c) => c.isMoney);
  }
  return undefined;
}

/** `total revenue`, `average order value` where no column has that name. */
function derivedAfter(scan: Scan, from: number): Operand | undefined {
  for (let at = from; at < Math.min(from + 5, scan.tokens.length); at++) {
    const token = scan.tokens[at];
    if (token?.t !== 'word' || (token.used !== undefined && token.used !== 'aggregate')) continue;
    if (
      /^(revenue|sale|turnover|gmv|spend|spending|income|earning|proceed|takings|notional|value)$/.test(token.stem) ||
      /^(revenue|sales|turnover|gmv|spend|spent|earnings|notional|value|worth)$/.test(token.word)
    ) {
      const operand = revenueOf(scan.base);
      if (operand) {
        token.used = 'measure';
        return operand;
      }
    }
  }
  return undefined;
}

/** A condition on the aggregate alone: `orders over 100 and refunded orders`. */
export const sameOnly = (a: readonly Filter[], b: readonly Filter[]): boolean => JSON.stringify(a) === JSON.stringify(b);
