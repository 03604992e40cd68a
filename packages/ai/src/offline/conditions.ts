import type { IrOperator } from '../ir/query-ir.ts';
import { type ColumnRef, isMeasure } from './column-facts.ts';
import { comparatorAt, likeForm, suffixAt } from './comparators.ts';
import {
  type Condition,
  columnOperand,
  type Filter,
  type FrameValue,
  type Measure,
  type Operand,
  refsOf,
  type Scan,
  wordAt,
} from './frame.ts';
import { guessColumn } from './guess-column.ts';
import { defaultMeasure } from './meaning.ts';
import { flagFilter, nounPhrase } from './noun-phrase.ts';
import { matchAt, use } from './pattern.ts';
import { linkAt, pickColumn, pickTable, pickValue, referenceTo, useLink } from './pick.ts';
import type { Token } from './token.ts';
import { fitsUnit, inUnitOf } from './units.ts';

export interface Subject {
  readonly operand?: Operand;
  /** Rows that the operand speaks of. */
  readonly only?: readonly Filter[];
  readonly measure?: Measure;
}

/** Literal of a token, as the column holds it. */
function literal(scan: Scan, token: Token, ref: ColumnRef | undefined): FrameValue | undefined {
  if (token.t === 'text') return token.value;
  if (token.t === 'date')
    return ref?.kind === 'text'
      ? token.value
      : { sql: `TIMESTAMP '${token.value.length === 10 ? `${token.value} 00:00:00` : token.value}'` };
  if (token.t === 'number' || token.t === 'duration') {
    if (ref?.kind === 'text') return token.raw.replace(/,/g, '');
    if (!ref) return token.t === 'number' ? token.value : token.ms;
    const converted = inUnitOf(ref, token);
    if (converted?.note !== undefined) scan.frame.assumptions.push({ kind: 'unit', text: converted.note });
    return converted?.value;
  }
  return undefined;
}

const VALUE_SKIP = /^(a|an|the|about|around|exactly|of|roughly|approximately|say|than|just|only|to|equal)$/;

/** The value behind a comparison: a number, text, known value, other column, or a word as it was typed. */
function valueAt(
  scan: Scan,
  from: number,
  ref: ColumnRef | undefined,
  allowWord: boolean,
): { value: FrameValue; end: number; token: Token } | undefined {
  let at = from;
  while (VALUE_SKIP.test(wordAt(scan, at)) && at - from < 4 && !linkAt(scan, at)) at++;
  const token = scan.tokens[at];
  if (!token || token.used !== undefined) return undefined;
  const direct = literal(scan, token, ref);
  if (direct !== undefined) return { value: direct, end: at + 1, token };
  const link = linkAt(scan, at);
  const named = pickValue(link);
  if (named && link && (!ref || named.ref.name === ref.name)) return { value: named.value, end: link.end, token };
  if (token.t === 'word' && /^(true|false|yes|no)$/.test(token.word) && ref?.kind === 'boolean')
    return { value: /true|yes/.test(token.word), end: at + 1, token };
  const other = ref ? pickColumn(link, (c) => c.kind === ref.kind && c.name !== ref.name) : undefined;
  if (other && link) return { value: { ref: other.ref }, end: link.end, token };
  if (allowWord && token.t === 'word' && !/^(null|empty|missing)$/.test(token.word)) {
    const end = rawEnd(scan, at);
    return { value: scan.input.slice(token.start, scan.tokens[end - 1]?.end ?? token.end), end, token };
  }
  return undefined;
}

/** Words of one written name, and capitalised words beside each other (`New York`). */
function rawEnd(scan: Scan, at: number): number {
  let end = at + 1;
  while (scan.tokens[end]?.t === 'word' && scan.tokens[end]?.start === scan.tokens[at]?.start) end++;
  while (
    /^[A-Z][a-z]/.test(scan.tokens[at]?.raw ?? '') &&
    /^[A-Z][a-z]/.test(scan.tokens[end]?.raw ?? '') &&
    scan.tokens[end]?.used === undefined
  )
    end++;
  return end;
}

/** Last number, measure or text that was named before a place. */
function subjectBefore(scan: Scan, at: number, token: Token | undefined, operator: IrOperator): Subject | undefined {
  const { frame } = scan;
  const isText = operator === 'LIKE' || operator === 'NOT LIKE';
  const measures = frame.measures.filter((m) => m.at < at).map((m) => ({ at: m.at, measure: m }));
  const bare = frame.bare.filter((b) => b.at < at).map((b) => ({ at: b.at, operand: b.operand }));
  const all = [...measures, ...bare].toSorted((a, b) => b.at - a.at);
  for (const item of all) {
    if ('measure' in item) {
      if (isText) continue;
      const of = item.measure.kind === 'aggregate' && item.measure.of ? refsOf(item.measure.of)[0] : undefined;
      if (of && token && token.t === 'number' && token.unit !== undefined && fitsUnit(of, token) < 0.1) continue;
      return { measure: item.measure };
    }
    const ref = refsOf(item.operand)[0];
    if (isText ? ref?.kind !== 'text' : operator !== '=' && operator !== '!=' && ref?.kind === 'text') continue;
    const only = frame.bare.find((b) => b.at === item.at)?.only ?? [];
    if (ref && token && only.length === 0 && fitsUnit(ref, token) < 0.05) continue;
    return { operand: item.operand, only };
  }
  return undefined;
}

/** What is counted or measured behind a number: `more than 5 failed logins`, `over 100 units`. */
function nounAfter(scan: Scan, at: number, from: number): { subject: Subject; end: number; ofGroup: boolean } | undefined {
  const { tokens, frame } = scan;
  const times = matchAt(tokens, at, 'times|rows|records|occurrences|entries|hits|events|messages');
  const link = linkAt(scan, at);
  if (times && !link) {
    use(tokens, times, 'count');
    return { subject: { measure: { kind: 'aggregate', fn: 'COUNT', only: [], at: from } }, end: times.end, ofGroup: true };
  }
  const marks = tokens.map((t) => t.used);
  const scores = frame.scores.length;
  const phrase = nounPhrase(scan, at, 'any');
  if (!phrase.found) return undefined;
  const only = phrase.filters;
  if (phrase.operand && only.length === 0 && phrase.table === undefined)
    return { subject: { operand: phrase.operand }, end: phrase.end, ofGroup: false };
  const other = phrase.table !== undefined && phrase.table !== scan.base.name ? referenceTo(scan, phrase.table) : undefined;
  const thing = phrase.thing ?? other;
  if (phrase.table !== undefined || only.length > 0 || thing) {
    const isRow = thing && !thing.isId && /^(message|msg|event|log|record|entry|text|body)s?$/.test(thing.name);
    const counted = thing && !isRow && phrase.table !== scan.base.name ? { of: columnOperand(thing), distinct: true } : {};
    return { subject: { measure: { kind: 'aggregate', fn: 'COUNT', only, at: from, ...counted } }, end: phrase.end, ofGroup: true };
  }
  tokens.forEach((token, i) => {
    const mark = marks[i];
    if (mark === undefined) delete token.used;
    else token.used = mark;
  });
  frame.scores.length = scores;
  return undefined;
}

/** `faster than 100 ms` is less time. */
function speedOf(scan: Scan, at: number, comparator: { operator: IrOperator; end: number }): IrOperator {
  const words = scan.tokens.slice(at, comparator.end).map((t) => ('word' in t ? t.word : ''));
  const isTime = scan.tokens[skipTo(scan, comparator.end)]?.t === 'duration';
  if (words.includes('slower')) return isTime ? '>' : '<';
  return words.includes('faster') && isTime ? '<' : comparator.operator;
}

const LIKE = new Set<IrOperator>(['LIKE', 'NOT LIKE']);

/** `3 or more failed logins`: the number first. */
function readCounted(scan: Scan, at: number, isAlert: boolean): number | undefined {
  const token = scan.tokens[at];
  if (token?.t !== 'number' || token.used !== undefined || token.unit !== undefined) return undefined;
  const suffix = suffixAt(scan, at + 1);
  const before = suffix ? scan.frame.bare.at(-1) : undefined;
  if (
    suffix &&
    before &&
    before.operand.kind === 'column' &&
    scan.tokens[at - 1]?.used !== undefined &&
    before.at >= at - 3 &&
    isMeasure(before.operand.ref)
  ) {
    use(scan.tokens, { start: at, end: suffix.end }, 'comparison');
    scan.frame.scores.push(0.92);
    scan.frame.comparisons.push({
      at,
      operator: suffix.operator,
      values: [token.value],
      isAlert,
      ofGroup: false,
      subject: { kind: 'column', operand: before.operand },
    });
    return suffix.end;
  }
  const after = suffix ? nounAfter(scan, suffix.end, at) : undefined;
  if (!suffix || !after) return undefined;
  use(scan.tokens, { start: at, end: suffix.end }, 'comparison');
  scan.frame.scores.push(0.93);
  scan.frame.comparisons.push({
    at,
    operator: suffix.operator,
    values: [token.value],
    isAlert,
    ofGroup: after.ofGroup,
    subject: after.subject.measure
      ? { kind: 'measure', measure: after.subject.measure }
      : { kind: 'column', operand: after.subject.operand as Operand },
  });
  return after.end;
}

/** Reads `over 500`, `is at least 3 orders`, `between 10 and 20`, `starting with "x"` and gives the place behind it. */
export function readComparison(scan: Scan, at: number, isAlert: boolean): number | undefined {
  const { tokens, frame } = scan;
  const comparator = comparatorAt(scan, at);
  if (!comparator) return readCounted(scan, at, isAlert);
  let operator = speedOf(scan, at, comparator);
  if (operator === '=' && wordAt(scan, at) === 'of') {
    const near = frame.bare.at(-1);
    const isNear =
      near !== undefined &&
      near.at >= at - 3 &&
      near.operand.kind === 'column' &&
      isMeasure(near.operand.ref) &&
      tokens[comparator.end]?.t === 'number';
    if (!isNear && !suffixAt(scan, comparator.end + 1)) return undefined;
  }
  if (LIKE.has(operator)) return readLike(scan, at, comparator.end, operator, isAlert);
  const probe = tokens[skipTo(scan, comparator.end)];
  const isEquality = operator === '=' || operator === '!=';
  const prior = subjectBefore(scan, at, probe, operator);
  const priorRef = prior?.operand ? refsOf(prior.operand)[0] : undefined;
  if (isEquality && !prior) return undefined;
  const read = valueAt(scan, comparator.end, priorRef, isEquality && priorRef?.kind === 'text');
  if (!read || (isEquality && prior?.measure && read.token.t !== 'number')) return undefined;
  let end = read.end;
  const values: FrameValue[] = [read.value];
  if (operator === 'BETWEEN' || operator === 'NOT BETWEEN') {
    const second = matchAt(tokens, end, 'and|to|-');
    const high = second ? valueAt(scan, second.end, priorRef, false) : undefined;
    if (!high) return undefined;
    values.push(high.value);
    end = high.end;
    const shared = high.token;
    if (read.token.t === 'number' && read.token.unit === undefined && shared.t === 'number' && shared.unit !== undefined && priorRef)
      values[0] = inUnitOf(priorRef, { ...read.token, unit: shared.unit })?.value ?? read.value;
  }
  const more = operator === '=' ? matchAt(tokens, end, 'or|and #num') : undefined;
  const extra = more?.slots[0];
  if (more && extra && priorRef) {
    values.push(literal(scan, extra, priorRef) ?? 0);
    operator = 'IN';
    use(tokens, more, 'comparison');
    end = more.end;
  }
  const suffix = suffixAt(scan, end);
  if (suffix && operator !== 'BETWEEN') {
    operator = suffix.operator;
    end = suffix.end;
  }
  const isPlain = read.token.t === 'number' && (read.token.unit === undefined || read.token.unit === 'c' || read.token.unit === 'f');
  const after = isPlain && operator !== 'BETWEEN' && operator !== 'NOT BETWEEN' && !isEquality ? nounAfter(scan, end, at) : undefined;
  const late = after ? suffixAt(scan, after.end) : undefined;
  use(tokens, { start: at, end: read.end }, 'comparison');
  for (const token of tokens.slice(at, late?.end ?? after?.end ?? end)) token.used ??= 'comparison';
  const subject = after?.subject ?? prior ?? unnamedSubject(scan, read.token);
  const measured =
    prior?.measure && !after && prior.measure.kind === 'aggregate' && prior.measure.fn !== 'COUNT' && prior.measure.of
      ? refsOf(prior.measure.of)[0]
      : undefined;
  if (measured) values[0] = literal(scan, read.token, measured) ?? read.value;
  const values2 = after?.subject.operand
    ? values.map((v, i) => (i === 0 ? (literal(scan, read.token, refsOf(after.subject.operand as Operand)[0]) ?? v) : v))
    : values;
  frame.scores.push(subject ? 0.93 : 0.7);
  if (subject && subject === prior && prior.only) frame.filters.push(...prior.only.filter((f) => !frame.filters.includes(f)));
  frame.comparisons.push({
    at,
    operator: late ? late.operator : operator,
    values:
      subject && !after && !prior
        ? [literal(scan, read.token, subject.operand ? refsOf(subject.operand)[0] : undefined) ?? read.value, ...values.slice(1)]
        : values2,
    isAlert,
    ofGroup: after?.ofGroup ?? false,
    subject: subject?.measure
      ? { kind: 'measure', measure: subject.measure }
      : subject?.operand
        ? { kind: 'column', operand: subject.operand }
        : { kind: 'unnamed' },
    ...(read.token.t === 'number' && read.token.unit !== undefined ? { unit: read.token.unit } : {}),
  });
  return late?.end ?? after?.end ?? end;
}

const skipTo = (scan: Scan, at: number): number => (VALUE_SKIP.test(wordAt(scan, at)) && !linkAt(scan, at) ? skipTo(scan, at + 1) : at);

/** The only number, or the only one that the unit fits. */
function unnamedSubject(scan: Scan, token: Token): Subject | undefined {
  const numbers = scan.base.columns.filter(isMeasure);
  const fitting = numbers.map((ref) => ({ ref, fit: fitsUnit(ref, token) })).filter((c) => c.fit > 0.6);
  const best = fitting.toSorted((a, b) => b.fit - a.fit || preferTotal(b.ref) - preferTotal(a.ref))[0]?.ref;
  if (best) return { operand: columnOperand(best) };
  const only = numbers.length === 1 ? numbers[0] : (defaultMeasure(scan.base) ?? uniqueMoney(numbers));
  if (!only || (token.t === 'number' && token.unit !== undefined && fitsUnit(only, token) === 0)) return undefined;
  scan.frame.assumptions.push({ kind: 'column', text: `the threshold is compared with ${only.name}` });
  return { operand: columnOperand(only) };
}

const preferTotal = (ref: ColumnRef): number => (ref.words.some((w) => /^(total|amount|value)$/.test(w)) ? 1 : 0);
const uniqueMoney = (numbers: readonly ColumnRef[]): ColumnRef | undefined => {
  const money = numbers.filter((c) => c.isMoney && c.words.some((w) => /^(amount|total|value|amt|cost)$/.test(w)));
  return money.length === 1 ? money[0] : undefined;
};

function defaultText(scan: Scan): ColumnRef | undefined {
  const texts = scan.base.columns.filter((c) => c.kind === 'text' && !c.isId && !c.schema.values?.length);
  return (
    texts.find((c) =>
      /^(message|msg|text|body|content|log|description|title|subject|note|query|comment|url|path|endpoint|page)$/.test(
        c.words.at(-1) ?? '',
      ),
    ) ??
    (texts.length === 1 ? texts[0] : texts.find((c) => c.words.includes('name'))) ??
    scan.base.columns.find((c) => c.kind === 'text')
  );
}

function readLike(scan: Scan, at: number, from: number, operator: IrOperator, isAlert: boolean): number | undefined {
  const { tokens, frame } = scan;
  const before = subjectBefore(scan, at, undefined, operator);
  let start = from;
  while (/^(the|a|an|word|words|string|text|phrase|prefix|suffix|letters?|with|in|term|keyword)$/.test(wordAt(scan, start))) start++;
  const token = tokens[start];
  if (!token || (token.t !== 'text' && token.t !== 'word' && token.t !== 'number')) return undefined;
  if (token.t === 'word' && /^(and|or|by|per)$/.test(token.word)) return undefined;
  const isBound = likeForm(scan, at, from) === 'any' && token.t === 'word' && linkAt(scan, start) !== undefined && !before?.operand;
  if (isBound && /includ/.test(wordAt(scan, at))) return undefined;
  const ref = before?.operand ? refsOf(before.operand)[0] : defaultText(scan);
  if (!ref) return undefined;
  const end = token.t === 'word' ? rawEnd(scan, start) : start + 1;
  const text = token.t === 'text' ? token.value : scan.input.slice(token.start, tokens[end - 1]?.end ?? token.end);
  const form = likeForm(scan, at, from);
  const escaped = text.replaceAll('%', '');
  const pattern = form === 'start' ? `${escaped}%` : form === 'end' ? `%${escaped}` : `%${escaped}%`;
  use(tokens, { start: at, end }, 'comparison');
  frame.scores.push(before?.operand ? 0.95 : 0.85);
  frame.comparisons.push({
    at,
    operator,
    values: [pattern],
    isAlert,
    ofGroup: false,
    subject: { kind: 'column', operand: columnOperand(ref) },
  });
  return end;
}

const NULLS = 'is|are|was|were null|missing|empty|blank|absent|unknown|unset|undefined';
const NOT_NULLS = 'is|are|was|were|isn|aren not|t null|missing|empty|blank|absent|unknown';

/** `without a coupon`, `missing email`, `email is null`, `orders with no payment`. */
export function readNullTest(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const lead =
    matchAt(tokens, at, 'with|having|has|have|had|that no|missing|empty|blank|null the?') ??
    matchAt(tokens, at, 'without|missing|lacking|lack|lacks a|an|any|the|their|its? matching|corresponding?');
  if (lead) {
    const link = linkAt(scan, lead.end);
    const flag = pickColumn(link, (c) => c.kind === 'boolean');
    const table = pickTable(link);
    const column = pickColumn(link, (c) => c.kind !== 'boolean');
    if (link && table && table.table !== scan.base.name && scan.hops.has(table.table) && (column?.score ?? 0) < table.score + 0.05) {
      use(tokens, { start: at, end: link.end }, 'filter');
      frame.antiJoin = table.table;
      frame.scores.push(0.9);
      return link.end;
    }
    const chosen = flag && flag.score >= (column?.score ?? 0) ? flag : column;
    if (link && chosen) {
      const left = columnOperand(chosen.ref);
      frame.filters.push(chosen === flag ? flagFilter(chosen.ref, false) : { any: [{ left, operator: 'IS NULL', values: [] }] });
      use(tokens, { start: at, end: link.end }, 'filter');
      frame.scores.push(0.92);
      return link.end;
    }
  }
  const link = linkAt(scan, at);
  const column = pickColumn(link);
  if (link && column) {
    const not = matchAt(tokens, link.end, NOT_NULLS) ?? matchAt(tokens, link.end, 'is|are present|set|known|filled|given|populated');
    const is = not ?? matchAt(tokens, link.end, NULLS) ?? matchAt(tokens, link.end, 'is|are not present|set|known');
    if (is) {
      frame.filters.push({ any: [{ left: columnOperand(column.ref), operator: not ? 'IS NOT NULL' : 'IS NULL', values: [] }] });
      use(tokens, { start: at, end: is.end }, 'filter');
      frame.scores.push(0.95);
      return is.end;
    }
  }
  const has = matchAt(tokens, at, 'with|having a|an|any|some') ?? matchAt(tokens, at, 'has|have|had a|an|any|some?');
  const target = has ? linkAt(scan, has.end) : undefined;
  const held = pickColumn(target, (c) => c.kind === 'text' || (c.schema.nullable ?? false));
  const follows = target ? wordAt(scan, target.end) : '';
  const next = target ? tokens[target.end] : undefined;
  if (
    has &&
    target &&
    held &&
    !comparatorAt(scan, target.end) &&
    !/^(of|starting|containing|equal|is)$/.test(follows) &&
    next?.t !== 'text' &&
    !pickValue(target)
  ) {
    frame.filters.push({ any: [{ left: columnOperand(held.ref), operator: 'IS NOT NULL', values: [] }] });
    use(tokens, { start: at, end: target.end }, 'filter');
    frame.scores.push(0.85);
    return target.end;
  }
  return undefined;
}

/** One condition on rows, read without adding it: what a share is of. */
export function readClause(scan: Scan, from: number, _options: { readonly only: true }): { filters: Filter[]; end: number } | undefined {
  const { frame } = scan;
  const counts = { bare: frame.bare.length, comparisons: frame.comparisons.length, filters: frame.filters.length };
  let at = from;
  const filters: Filter[] = [];
  const nothing = readNullTest(scan, at);
  if (nothing !== undefined) {
    filters.push(...frame.filters.splice(counts.filters));
    return { filters, end: nothing };
  }
  const link = linkAt(scan, at);
  const column = pickColumn(link, (c) => c.kind !== 'boolean' && (isMeasure(c) || c.isCode || (pickValue(link)?.score ?? 0) < 0.6));
  const compare = link && column ? comparatorAt(scan, link.end) : comparatorAt(scan, at);
  if (compare && (!link || column)) {
    if (link && column) {
      frame.bare.push({ operand: columnOperand(column.ref), at, only: [] });
      useLink(scan, link, 'filter');
      at = link.end;
    }
    const end = readComparison(scan, at, false);
    const added = frame.comparisons.splice(counts.comparisons);
    frame.bare.length = counts.bare;
    if (end !== undefined && added.length > 0) {
      for (const comparison of added) {
        const left = comparison.subject.kind === 'column' ? comparison.subject.operand : undefined;
        if (left) filters.push({ any: [{ left, operator: comparison.operator, values: comparison.values }] });
      }
      return filters.length > 0 ? { filters, end } : undefined;
    }
  }
  const phrase = nounPhrase(scan, at, 'any');
  if (phrase.filters.length > 0) return { filters: [...phrase.filters], end: phrase.end };
  const guessed = guessColumn(scan, at);
  if (guessed) {
    use(scan.tokens, { start: at, end: guessed.end }, 'filter');
    return { filters: [{ any: [{ left: columnOperand(guessed.ref), operator: '=', values: [guessed.value] }] }], end: guessed.end };
  }
  return undefined;
}

/** Values joined by "or" (or a list) of one column become IN. */
export function mergeAlternatives(filters: readonly Filter[]): Filter[] {
  const out: Filter[] = [];
  for (const filter of filters) {
    const [only] = filter.any;
    const twin =
      only && filter.any.length === 1 && only.operator === '='
        ? out.findIndex(
            (f) => sameColumn(f.any[0], only) && f.any.length === 1 && (f.any[0]?.operator === '=' || f.any[0]?.operator === 'IN'),
          )
        : -1;
    const known = twin >= 0 ? out[twin]?.any[0] : undefined;
    if (only && known) {
      const values = [...known.values, ...only.values].filter(
        (v, i, all) => all.findIndex((w) => JSON.stringify(w) === JSON.stringify(v)) === i,
      );
      out[twin] = { any: [{ left: known.left, operator: values.length > 1 ? 'IN' : '=', values }] };
    } else if (!out.some((f) => JSON.stringify(f) === JSON.stringify(filter))) out.push(filter);
  }
  return out;
}

const sameColumn = (a: Condition | undefined, b: Condition): boolean =>
  a?.left.kind === 'column' &&
  b.left.kind === 'column' &&
  a.left.ref.name === b.left.ref.name &&
  a.left.ref.table === b.left.ref.table &&
  typeof a.values[0] !== 'boolean';
