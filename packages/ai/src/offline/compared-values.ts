import type { IrOperator } from '../ir/query-ir.ts';
import { type ColumnRef, isMeasure } from './column-facts.ts';
import { suffixAt } from './comparators.ts';
import { type FrameValue, plainWord, type Scan, wordAt } from './frame.ts';
import { matchAt } from './pattern.ts';
import { linkAt, pickColumn, pickValue } from './pick.ts';
import { rare } from './rare-kinds.ts';
import type { Token } from './token.ts';
import { inUnitOf } from './units.ts';
import { isStopWord } from './vocabulary.ts';

/** Literal of a token, as the column holds it. */
export function literal(scan: Scan, token: Token, ref: ColumnRef | undefined): FrameValue | undefined {
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

const TIMES: Readonly<Record<string, number>> = {
  twice: 2,
  double: 2,
  triple: 3,
  half: 0.5,
  third: 1 / 3,
  quarter: 0.25,
  fifth: 0.2,
  tenth: 0.1,
};

/** `twice the diastolic`, `2 % of the amount`, `three times the average price`: a share of another column. */
export function relativeAt(scan: Scan, at: number): { value: FrameValue; end: number } | undefined {
  const found =
    matchAt(scan.tokens, at, 'twice|double|triple|half of? the|its|their|what? was|is|were?') ??
    matchAt(scan.tokens, at, 'third|quarter|fifth|tenth of the|its|their?') ??
    matchAt(scan.tokens, at, '#num times|x the|its|their?') ??
    matchAt(scan.tokens, at, '#num of the|its|their?');
  const link = found && linkAt(scan, found.end);
  const other = pickColumn(link, isMeasure);
  const number = found?.slots[0];
  if (!found || !link || !other || (number?.t === 'number' && wordAt(scan, at + 1) === 'of' && number.unit !== '%')) return undefined;
  const times = number?.t === 'number' ? number.value / (number.unit === '%' ? 100 : 1) : (TIMES[wordAt(scan, at)] ?? 1);
  return { value: { ref: other.ref, times: Number(times.toPrecision(12)) }, end: link.end };
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
  const relative = ref ? relativeAt(scan, at) : undefined;
  if (relative) return { ...relative, token };
  const direct = literal(scan, token, ref);
  if (direct !== undefined) return { value: direct, end: at + 1, token };
  const link = linkAt(scan, at);
  const named = pickValue(link);
  // "machines that are down": a value or flag of another column is a condition of its own.
  const isForeign =
    ref?.kind === 'text' &&
    link !== undefined &&
    ((named !== undefined && named.score > 0.7 && named.ref.name !== ref.name) ||
      pickColumn(link, (c) => c.kind === 'boolean') !== undefined);
  if (isForeign && token.t === 'word' && token.raw === token.raw.toLowerCase()) return undefined;
  if (named && link && (!ref || named.ref.name === ref.name)) return { value: named.value, end: link.end, token };
  if (token.t === 'word' && /^(true|false|yes|no)$/.test(token.word) && ref?.kind === 'boolean')
    return { value: /true|yes/.test(token.word), end: at + 1, token };
  const other = ref ? pickColumn(link, (c) => c.kind === ref.kind && c.name !== ref.name) : undefined;
  // "where a load was rejected" compares no site with a reject_note.
  // "150 seats were sold" of seats_sold: what was done with them, and no second number.
  const isVerb = /[a-z](?:ed|old|ent|en)$/.test(wordAt(scan, at)) && /^(?:is|are|was|were)$/.test(plainWord(scan, at - 1));
  if (other && link && !isVerb && (ref?.kind !== 'text' || other.score > 0.8)) return { value: { ref: other.ref }, end: link.end, token };
  // "which handler is lazy" asks for an opinion.
  const isOpinion =
    token.t === 'word' && /^[a-z]+$/.test(token.raw) && (ref?.isId === true || /^(which|who|what|whose)$/.test(plainWord(scan, 0)));
  // "stands where more than 500 were felled" says nothing of the stand.
  const isDone = token.t === 'word' && /[a-z]{3}ed$/.test(token.raw) && ref !== undefined && ref === scan.frame.entity?.ref;
  if (
    allowWord &&
    !isOpinion &&
    !isDone &&
    !(ref && rare.isState?.(scan, at, ref)) &&
    token.t === 'word' &&
    !/^(null|empty|missing)$/.test(token.word) &&
    !isSmallWord(token)
  ) {
    const end = rawEnd(scan, at);
    return { value: scan.input.slice(token.start, scan.tokens[end - 1]?.end ?? token.end), end, token };
  }
  return undefined;
}

/** "on", "to", "more": no value of a column, unless they are written as one. */
export const isSmallWord = (token: Token): boolean => token.t === 'word' && token.raw === token.word && isStopWord(token.word);

/** Words of one written name, and capitalised words beside each other (`New York`). */
export function rawEnd(scan: Scan, at: number): number {
  let end = at + 1;
  while (scan.tokens[end]?.t === 'word' && scan.tokens[end]?.start === scan.tokens[at]?.start) end++;
  // "nova-mini"
  while (
    /^-$/.test(wordAt(scan, end)) &&
    scan.tokens[end]?.start === scan.tokens[end - 1]?.end &&
    scan.tokens[end + 1]?.start === scan.tokens[end]?.end
  )
    end += 2;
  while (
    /^[A-Z][a-z]/.test(scan.tokens[at]?.raw ?? '') &&
    /^[A-Z][a-z]/.test(scan.tokens[end]?.raw ?? '') &&
    scan.tokens[end]?.used === undefined
  )
    end++;
  return end;
}

const isProper = (token: Token): boolean => token.t === 'word' && (/^[A-Z]/.test(token.raw) || /\d/.test(token.raw));

export const skipTo = (scan: Scan, at: number): number =>
  VALUE_SKIP.test(wordAt(scan, at)) && !linkAt(scan, at) ? skipTo(scan, at + 1) : at;

/** What stands on the right of a comparison. */
export interface Compared {
  readonly operator: IrOperator;
  readonly values: readonly FrameValue[];
  /** The tokens of the values: one, or two of a range. */
  readonly tokens: readonly Token[];
  readonly end: number;
}

/** Reads `500`, `10 and 20`, `"a", "b" or "c"`, with an `or more` behind it. */
export function readValues(scan: Scan, from: number, asked: IrOperator, ref: ColumnRef | undefined): Compared | undefined {
  const isEquality = asked === '=' || asked === '!=';
  const read = valueAt(scan, from, ref, isEquality && ref?.kind === 'text');
  if (!read) return undefined;
  const one = { operator: asked, values: [read.value], tokens: [read.token], end: read.end };
  if (asked === 'BETWEEN' || asked === 'NOT BETWEEN') {
    const joint = matchAt(scan.tokens, read.end, 'and|to|-|through|till|until') ?? matchAt(scan.tokens, read.end, 'up to');
    const high = joint && valueAt(scan, joint.end, ref, false);
    if (!high) return undefined;
    const tokens = [read.token, high.token];
    const values = ref ? converted(scan, tokens, [read.value, high.value], ref) : [read.value, high.value];
    const [low, top] = values;
    // "between 850 and 700"
    const isTurned = typeof low === 'number' && typeof top === 'number' && low > top;
    return { ...one, tokens, values: isTurned ? [top, low] : values, end: high.end };
  }
  const to = asked === '=' && read.token.t === 'number' ? matchAt(scan.tokens, read.end, 'up? to|- ') : undefined;
  if (to && (scan.tokens[to.end]?.t === 'number' || scan.tokens[to.end]?.t === 'duration')) return readValues(scan, from, 'BETWEEN', ref);
  const list = isEquality && ref ? listFrom(scan, one, ref) : one;
  const suffix = suffixAt(scan, list.end);
  return suffix ? { ...list, operator: suffix.operator, end: suffix.end } : list;
}

function listFrom(scan: Scan, first: Compared, ref: ColumnRef): Compared {
  const values = [...first.values];
  let { end } = first;
  for (let guard = 0; guard < 8; guard++) {
    const joint = matchAt(scan.tokens, end, ',? or|nor|and') ?? matchAt(scan.tokens, end, ',');
    const next = joint && scan.tokens[joint.end];
    if (!joint || !next) break;
    const isNumber = next.t === 'number' && isMeasure(ref) === (first.tokens[0]?.t === 'number');
    const isValue = next.t === 'text' || isNumber || isProper(next) || pickValue(linkAt(scan, joint.end))?.ref.name === ref.name;
    const other = isValue ? valueAt(scan, joint.end, ref, ref.kind === 'text') : undefined;
    if (!other || suffixAt(scan, other.end)) break;
    values.push(other.value);
    end = other.end;
  }
  return values.length === 1 ? first : { ...first, operator: first.operator === '!=' ? 'NOT IN' : 'IN', values, end };
}

/** The values as a column holds them; `1 and 3 hours` are both hours. */
export function converted(scan: Scan, tokens: readonly Token[], values: readonly FrameValue[], ref: ColumnRef): FrameValue[] {
  const last = tokens.at(-1);
  return values.map((value, i) => {
    const token = tokens[i];
    if (!token) return value;
    const isBare = token.t === 'number' && token.unit === undefined && token !== last;
    if (isBare && last?.t === 'number' && last.unit !== undefined) return literal(scan, { ...token, unit: last.unit }, ref) ?? value;
    if (isBare && last?.t === 'duration')
      return literal(scan, { ...last, ms: (last.ms / last.count) * token.value, count: token.value, raw: token.raw }, ref) ?? value;
    return literal(scan, token, ref) ?? value;
  });
}
