import { type ColumnRef, isMeasure } from './column-facts.ts';
import { type Aggregate, columnOperand, isAdditive, type Scan, wordAt } from './frame.ts';
import type { Lexicon } from './lexicon.ts';
import { findPattern, keepUses, matchAt, use, wordsIn } from './pattern.ts';
import { linkAt, pickColumn, pickNumber } from './pick.ts';
import { type Side, side } from './ratio-side.ts';
import { stem } from './stem.ts';
import type { Token } from './token.ts';

const FIGURE = 'the? total|sum|average|avg|mean|maximum|max|highest|minimum|min|lowest|number|count of? the?';
const OVER = 'over|through|by|per the?';
const DIVIDED = 'divided by the?';
const MINUS = 'minus|less|- the?';

/** One aggregate over or minus another: `total rent divided by total area`, `total due minus total paid`, `max minus min of the price`. */
export function readQuotient(scan: Scan, at: number): number | undefined {
  return (
    rowsAsShare(scan, at) ??
    extremes(scan, at) ??
    ofAggregates(scan, at) ??
    ofColumns(scan, at) ??
    ofRows(scan, at) ??
    perSpan(scan, at) ??
    perMany(scan, at)
  );
}

/** `kiosk bookings as % of all bookings`: rows of a kind among all rows, where no number was named. */
function rowsAsShare(scan: Scan, at: number): number | undefined {
  const { frame, tokens } = scan;
  const lead = matchAt(
    tokens,
    at,
    'as|in a|an|the? percentage|percent|pct|%|share|fraction|proportion|ratio of|among|to all|the|our|total the|our?',
  );
  const isCount = frame.measures.every((m) => m.kind === 'aggregate' && m.fn === 'COUNT' && !m.of);
  if (!lead || frame.filters.length === 0 || frame.bare.length > 0 || !isCount || pickNumber(linkAt(scan, lead.end))) return undefined;
  const link = linkAt(scan, lead.end);
  const noun = tokens[lead.end];
  if (noun?.t !== 'word' || noun.used !== undefined) return undefined;
  const only = [...frame.filters.splice(0), ...frame.measures.flatMap((m) => (m.kind === 'aggregate' ? m.only : []))];
  frame.measures.length = 0;
  const end = link?.end ?? lead.end + 1;
  use(tokens, { start: at, end }, 'ratio');
  frame.scores.push(0.9);
  const percent = wordsIn(tokens, lead).some((w) => /^(percentage|percent|pct|%)$/.test(w));
  frame.measures.push({ kind: 'ratio', at, top: { fn: 'COUNT', only }, bottom: { fn: 'COUNT', only: [] }, percent });
  return end;
}

/** Both sides are figures, told so: the words in front of a colon or bracket were a name for it. */
function ofAggregates(scan: Scan, at: number): number | undefined {
  const { tokens } = scan;
  if (!matchAt(tokens, at, FIGURE)) return undefined;
  const restore = keepUses(tokens, at);
  const scores = scan.frame.scores.length;
  const top = side(scan, at);
  const joint = top && (matchAt(tokens, top.end, DIVIDED) ?? matchAt(tokens, top.end, MINUS) ?? matchAt(tokens, top.end, OVER));
  const isPlain = joint && /^(over|through|by|per)$/.test(wordAt(scan, joint.start));
  const bottom = joint && (!isPlain || matchAt(tokens, joint.end, FIGURE)) ? side(scan, joint.end) : undefined;
  if (!top || !joint || !bottom || !isFigure(top) || !isFigure(bottom)) {
    restore();
    scan.frame.scores.length = scores;
    return undefined;
  }
  const isMinus = matchAt(tokens, joint.start, MINUS) !== undefined;
  return isMinus ? difference(scan, at, top, bottom, joint) : quotient(scan, at, top, bottom, joint);
}

const isFigure = ({ aggregate }: Side): boolean => aggregate.of !== undefined || aggregate.fn === 'COUNT';

function quotient(scan: Scan, at: number, top: Side, bottom: Side, joint: { start: number; end: number }): number {
  use(scan.tokens, joint, 'ratio');
  alone(scan, [top.aggregate, bottom.aggregate]);
  scan.frame.scores.push(0.95);
  scan.frame.measures.push({ kind: 'ratio', at, top: top.aggregate, bottom: bottom.aggregate, percent: false });
  return bottom.end;
}

function difference(scan: Scan, at: number, top: Side, bottom: Side, joint: { start: number; end: number }): number | undefined {
  const a = top.aggregate;
  const b = otherThan(scan, a, bottom);
  if (
    a.of?.kind !== 'column' ||
    b.of?.kind !== 'column' ||
    (a.of.ref === b.of.ref && a.fn === b.fn) ||
    a.only.length + b.only.length > 0 ||
    a.distinct ||
    b.distinct
  )
    return undefined;
  use(scan.tokens, joint, 'measure');
  alone(scan, [a, b]);
  scan.frame.scores.push(0.95);
  scan.frame.measures.push({
    kind: 'formula',
    at,
    alias: `${a.of.ref.name}_minus_${b.of.ref.name}`,
    expression: `${a.fn}({0}) - ${b.fn}({1})`,
    refs: [a.of.ref, b.of.ref],
  });
  return bottom.end;
}

/** `due minus paid`: where both words could be one column, the second is the other. */
function otherThan(scan: Scan, a: Aggregate, { aggregate: b, end }: Side): Aggregate {
  if (a.of?.kind !== 'column' || b.of?.kind !== 'column' || a.of.ref !== b.of.ref || a.fn !== b.fn) return b;
  const own = a.of.ref;
  const other = pickColumn(scan.links.get(end - 1), (c) => isMeasure(c) && c !== own);
  return other ? { ...b, of: columnOperand(other.ref) } : b;
}

/** What the two sides are made of stands no more for itself. */
function alone({ frame }: Scan, sides: readonly Aggregate[]): void {
  const own = sides.flatMap((s) => (s.of?.kind === 'column' ? [s.of.ref] : []));
  for (const item of [...frame.bare])
    if (item.operand.kind === 'column' && own.includes(item.operand.ref)) frame.bare.splice(frame.bare.indexOf(item), 1);
  for (const measure of [...frame.measures])
    if (measure.kind === 'aggregate' && measure.of?.kind === 'column' && own.includes(measure.of.ref))
      frame.measures.splice(frame.measures.indexOf(measure), 1);
}

/** `bottles less rejects`, `grams minus left over`: two columns; what adds up is added up. */
function ofColumns(scan: Scan, at: number): number | undefined {
  const { frame, tokens } = scan;
  const first = linkAt(scan, at);
  const left = pickNumber(first);
  const joint = first && left ? matchAt(tokens, first.end, MINUS) : undefined;
  const second = joint && linkAt(scan, joint.end);
  const right = pickNumber(second);
  if (!first || !left || !joint || !second || !right || left.ref === right.ref) return undefined;
  alone(scan, [
    { fn: 'SUM', of: columnOperand(left.ref), only: [] },
    { fn: 'SUM', of: columnOperand(right.ref), only: [] },
  ]);
  use(tokens, { start: at, end: second.end }, 'measure');
  frame.scores.push(0.93);
  frame.bare.push({
    operand: { kind: 'binary', operator: '-', left: columnOperand(left.ref), right: columnOperand(right.ref) },
    at,
    only: [],
  });
  return second.end;
}

/** `max minus min battery temp`, `price: highest minus lowest`. */
function extremes(scan: Scan, at: number): number | undefined {
  const { frame, tokens } = scan;
  const found =
    matchAt(tokens, at, 'the? maximum|max|highest|peak|largest|biggest minus|less|- the? minimum|min|lowest|smallest') ??
    matchAt(tokens, at, 'how far apart are? the? highest|lowest|maximum|minimum|max|min and the? lowest|highest|minimum|maximum|min|max');
  if (!found) return undefined;
  const last = frame.measures.at(-1);
  const link = linkAt(scan, /^(of|in)$/.test(wordAt(scan, found.end)) ? found.end + 1 : found.end);
  const number = pickNumber(link);
  use(tokens, found, 'measure');
  if (!number && last?.kind === 'formula') return found.end;
  const before = frame.bare.findLastIndex((b) => b.operand.kind === 'column' && isMeasure(b.operand.ref));
  const [taken] = number || before < 0 ? [] : frame.bare.splice(before, 1);
  const ref = number?.ref ?? (taken?.operand.kind === 'column' ? taken.operand.ref : undefined);
  if (!ref) {
    for (const token of tokens.slice(found.start, found.end)) delete token.used;
    return undefined;
  }
  if (number && link) use(tokens, link, 'measure');
  const named = findPattern(tokens, 'the? spread|range|swing|difference|gap');
  if (named) use(tokens, named, 'measure');
  frame.scores.push(0.95);
  frame.measures.push({ kind: 'formula', at, alias: `${ref.name}_range`, expression: 'MAX({0}) - MIN({0})', refs: [ref] });
  return number && link ? link.end : found.end;
}

const UNITS: Readonly<Record<string, string>> = { second: 's', minute: 'min', hour: 'h', day: 'd' };
const EACH = 'per|for|to|against each|every|one|a|single?';

/** `how many escalations per removal`: rows of one value over rows of another of the same column. */
function ofRows(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const lead = matchAt(tokens, at, 'how many') ?? matchAt(tokens, at, 'the? number|count of') ?? matchAt(tokens, at, 'the');
  const start = lead?.end ?? at;
  if (!linkAt(scan, start)) return undefined;
  const restore = keepUses(tokens, at);
  const scores = frame.scores.length;
  const top = side(scan, start);
  let joint = top && matchAt(tokens, top.end, EACH);
  for (let skip = 1; top && !joint && skip < 4 && !linkAt(scan, top.end + skip - 1); skip++) joint = matchAt(tokens, top.end + skip, EACH);
  const bottom = joint ? side(scan, joint.end) : undefined;
  const column = (s: Side | undefined) => {
    const told = s?.aggregate.only.length === 1 && s.aggregate.of === undefined ? s.aggregate.only[0]?.any[0] : undefined;
    return told?.operator === '=' && typeof told.values[0] === 'string' && told.left.kind === 'column' ? told.left.ref : undefined;
  };
  if (!top || !bottom || !joint || column(top) === undefined || column(top) !== column(bottom)) {
    restore();
    frame.scores.length = scores;
    return undefined;
  }
  use(tokens, { start: at, end: bottom.end }, 'ratio');
  frame.scores.push(0.92);
  frame.measures.push({ kind: 'ratio', at, top: top.aggregate, bottom: bottom.aggregate, percent: false });
  return bottom.end;
}

/** The column that holds spans: it is called by the unit alone, or by the noun that is told. */
function spanOf(columns: readonly ColumnRef[], unit: string, told?: Token): ColumnRef | undefined {
  const spans = columns.filter((c) => isMeasure(c) && c.unit === UNITS[unit]);
  const word = told?.t === 'word' ? told.stem : undefined;
  return spans.find((c) => c.words.some((w) => stem(w) === word)) ?? spans.find((c) => c.words.join(' ') === `${unit}s`);
}

/** `kilos per minute at the stop` of minutes_at_stop, `calories per minute` beside minutes: a span that rows hold, and no window. */
function perSpan(scan: Scan, at: number): number | undefined {
  const { base, frame, tokens } = scan;
  const first = linkAt(scan, at);
  const number = pickNumber(first);
  if (!first || !number || !isAdditive(columnOperand(number.ref))) return undefined;
  const doing = /[a-z]{3}(ed|nt)$/.test(wordAt(scan, first.end)) ? 1 : 0;
  const per = matchAt(tokens, first.end + doing, 'per each|single? second|minute|hour|day');
  if (!per) return undefined;
  const unit = wordsIn(tokens, per).at(-1) ?? '';
  const told = matchAt(tokens, per.end, 'of|at|in|on|spent the? #word');
  const others = base.columns.filter((c) => c !== number.ref);
  const named = told ? spanOf(others, unit, told.slots[0]) : undefined;
  const span = named ?? spanOf(others, unit);
  if (!span) return undefined;
  use(tokens, { start: at, end: named && told ? told.end : per.end }, 'ratio');
  frame.scores.push(0.9);
  frame.assumptions.push({ kind: 'column', text: `"per ${unit}" is of ${span.name}` });
  const sum = (of: typeof span): Aggregate => ({ fn: 'SUM', of: columnOperand(of), only: [] });
  frame.measures.push({ kind: 'ratio', at, top: sum(number.ref), bottom: sum(span), percent: false });
  return named && told ? told.end : per.end;
}

/** `calories per minute` beside a column of minutes: these words are no window. */
export function heldSpans(tokens: readonly Token[], lexicon: Lexicon): readonly Token[] {
  const named = (stem: string): readonly string[] =>
    (lexicon.byFirst.get(stem) ?? []).flatMap(({ target, score }) =>
      target.kind === 'column' && score > 0.6 && isMeasure(target.ref) && isAdditive(columnOperand(target.ref)) ? [target.ref.table] : [],
    );
  return tokens.flatMap((token, i) => {
    const unit = tokens[i + 1];
    if (token.t !== 'word' || token.word !== 'per' || unit?.t !== 'word' || !/^(second|minute|hour|day)$/.test(unit.word)) return [];
    const told = matchAt(tokens, i + 2, 'of|at|in|on|spent the? #word')?.slots[0];
    const spans = lexicon.tables.filter((t) => spanOf(t.columns, unit.word, told) !== undefined).map((t) => t.name);
    const isAmount = [tokens[i - 1], tokens[i - 2]].some((t) => t?.t === 'word' && named(t.stem).some((table) => spans.includes(table)));
    return isAmount ? [token, unit] : [];
  });
}

/** `rejects per 100 bottles`, `damage per 1000 trips`. */
function perMany(scan: Scan, at: number): number | undefined {
  const { frame, tokens } = scan;
  const lead = matchAt(tokens, at, 'how many|much') ?? matchAt(tokens, at, 'the? number of');
  if (!linkAt(scan, lead?.end ?? at)) return undefined;
  const restore = keepUses(tokens, at);
  const scores = frame.scores.length;
  const top = side(scan, lead?.end ?? at);
  const joint =
    top && (matchAt(tokens, top.end, 'per|for|in|of|out every|each|of? #int') ?? matchAt(tokens, top.end + 1, 'per|for every|each? #int'));
  const many = joint?.slots[0];
  const bottom = joint && many?.t === 'number' && /^10+$/.test(String(many.value)) ? side(scan, joint.end) : undefined;
  const sum = ({ aggregate: a }: Side): string | undefined =>
    a.only.length > 0 || a.distinct
      ? undefined
      : a.of === undefined
        ? 'COUNT(*)'
        : a.of.kind === 'column' && a.fn === 'SUM'
          ? 'SUM'
          : undefined;
  const [a, b] = [top && sum(top), bottom && sum(bottom)];
  if (!top || !joint || !bottom || many?.t !== 'number' || ((a === undefined || b === undefined) && many.value !== 100)) {
    restore();
    frame.scores.length = scores;
    return undefined;
  }
  use(tokens, { start: at, end: bottom.end }, 'ratio');
  frame.scores.push(0.9);
  if (many.value === 100) {
    frame.measures.push({ kind: 'ratio', at, top: top.aggregate, bottom: bottom.aggregate, percent: true, alias: `per_100` });
    return bottom.end;
  }
  const refs = [top, bottom].flatMap(({ aggregate: { of } }) => (of?.kind === 'column' ? [of.ref] : []));
  const term = (s: Side, i: number): string => (s.aggregate.of === undefined ? 'COUNT(*)' : `SUM({${i}})`);
  const below = term(bottom, refs.length - 1);
  frame.measures.push({
    kind: 'formula',
    at,
    alias: `per_${many.value}`,
    expression: `${many.value}.0 * ${term(top, 0)} / NULLIF(${below}, 0)`,
    refs,
  });
  return bottom.end;
}
