import { type ColumnRef, isMeasure, isUnitWord } from './column-facts.ts';
import { readClause } from './conditions.ts';
import { isRowId } from './dimensions.ts';
import { type Aggregate, columnOperand, type Filter, isAdditive, type Operand, type Scan, wordAt } from './frame.ts';
import { meaningAt, negate } from './meaning.ts';
import { type NounPhrase, nounPhrase } from './noun-phrase.ts';
import { findPattern, keepUses, matchAt, use } from './pattern.ts';
import { linkAt, pickColumn, pickNumber, pickTable, pickValue, referenceTo } from './pick.ts';
import { side, total } from './ratio-side.ts';
import { isKnownWord } from './vocabulary.ts';

const count = (only: readonly Filter[] = []): Aggregate => ({ fn: 'COUNT', only });

interface Share {
  readonly only: readonly Filter[];
  readonly percent: boolean;
  readonly alias?: string;
  /** What is added up; rows are counted otherwise. */
  readonly of?: Operand | undefined;
}

function addShare(scan: Scan, at: number, { only, percent, alias, of }: Share): void {
  scan.frame.scores.push(0.95);
  const inPercent = findPattern(scan.tokens, 'in|as a? percent|percentage|%|pct');
  if (inPercent) use(scan.tokens, inPercent, 'ratio');
  scan.frame.measures.push({
    kind: 'ratio',
    at,
    top: of ? { fn: 'SUM', of, only } : count(only),
    bottom: of ? { fn: 'SUM', of, only: [] } : count(),
    percent: percent || inPercent !== undefined,
    ...(alias === undefined ? {} : { alias }),
  });
}

/** `share of litres that is diesel`: what adds up is added up, unless rows are named too or the number itself is compared. */
function summed({ operand, table, thing }: NounPhrase, filters: readonly Filter[]): Operand | undefined {
  if (operand?.kind !== 'column' || table !== undefined || thing || !isAdditive(operand)) return undefined;
  const isCompared = filters.some((f) => f.any.some((c) => c.left.kind === 'column' && c.left.ref === operand.ref));
  return isCompared ? undefined : operand;
}

/** `diesel's share of total revenue`: the number that the share is of. */
function wholeAfter(scan: Scan, at: number): { of: Operand; end: number } | undefined {
  const lead = matchAt(scan.tokens, at, 'of|in the|our? total|all|overall|whole|entire?');
  const restore = keepUses(scan.tokens, at);
  const whole = lead && side(scan, lead.end);
  if (!lead || !whole?.aggregate.of || whole.aggregate.fn !== 'SUM') {
    // "burnt rate of rolls": what is no number is read as what it is.
    restore();
    return undefined;
  }
  use(scan.tokens, lead, 'ratio');
  return { of: whole.aggregate.of, end: whole.end };
}

const PERCENT = /^(percentage|percent|pct|%)$/;

/** `error rate`, `percentage of orders that are refunded`, `ratio of buys to sells`. */
export function readRatio(scan: Scan, at: number): number | undefined {
  return (
    shareOf(scan, at) ??
    asShareOf(scan, at) ??
    ratioOf(scan, at) ??
    namedRate(scan, at) ??
    perEach(scan, at) ??
    perThing(scan, at) ??
    toRatio(scan, at)
  );
}

function shareOf(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const plain =
    matchAt(tokens, at, 'what|which? the? percentage|percent|pct|%|share|fraction|proportion|portion of|is|are? the|all|our? ') ??
    matchAt(tokens, at, 'what|which? the? percentage|percent|pct|%|share|fraction|proportion|portion of|are? ');
  const time = matchAt(
    tokens,
    at,
    'what|which? the? percentage|percent|pct|%|share|fraction|proportion of the? time|day is|are|was|were|that|when? the|its|their?',
  );
  const lead = time ?? plain;
  if (!lead || pickNumber(linkAt(scan, at))) return undefined;
  const percent = tokens.slice(lead.start, lead.end).some((t) => 'word' in t && PERCENT.test(t.word));
  const ofNumber = numberOfNumber(scan, at, lead, percent);
  if (ofNumber !== undefined) return ofNumber;
  const restore = keepUses(tokens, at);
  const before = { comparisons: frame.comparisons.length, filters: frame.filters.length, scores: frame.scores.length };
  use(tokens, lead, 'ratio');
  const phrase = nounPhrase(scan, lead.end, 'any');
  let end = phrase.end;
  const filters: Filter[] = [];
  const noun = tokens[end];
  // "of v1 traffic": a word for rows that nothing is called by.
  if (
    (phrase.filters.length > 0 || phrase.table !== undefined) &&
    noun?.t === 'word' &&
    noun.used === undefined &&
    !linkAt(scan, end) &&
    !isKnownWord(noun.word) &&
    !meaningAt(scan, end)
  )
    end++;
  // The condition after "that are", "with", or a verb is what the share is of; conditions before it limit the whole.
  const link = matchAt(
    tokens,
    end,
    'that|which|who|whose|with|where|are|is|were|was|have|having|has|had|ended|ends|end|over|above|below|under|in|resulted|result|get|gets|got|go|come|comes|use|from|on|paid|made|via|using|flagged|marked|tagged|labelled|labeled|classified|considered|counted|reported|called|delayed|slower|faster|longer|larger|smaller|higher|lower are|is|were|was|have|has|had|been|being|get|got|up|back|out|in|as|from|on|at|by|via? in|on|from|at|via|with? a|the?',
  );
  const from =
    link && !/^(over|above|below|under|slower|faster|longer|larger|smaller|higher|lower)$/.test(wordAt(scan, link.start)) ? link.end : end;
  const not = matchAt(tokens, from, 'not');
  const read = readClause(scan, not?.end ?? from);
  const clause = not && read ? { ...read, filters: read.filters.map(negate) } : read;
  if (clause) {
    if (link) use(tokens, { start: end, end: from }, 'ratio');
    filters.push(...clause.filters);
    end = clause.end;
    // "is over an hour late": the word of the number that is compared.
    const last = linkAt(scan, end);
    const left = clause.filters.at(-1)?.any[0]?.left;
    if (last && left?.kind === 'column' && isMeasure(left.ref) && pickNumber(last)?.ref === left.ref) {
      use(tokens, last, 'ratio');
      end = last.end;
    }
  }
  if (filters.length > 0) {
    const bottom = phrase.filters;
    frame.filters.push(...bottom);
    addShare(scan, at, { only: filters, percent, of: summed(phrase, filters) });
    if (phrase.table !== undefined) frame.mentioned.add(phrase.table);
    return end;
  }
  // "percentage of overloaded rides": of the rides, those that are overloaded.
  const [first, whole] = phrase.filters;
  if (phrase.filters.length === 2 && first && whole && phrase.table === undefined && /[^s]s$/.test(tokens[phrase.end - 1]?.raw ?? '')) {
    frame.filters.push(whole);
    addShare(scan, at, { only: [first], percent });
    return phrase.end;
  }
  if (phrase.filters.length > 0 && !phrase.operand) {
    addShare(scan, at, { only: phrase.filters, percent });
    return phrase.end;
  }
  restore();
  frame.comparisons.length = before.comparisons;
  frame.filters.length = before.filters;
  frame.scores.length = before.scores;
  return undefined;
}

/** What may stand between a whole and the part of it: `goes into`, `is given away as`, `do we charge as`. */
const BETWEEN = /^(?!(?:per|each|every|by|and|or|not|over|above|below|under|than|between|with|where|when|if|least|most)$)[a-z]+$/;

/** The word that names the part, up to six words behind the whole. */
function partBehind(scan: Scan, from: number): { link: NonNullable<ReturnType<typeof linkAt>>; ref: ColumnRef } | undefined {
  for (let at = from; at < from + 6; at++) {
    const link = linkAt(scan, at);
    const part = at > from ? pickNumber(link) : undefined;
    if (link && part && part.score >= (link.candidates[0]?.score ?? 0) - 0.1) return { link, ref: part.ref };
    if ((link && !/^(?:is|are|was|were|goes|as|in|to)$/.test(wordAt(scan, at))) || !BETWEEN.test(wordAt(scan, at))) return undefined;
  }
  return undefined;
}

/** `fraction of the units produced that is scrapped`, `percentage of the amount that goes into fees`: one number over the other. */
function numberOfNumber(scan: Scan, at: number, lead: { start: number; end: number }, percent: boolean): number | undefined {
  const { tokens, frame } = scan;
  const restore = keepUses(tokens, at);
  const scores = frame.scores.length;
  const whole = nounPhrase(scan, lead.end, 'number');
  const behind = whole.operand && whole.filters.length === 0 ? partBehind(scan, whole.end) : undefined;
  const { link, ref } = behind ?? {};
  const isCompared = link && /^(over|above|below|under|than|between|of|exceeds?|=|>|<|>=|<=)$/.test(wordAt(scan, link.end));
  const isOther = ref && whole.operand?.kind === 'column' && ref !== whole.operand.ref && ref.table === whole.operand.ref.table;
  if (!link || !ref || !isOther || isCompared || !isAdditive(columnOperand(ref)) || !whole.operand || !isAdditive(whole.operand)) {
    restore();
    frame.scores.length = scores;
    return undefined;
  }
  use(tokens, { start: at, end: link.end }, 'ratio');
  frame.scores.push(0.92);
  const sum = (of: Operand): Aggregate => ({ fn: 'SUM', of, only: [] });
  frame.measures.push({ kind: 'ratio', at, top: sum(columnOperand(ref)), bottom: sum(whole.operand), percent });
  return link.end;
}

function ratioOf(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const lead = matchAt(tokens, at, 'the? ratio of|between? the?');
  if (!lead) return undefined;
  const top = side(scan, lead.end);
  const joint = top && matchAt(tokens, top.end, 'to|and|over|versus|vs|per|against|/|: the|total?');
  const bottom = joint ? side(scan, joint.end) : undefined;
  if (!top || !joint || !bottom) return undefined;
  use(tokens, lead, 'ratio');
  use(tokens, joint, 'ratio');
  frame.scores.push(0.95);
  frame.measures.push({ kind: 'ratio', at, top: top.aggregate, bottom: bottom.aggregate, percent: false });
  return bottom.end;
}

/** `buy to sell ratio`, `buy/sell ratio`. */
function toRatio(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const first = linkAt(scan, at);
  const joint = first ? matchAt(tokens, first.end, 'to|/|versus|vs|-') : undefined;
  const second = joint ? linkAt(scan, matchAt(tokens, joint.end, '-')?.end ?? joint.end) : undefined;
  const behind = first ? pastUnit(scan, first) : at + 1;
  const divided = matchAt(tokens, behind, 'divided by|/ the?') ?? matchAt(tokens, behind, 'over total?');
  if (divided) return dividedRatio(scan, at, divided);
  const lead = second ? matchAt(tokens, second.end, 'ratio|ratios') : undefined;
  if (!first || !second || !joint || !lead) return undefined;
  const top = side(scan, at);
  const bottom = side(scan, second.start);
  if (!top || !bottom) return undefined;
  use(tokens, { start: at, end: lead.end }, 'ratio');
  frame.measures.push({ kind: 'ratio', at, top: top.aggregate, bottom: bottom.aggregate, percent: false });
  return lead.end;
}

/** Behind a number and its unit, or what was done with it: `overtime hours` of overtime_h, `quantity moved`. */
const pastUnit = (scan: Scan, link: { end: number } & Parameters<typeof pickNumber>[0] & object): number => {
  const next = wordAt(scan, link.end);
  const isDone = /[a-z]{3}(?:ed|ld|nt|wn)$/.test(next) && next !== 'divided' && !pickNumber(linkAt(scan, link.end));
  return link.end + (pickNumber(link) && (isUnitWord(next) || isDone) ? 1 : 0);
};

/** `clicks divided by impressions`, `passengers on divided by passengers off`. */
function dividedRatio(scan: Scan, at: number, joint: { start: number; end: number }): number | undefined {
  const restore = keepUses(scan.tokens, at);
  const link = linkAt(scan, at);
  const number = link && pastUnit(scan, link) === joint.start ? pickNumber(link) : undefined;
  const top = number && link ? { aggregate: total({ operand: columnOperand(number.ref), only: [], at }), end: link.end } : side(scan, at);
  if (number && link) use(scan.tokens, { start: link.start, end: joint.start }, 'ratio');
  // "kilos sold over kilos cooked": the unit is said again.
  const unit = linkAt(scan, joint.end) || !pickNumber(linkAt(scan, joint.end + 1)) || !/[a-z]{3}s$/.test(wordAt(scan, joint.end)) ? 0 : 1;
  const bottom = top && top.end <= joint.start + 1 ? side(scan, joint.end + unit) : undefined;
  // "NXDOMAIN over tcp" are two conditions.
  const isOver = wordAt(scan, joint.start) === 'over';
  // "clicks over impressions": two values of one column hold of no row together.
  const columnOf = (a?: Aggregate): unknown => (a?.only[0]?.any[0]?.left as { ref?: unknown } | undefined)?.ref;
  const isSplit = columnOf(top?.aggregate) !== undefined && columnOf(top?.aggregate) === columnOf(bottom?.aggregate);
  const isFigure = ({ aggregate: a }: { aggregate: Aggregate }): boolean =>
    a.of !== undefined || (a.only.length > 0 && (!isOver || isSplit));
  if (!top || !bottom || !isFigure(top) || !isFigure(bottom)) {
    restore();
    return undefined;
  }
  use(scan.tokens, joint, 'ratio');
  // Numbers that a word divides are added up on both sides, unless an average is named.
  const isAlike = top.aggregate.fn === 'SUM' && bottom.aggregate.fn === 'AVG' && !/\b(average|avg|mean)\b/i.test(scan.input);
  const below = isAlike ? { ...bottom.aggregate, fn: 'SUM' as const } : bottom.aggregate;
  scan.frame.measures.push({ kind: 'ratio', at, top: top.aggregate, bottom: below, percent: false });
  return bottom.end;
}

const RATE = 'rate|rates|ratio|percentage|percent|pct|share|fraction|proportion|%';

/** `error rate`, `refund percentage`, `conversion rate`. */
function namedRate(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const conversion =
    matchAt(tokens, at, 'conversion|conversions rate|rates|ratio|percentage') ??
    matchAt(tokens, at, 'click through|- rate|through rate?') ??
    matchAt(tokens, at, 'ctr');
  if (conversion && !pickColumn(linkAt(scan, at))) {
    const filters = conversionOf(scan);
    if (filters) {
      use(tokens, conversion, 'ratio');
      frame.scores.push(0.8);
      frame.measures.push({
        kind: 'ratio',
        at,
        top: count([filters.top]),
        bottom: filters.bottom ? count([filters.bottom]) : count(),
        percent: false,
        alias: 'conversion_rate',
      });
      return conversion.end;
    }
  }
  const link = linkAt(scan, at);
  const whole = pickColumn(link, isMeasure);
  const meaning = meaningAt(scan, at);
  const end = meaning?.end ?? link?.end;
  const tail =
    end === undefined
      ? undefined
      : (matchAt(tokens, end, RATE) ?? matchAt(tokens, end, `usage|use|hit|adoption|wearing|occurrence ${RATE}`));
  if (!tail || end === undefined || (whole && link && link.end > end)) return undefined;
  const percent = PERCENT.test(wordAt(scan, tail.start));
  const named = pickValue(link);
  const flag = pickColumn(link, (c) => c.kind === 'boolean');
  let filter: Filter | undefined;
  if (meaning && named && named.ref.table !== scan.base.name) filter = meaning.filter;
  else if (named && (!flag || named.score >= flag.score) && named.score > 0.55)
    filter = { any: [{ left: columnOperand(named.ref), operator: '=', values: [named.value] }] };
  else if (flag && !(meaning && flag.score < 0.9)) filter = { any: [{ left: columnOperand(flag.ref), operator: '=', values: [true] }] };
  else if (meaning) filter = meaning.filter;
  if (!filter) return undefined;
  const word = wordAt(scan, at);
  use(tokens, { start: at, end: tail.end }, 'ratio');
  const added = wholeAfter(scan, tail.end);
  addShare(scan, at, { only: [filter], percent, alias: `${word}_${percent ? 'percent' : 'rate'}`, of: added?.of });
  if (added) return added.end;
  return tail.end;
}

function conversionOf(scan: Scan): { top: Filter; bottom?: Filter } | undefined {
  for (const ref of scan.base.columns) {
    const values = (ref.schema.values ?? []).map(String);
    const bought = values.find((v) => /purchase|buy|order|convert|checkout|complete|signup|paid|click/i.test(v) && !/view/i.test(v));
    const seen = values.find((v) => /view|visit|impression|landing/i.test(v));
    const done = values.find((v) => /purchase|order|paid|convert/i.test(v)) ?? bought;
    if (done === undefined) continue;
    const top: Filter = { any: [{ left: columnOperand(ref), operator: '=', values: [done] }] };
    return seen === undefined ? { top } : { top, bottom: { any: [{ left: columnOperand(ref), operator: '=', values: [seen] }] } };
  }
  const flag = scan.base.columns.find((c) => c.kind === 'boolean' && /convert|purchas|click|order/.test(c.name));
  return flag ? { top: { any: [{ left: columnOperand(flag), operator: '=', values: [true] }] } } : undefined;
}

/** `fees as a percentage of the amount`: the number before over the number behind. */
function asShareOf(scan: Scan, at: number): number | undefined {
  const { frame, tokens } = scan;
  const lead = matchAt(tokens, at, 'as|in a|an|the? percentage|percent|pct|share|fraction|proportion|ratio|% of|to the|all? total?');
  const taken = frame.bare.at(-1);
  const last = frame.measures.at(-1);
  const top: Aggregate | undefined = taken ? total(taken) : last?.kind === 'aggregate' ? last : undefined;
  if (!lead || !top) return undefined;
  const restore = keepUses(tokens, at);
  const made = side(scan, lead.end);
  if (!made) return undefined;
  // "points as a share of max points": both sides are added up.
  const isAlike = top.fn === 'SUM' && made.aggregate.fn === 'AVG' && !/\b(average|avg|mean)\b/i.test(scan.input);
  const bottom = isAlike ? { ...made, aggregate: { ...made.aggregate, fn: 'SUM' as const } } : made;
  // "messages with links as a percentage of all messages": rows, and no number over itself.
  if (taken && bottom.aggregate.of?.kind === 'column' && taken.operand.kind === 'column' && bottom.aggregate.of.ref === taken.operand.ref) {
    frame.bare.pop();
    restore();
    return undefined;
  }
  if (taken) frame.bare.pop();
  else frame.measures.pop();
  const percent = tokens.slice(lead.start, lead.end).some((t) => 'word' in t && PERCENT.test(t.word));
  use(tokens, lead, 'ratio');
  frame.scores.push(0.95);
  frame.measures.push({ kind: 'ratio', at, top, bottom: bottom.aggregate, percent });
  return bottom.end;
}

/** `fuel per passenger by type`, `cost per click`, `revenue per player by country`: over what is no group. */
function perThing(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const lead = matchAt(tokens, at, 'the? total|overall|average|avg|mean|sum of?');
  const start = lead?.end ?? at;
  const first = linkAt(scan, start);
  const doing = first && /(ing|ed)$|^(?:costs?|amounts?|money)$/.test(wordAt(scan, first.end)) && !linkAt(scan, first.end) ? 1 : 0;
  const per = first
    ? (matchAt(tokens, first.end + doing, 'used|produced|consumed|burned|spent|generated|earned? per|for each? single?') ?? undefined)
    : undefined;
  const second = per ? linkAt(scan, per.end) : undefined;
  if (!first || !per || !second) return undefined;
  // "litres for diesel or petrol": of that kind, and over nothing.
  if (per.end === per.start + 1 && wordAt(scan, per.start) === 'for' && pickValue(second)) return undefined;
  const number = pickNumber(first);
  const event = pickValue(first);
  const below = pickNumber(second);
  const counted = pickValue(second);
  const column = pickColumn(second, (c) => !isMeasure(c));
  const best = second.candidates[0]?.score ?? 0;
  const thing = pickColumn(second, (c) => c.isId);
  const table = pickTable(second);
  const after = wordAt(scan, second.end);
  const isNumber =
    below !== undefined &&
    below.score >= best - 0.02 &&
    (isAdditive(columnOperand(below.ref)) || (below.ref.unit !== undefined && /^(by|per|for|in)$/.test(after))) &&
    !(column && column.score > 0.9);
  const isEvent = counted !== undefined && counted.score >= best - 0.02;
  const isThing =
    (thing !== undefined || (table && table.table !== scan.base.name)) &&
    /^(by|per|for|in|across|grouped|each)$/.test(after) &&
    !endsInTime(scan, second.end);
  const isRow = table?.table === scan.base.name && table.score >= best - 0.02;
  const isTop =
    (number &&
      (isNumber || isAdditive(columnOperand(number.ref)) || /INT/i.test(number.ref.schema.type)) &&
      number.score >= (first.candidates[0]?.score ?? 0) - 0.1) ||
    (event && (isEvent || isNumber)) ||
    (pickTable(first)?.table === scan.base.name && isThing && /^(by|for|across)$/.test(after));
  if (!isTop || !(isNumber || isEvent || isThing || isRow)) return undefined;
  const top = side(scan, start);
  if (!top) return undefined;
  const bottom: Aggregate | undefined =
    isThing && !isNumber && !isEvent
      ? thing && isRowId(scan, thing.ref)
        ? count()
        : { fn: 'COUNT', of: columnOperand(thing?.ref ?? (referenceTo(scan, table?.table ?? '') as never)), distinct: true, only: [] }
      : isRow && !isNumber && !isEvent
        ? count()
        : side(scan, second.start)?.aggregate;
  if (!bottom) return undefined;
  use(tokens, { start: at, end: second.end }, 'ratio');
  frame.scores.push(0.92);
  const summed = number && top.aggregate.fn === 'AVG' ? { ...top.aggregate, fn: 'SUM' as const } : top.aggregate;
  frame.measures.push({ kind: 'ratio', at, top: summed, bottom, percent: false });
  const made = second.end;
  const noun = isNumber ? matchAt(tokens, made, 'produced|sold|made|carried|driven|used|delivered') : undefined;
  if (noun) use(tokens, noun, 'ratio');
  return noun?.end ?? made;
}

/** `revenue per customer per hour`: the customer is the group there. */
function endsInTime(scan: Scan, at: number): boolean {
  const token = scan.tokens[at + 1];
  return token?.used === 'window' || scan.tokens[at]?.used === 'window';
}

/** `revenue per order`, `average revenue per user`: where what follows "per" is a row or a thing, not a group. */
function perEach(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const lead = matchAt(tokens, at, 'average|avg|mean number|count? of?');
  if (!lead) return undefined;
  const counts = tokens.slice(lead.start, lead.end).some((t) => 'word' in t && /number|count/.test(t.word));
  const first = linkAt(scan, lead.end);
  const number = pickNumber(first);
  const rows = pickTable(first);
  const per = first ? matchAt(tokens, first.end, 'per') : undefined;
  const second = per ? linkAt(scan, per.end) : undefined;
  const thing = pickColumn(second, (c) => c.isId);
  const more = second ? matchAt(tokens, second.end, 'per|by|for|in|grouped|across|each|every') : undefined;
  const isCount = counts || (!number && rows?.table === scan.base.name);
  const hasMore = more !== undefined && /^(per|by|for|grouped|across|each|every)$/.test(wordAt(scan, more.start));
  if (!first || !per || !second || !thing || !(hasMore || (isCount && !counts))) return undefined;
  if (!isCount && !(number && isAdditive(columnOperand(number.ref)))) return undefined;
  use(tokens, { start: at, end: second.end }, 'ratio');
  frame.scores.push(0.9);
  const top: Aggregate = isCount ? count() : { fn: 'SUM', of: columnOperand((number as { ref: typeof thing.ref }).ref), only: [] };
  frame.measures.push({
    kind: 'ratio',
    at,
    top,
    bottom: { fn: 'COUNT', of: columnOperand(thing.ref), distinct: true, only: [] },
    percent: false,
  });
  return second.end;
}
