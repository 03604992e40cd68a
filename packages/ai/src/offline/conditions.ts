import type { IrOperator } from '../ir/query-ir.ts';
import { type ColumnRef, isAge, isMeasure } from './column-facts.ts';
import { comparatorAt, likeForm, suffixAt } from './comparators.ts';
import { isTold, type Subject, subjectBefore, unnamedSubject } from './compared-subject.ts';
import { type Compared, converted, isSmallWord, rawEnd, readValues, relativeAt, skipTo } from './compared-values.ts';
import { type Comparison, columnOperand, type Filter, type Operand, plainWord, refsOf, type Scan, wordAt } from './frame.ts';
import { columnsInReach, isDeed, revenueOf } from './meaning.ts';
import { nounPhrase } from './noun-phrase.ts';
import { keepUses, matchAt, use, wordsIn } from './pattern.ts';
import { linkAt, PERSONS, pickColumn, pickTable, pickValue, referenceTo, useLink } from './pick.ts';
import { rare } from './rare-kinds.ts';
import { fitsUnit } from './units.ts';

/** What is counted or measured behind a number: `more than 5 failed logins`, `over 100 units`. */
function nounAfter(scan: Scan, at: number, from: number): { subject: Subject; end: number; ofGroup: boolean } | undefined {
  const { tokens, frame } = scan;
  if (/^(in|on|at|during|per|by|from|for|within|with|,)$/.test(wordAt(scan, at))) return undefined;
  const times = matchAt(tokens, at, 'times|rows|records|occurrences|entries|hits|events|messages');
  const link = linkAt(scan, at);
  const counted = frame.bare.at(-1)?.operand;
  if (
    times &&
    !link &&
    counted?.kind === 'column' &&
    (counted.ref.words.some((w) => /^(count|cnt|times|retries|attempts|num)$/.test(w)) ||
      (counted.ref.isAdditive && /INT/i.test(counted.ref.schema.type) && /ed$/.test(tokens[from - 1]?.raw ?? '')))
  ) {
    // "reopened more than 3 times" of reopen_count
    use(tokens, times, 'count');
    return { subject: { operand: counted }, end: times.end, ofGroup: false };
  }
  if (times && !link) {
    use(tokens, times, 'count');
    return { subject: { measure: { kind: 'aggregate', fn: 'COUNT', only: [], at: from } }, end: times.end, ofGroup: true };
  }
  const restore = keepUses(tokens, at);
  const scores = frame.scores.length;
  const phrase = nounPhrase(scan, at, 'any');
  if (!phrase.found) return rare.countedNoun?.(scan, at, from);
  const only = phrase.filters;
  if (phrase.operand && only.length === 0 && phrase.table === undefined)
    return { subject: { operand: phrase.operand }, end: phrase.end, ofGroup: false };
  const other = phrase.table !== undefined && phrase.table !== scan.base.name ? referenceTo(scan, phrase.table) : undefined;
  const thing = phrase.thing ?? other;
  if (phrase.table !== undefined || only.length > 0 || thing) {
    const isRow = thing && !thing.isId && (isDeed(thing) || /^(message|msg|event|log|record|entry|text|body)s?$/.test(thing.name));
    const isSame = thing !== undefined && thing === frame.entity?.ref;
    // "50 or more drop verdicts": rows of that verdict.
    const isKept = only.some((f) => f.any.some((c) => c.left.kind === 'column' && c.left.ref === thing));
    const counted =
      thing && !isRow && !isSame && !isKept && phrase.table !== scan.base.name ? { of: columnOperand(thing), distinct: true } : {};
    return { subject: { measure: { kind: 'aggregate', fn: 'COUNT', only, at: from, ...counted } }, end: phrase.end, ofGroup: true };
  }
  restore();
  frame.scores.length = scores;
  return rare.countedNoun?.(scan, at, from);
}

/** `faster than 100 ms` is less time. */
function speedOf(scan: Scan, at: number, comparator: { operator: IrOperator; end: number }): IrOperator {
  const words = wordsIn(scan.tokens, { start: at, end: comparator.end });
  const isTime = scan.tokens[skipTo(scan, comparator.end)]?.t === 'duration';
  if (words.includes('slower')) return isTime ? '>' : '<';
  return words.includes('faster') && isTime ? '<' : comparator.operator;
}

const LIKE = new Set<IrOperator>(['LIKE', 'NOT LIKE']);

/** `3 items`, `one or two stars`, `5 to 10 items`, `2 stars or less`: a number of what one column counts. */
function readAmountOf(scan: Scan, at: number, isAlert: boolean): number | undefined {
  const range = matchAt(scan.tokens, at, '#num to|- #num');
  const pair = range ? undefined : matchAt(scan.tokens, at, '#num or #num');
  const end = (range ?? pair)?.end ?? at + 1;
  const dash = matchAt(scan.tokens, end, '-')?.end ?? end;
  const link = linkAt(scan, dash);
  const column = pickColumn(link, isMeasure);
  const first = link?.candidates[0]?.target;
  if (!link || !column || first?.kind !== 'column' || first.ref !== column.ref || !/INT/i.test(column.ref.schema.type)) return undefined;
  const numbers = ((range ?? pair)?.slots ?? [scan.tokens[at]]).flatMap((t) =>
    t?.t === 'number' && t.unit === undefined ? [t.value] : [],
  );
  if (numbers.length === 0 || comparatorAt(scan, link.end)) return undefined;
  const suffix = suffixAt(scan, link.end);
  const operator: IrOperator = range ? 'BETWEEN' : pair ? 'IN' : (suffix?.operator ?? '=');
  useLink(scan, link, 'comparison');
  use(scan.tokens, { start: at, end: suffix?.end ?? link.end }, 'comparison');
  scan.frame.comparisons.push({
    at,
    operator,
    values: numbers,
    isAlert,
    ofGroup: false,
    subject: { kind: 'column', operand: columnOperand(column.ref) },
  });
  return suffix?.end ?? link.end;
}

/** `3 or more failed logins`: the number first. */
function readCounted(scan: Scan, at: number, isAlert: boolean): number | undefined {
  const token = scan.tokens[at];
  if (token?.t !== 'number' || token.used !== undefined || token.unit !== undefined) return undefined;
  const amount = readAmountOf(scan, at, isAlert);
  if (amount !== undefined) return amount;
  const behind = scan.frame.bare.at(-1);
  if (
    behind?.operand.kind === 'column' &&
    scan.links.get(behind.at)?.end === at &&
    ((/INT/i.test(behind.operand.ref.schema.type) && !behind.operand.ref.isAdditive) ||
      /^(|and|or|,|with|in|at)$/.test(plainWord(scan, at + 1))) &&
    !suffixAt(scan, at + 1)
  ) {
    // "rating 5", "floor 3", "stars 1 or 2"
    const values = [token.value];
    let end = at + 1;
    for (
      let more = matchAt(scan.tokens, end, ',? or|and #int') ?? matchAt(scan.tokens, end, ', #int');
      more && (wordAt(scan, more.end) === 'of' || !comparatorAt(scan, more.end));
    ) {
      const next = more.slots[0];
      if (next?.t === 'number') values.push(next.value);
      end = more.end;
      more = matchAt(scan.tokens, end, ',? or|and #int') ?? matchAt(scan.tokens, end, ', #int');
    }
    use(scan.tokens, { start: at, end }, 'comparison');
    scan.frame.scores.push(0.9);
    scan.frame.comparisons.push({
      at,
      operator: values.length > 1 ? 'IN' : '=',
      values,
      isAlert,
      ofGroup: false,
      subject: { kind: 'column', operand: behind.operand },
    });
    return end;
  }
  // "20 times or more"
  const often = matchAt(scan.tokens, at + 1, 'times');
  const manyTimes = often && suffixAt(scan, often.end);
  if (often && manyTimes) {
    use(scan.tokens, { start: at, end: manyTimes.end }, 'comparison');
    const measure = { kind: 'aggregate' as const, fn: 'COUNT' as const, only: [], at };
    scan.frame.comparisons.push({
      at,
      operator: manyTimes.operator,
      values: [token.value],
      isAlert,
      ofGroup: true,
      subject: { kind: 'measure', measure },
    });
    return manyTimes.end;
  }
  const suffix = suffixAt(scan, at + 1);
  const before = suffix ? scan.frame.bare.at(-1) : undefined;
  if (
    suffix &&
    before &&
    before.operand.kind === 'column' &&
    scan.tokens[at - 1]?.used !== undefined &&
    before.at >= at - 3 &&
    before.operand.ref.kind === 'number' &&
    !before.operand.ref.isId &&
    !pickColumn(linkAt(scan, suffix.end), isMeasure)
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

/** A range from its lower end on: "between 850 and 700". */
const inOrder = (operator: IrOperator, values: Comparison['values']): Comparison['values'] =>
  /BETWEEN/.test(operator) && Number(values[0]) > Number(values[1]) ? [...values].reverse() : values;

/** Reads `over 500`, `is at least 3 orders`, `between 10 and 20`, `starting with "x"` and gives the place behind it. */
export function readComparison(scan: Scan, at: number, isAlert: boolean): number | undefined {
  const { tokens, frame } = scan;
  const comparator = comparatorAt(scan, at);
  if (!comparator) return rare.readSpan?.(scan, at, isAlert) ?? readCounted(scan, at, isAlert);
  const operator = speedOf(scan, at, comparator);
  if (operator === '=' && wordAt(scan, at) === 'of' && !isOfAmount(scan, at, comparator.end)) return undefined;
  if (LIKE.has(operator)) return readLike(scan, at, comparator.end, operator, isAlert);
  const isEquality = operator === '=' || operator === '!=';
  // "NXDOMAIN over tcp"
  const beyond = isEquality ? undefined : linkAt(scan, skipTo(scan, comparator.end));
  if (beyond && pickValue(beyond) && !pickColumn(beyond, isMeasure)) return undefined;
  const prior = subjectBefore(scan, at, tokens[skipTo(scan, comparator.end)], operator);
  if (isEquality && !prior && !suffixAt(scan, comparator.end + 1)) return undefined;
  const relative = prior ? undefined : relativeAt(scan, skipTo(scan, comparator.end));
  if (relative) return readRelative(scan, at, operator, relative, isAlert);
  const read = readValues(scan, comparator.end, operator, prior?.operand ? refsOf(prior.operand)[0] : undefined);
  const priorRef = prior?.operand ? refsOf(prior.operand)[0] : undefined;
  // "games of 80 or more moves": no id is more than a number.
  const isNoun = read?.tokens[0]?.t === 'number' && read.tokens[0].unit === undefined && linkAt(scan, read.end) !== undefined;
  if (isEquality && isNoun && /[<>]/.test(read.operator) && (priorRef?.isId || priorRef?.kind === 'text')) return undefined;
  const [token] = read?.tokens ?? [];
  if (!read || !token || (isEquality && prior?.measure && token.t !== 'number')) return undefined;
  const behind =
    read.operator === '=' || read.operator === '!=' || (isEquality && prior) || read.values.some((v) => typeof v === 'object' && 'ref' in v)
      ? undefined
      : subjectBehind(scan, at, read, prior);
  const late = behind?.isCounted ? suffixAt(scan, behind.end) : undefined;
  const end = late?.end ?? behind?.end ?? read.end;
  use(tokens, { start: at, end: read.end }, 'comparison');
  for (const t of tokens.slice(at, end)) t.used ??= 'comparison';
  const told = isTold(scan, at, comparator.end, prior) ? undefined : prior;
  const hasOther = told?.operand !== undefined;
  const aged = behind
    ? undefined
    : ((token.t === 'number' && !hasOther ? agedBefore(scan, at) : undefined) ?? rare.namedBefore?.(scan, token, at, hasOther));
  const subject =
    behind?.subject ??
    (aged && { operand: columnOperand(aged) }) ??
    told ??
    unnamedSubject(scan, read.tokens.at(-1) ?? token, at, comparator.end);
  // "averaging over 3 hours of delay": the average, which was named before.
  const averaged =
    prior?.measure?.kind === 'aggregate' && prior.measure.of && JSON.stringify(prior.measure.of) === JSON.stringify(behind?.subject.operand)
      ? prior
      : undefined;
  const chosen = averaged ?? subject;
  const of = chosen?.measure?.kind === 'aggregate' && chosen.measure.fn !== 'COUNT' ? chosen.measure.of : undefined;
  const operand = chosen?.operand ?? of;
  const ref = operand ? refsOf(operand)[0] : undefined;
  frame.scores.push(chosen ? 0.93 : 0.7);
  if (chosen && chosen === prior && prior.only) frame.filters.push(...prior.only.filter((f) => !frame.filters.includes(f)));
  frame.comparisons.push({
    at,
    operator: late?.operator ?? read.operator,
    values: ref && (chosen !== prior || of) ? inOrder(read.operator, converted(scan, read.tokens, read.values, ref)) : read.values,
    isAlert,
    ofGroup: behind?.ofGroup ?? false,
    subject: chosen?.measure
      ? { kind: 'measure', measure: chosen.measure }
      : chosen?.operand
        ? { kind: 'column', operand: chosen.operand }
        : { kind: 'unnamed' },
    ...(token.t === 'number' && token.unit !== undefined ? { unit: token.unit } : {}),
  });
  return end;
}

/** `claims bigger than ten times the premium`, `less than half of the max points`: the number that is like the one compared with. */
function readRelative(
  scan: Scan,
  at: number,
  operator: IrOperator,
  { value, end }: NonNullable<ReturnType<typeof relativeAt>>,
  isAlert: boolean,
): number | undefined {
  const other = (value as { ref: ColumnRef }).ref;
  const numbers = scan.base.columns.filter((c) => isMeasure(c) && c !== other);
  const principal = other.isMoney ? revenueOf(scan.base) : undefined;
  const like =
    numbers.find((c) => c.words.every((w) => other.words.includes(w))) ??
    (principal?.kind === 'column' && principal.ref !== other ? principal.ref : undefined) ??
    numbers.find((c) => other.isMoney && c.isMoney) ??
    numbers.find((c) => other.unit !== undefined && c.unit === other.unit);
  if (!like) return undefined;
  use(scan.tokens, { start: at, end }, 'comparison');
  scan.frame.scores.push(0.8);
  scan.frame.assumptions.push({ kind: 'column', text: `${like.name} is compared with ${other.name}` });
  scan.frame.comparisons.push({
    at,
    operator,
    values: [value],
    isAlert,
    ofGroup: false,
    subject: { kind: 'column', operand: columnOperand(like) },
  });
  return end;
}

/** `a temperature of 30`, `of 5 or more`: an amount; other "of" are not comparisons. */
function isOfAmount(scan: Scan, at: number, from: number): boolean {
  const near = scan.frame.bare.at(-1);
  const isNear =
    near !== undefined &&
    near.at >= at - 3 &&
    near.operand.kind === 'column' &&
    isMeasure(near.operand.ref) &&
    scan.tokens[from]?.t === 'number';
  return isNear || suffixAt(scan, from + 1) !== undefined;
}

/** `members under 18`: the age of those named right before. */
function agedBefore(scan: Scan, from: number): ColumnRef | undefined {
  const at = plainWord(scan, from - 1) === '(' ? from - 1 : from;
  for (const link of scan.links.values()) {
    const table = link.end === at ? pickTable(link)?.table : undefined;
    if (table !== undefined && table !== scan.base.name) return scan.lexicon.table(table)?.columns.find((c) => isAge(c));
  }
  // "shots of players under 21": somebody of whom another relation tells the age.
  for (const link of scan.links.values()) {
    const key = link.end === at ? pickColumn(link, (c) => c.kind === 'text' && c.table === scan.base.name)?.ref : undefined;
    const table = key && [...scan.hops].find(([, path]) => path.length === 1 && path[0]?.left.name === key.name)?.[0];
    const age = table === undefined ? undefined : scan.lexicon.table(table)?.columns.find((c) => isAge(c));
    if (age) return age;
  }
  const person = /^(who|that|which)$/.test(plainWord(scan, at - 1)) ? at - 2 : at - 1;
  if (PERSONS.test(plainWord(scan, person))) return columnsInReach(scan).find((c) => isAge(c));
  return undefined;
}

interface Behind {
  readonly subject: Subject;
  readonly end: number;
  readonly ofGroup: boolean;
  readonly isCounted?: boolean;
}

/** What the words behind the values say is compared: `3 orders`, `10 mm of rain`, `12 hours worked`. */
function subjectBehind(scan: Scan, at: number, read: Compared, prior: Subject | undefined): Behind | undefined {
  const [first] = read.tokens;
  const last = read.tokens.at(-1);
  const isPlain = last?.t === 'number' && (first?.t !== 'number' || first.unit === undefined || /^[cf]$/.test(first.unit));
  const noun = isPlain && (read.tokens.length === 1 || !prior) ? nounAfter(scan, read.end, at) : undefined;
  if (noun) return { ...noun, isCounted: true };
  const of = matchAt(scan.tokens, read.end, 'of|in the|its?');
  const link = linkAt(scan, of?.end ?? read.end);
  const fits = (c: ColumnRef): boolean =>
    isMeasure(c) &&
    (of
      ? fitsUnit(c, last) > 0.05
      : read.tokens.length === 1 &&
        ((first?.t === 'duration' && c.words.includes(first.unit)) ||
          (first?.t === 'number' && first.unit !== undefined && fitsUnit(c, first) > 0.5)));
  const column = pickColumn(link, fits);
  if (!link || !column || (of && column.score < (link.candidates[0]?.score ?? 1) - 0.02)) return undefined;
  useLink(scan, link, 'comparison');
  return { subject: { operand: columnOperand(column.ref) }, end: link.end, ofGroup: false };
}

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
  // "the note says too dry", but not "readings say fuller than 75"
  const isSaid = wordsIn(tokens, { start: at, end: from }).some((w) => /^(says|say|said|saying|reads)$/.test(w));
  if (token.t !== 'text' && isSaid && (!before?.operand || tokens.slice(start, start + 4).some((t) => 'word' in t && t.word === 'than')))
    return undefined;
  if (isSmallWord(token) && !(isSaid && tokens[start + 1]?.t === 'word')) return undefined;
  const isBound = likeForm(scan, at, from) === 'any' && token.t === 'word' && linkAt(scan, start) !== undefined && !before?.operand;
  if (isBound && /includ/.test(wordAt(scan, at))) return undefined;
  if (/^(about|regarding)$/.test(wordAt(scan, at)) && !before?.operand) return undefined;
  // "tickets containing the promo SUMMER"
  const inner = before?.operand ? undefined : linkAt(scan, start);
  const told = pickColumn(inner, (c) => c.kind === 'text');
  if (inner && told && /^[A-Z\d]/.test(tokens[inner.end]?.raw ?? '')) {
    useLink(scan, inner, 'comparison');
    start = inner.end;
  }
  const ref = before?.operand ? refsOf(before.operand)[0] : told && start === inner?.end ? told.ref : defaultText(scan);
  if (!ref) return undefined;
  const form = likeForm(scan, at, from);
  const patterns: string[] = [];
  let end = start;
  for (let next: number | undefined = start; next !== undefined && patterns.length < 6; ) {
    const part = textAt(scan, next, form === 'any' && before?.operand !== undefined);
    if (!part) break;
    const escaped = part.text.replaceAll('%', '');
    patterns.push(form === 'start' ? `${escaped}%` : form === 'end' ? `%${escaped}` : `%${escaped}%`);
    end = part.end;
    next = matchAt(tokens, end, ',? or a|an|the?')?.end;
    const other = next === undefined ? undefined : tokens[next];
    // "mentioning fog or with late over 5" is another condition.
    if (next === undefined || (other?.t !== 'text' && (other?.t !== 'word' || isSmallWord(other) || linkAt(scan, next)))) break;
    if (comparatorAt(scan, next) || comparatorAt(scan, next + 1)) break;
  }
  const [pattern] = patterns;
  if (pattern === undefined) return undefined;
  use(tokens, { start: at, end }, 'comparison');
  frame.scores.push(before?.operand ? 0.95 : 0.85);
  if (patterns.length > 1 && operator === 'LIKE')
    frame.filters.push({ any: patterns.map((p) => ({ left: columnOperand(ref), operator, values: [p] })) });
  else
    for (const p of patterns)
      frame.comparisons.push({
        at,
        operator,
        values: [p],
        isAlert,
        ofGroup: false,
        subject: { kind: 'column', operand: columnOperand(ref) },
      });
  return end;
}

/** What a text is compared with: a quoted text, a word, or all words of what is said: `says too dry`, `mentions a broken window`. */
function textAt(scan: Scan, at: number, isPhrase: boolean): { text: string; end: number } | undefined {
  const token = scan.tokens[at];
  if (!token || token.used !== undefined) return undefined;
  if (token.t === 'text') return { text: token.value, end: at + 1 };
  let end = token.t === 'word' ? rawEnd(scan, at) : at + 1;
  while (isPhrase && scan.tokens[end]?.t === 'word' && /^[a-z]+$/.test(scan.tokens[end]?.raw ?? '') && !endsPhrase(scan, end)) end++;
  return { text: scan.input.slice(token.start, scan.tokens[end - 1]?.end ?? token.end), end };
}

const endsPhrase = (scan: Scan, at: number): boolean => {
  const token = scan.tokens[at];
  return token?.used !== undefined || (token !== undefined && isSmallWord(token)) || linkAt(scan, at) !== undefined;
};

/** The word before a place, articles aside. */
function leadBefore(scan: Scan, at: number): string {
  let before = at - 1;
  while (/^(a|an|any|the|some)$/.test(plainWord(scan, before))) before--;
  return plainWord(scan, before);
}

/** One condition on rows, read without adding it: what a share is of. */
export function readClause(scan: Scan, from: number): { filters: Filter[]; end: number } | undefined {
  const { frame } = scan;
  const counts = { bare: frame.bare.length, comparisons: frame.comparisons.length, filters: frame.filters.length };
  let at = from;
  const filters: Filter[] = [];
  const nothing =
    rare.readNullTest?.(scan, at) ?? (/^(with|having|without|using)$/.test(leadBefore(scan, at)) ? rare.readHeld?.(scan, at) : undefined);
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
  const guessed = rare.guessColumn?.(scan, at);
  if (guessed) {
    use(scan.tokens, { start: at, end: guessed.end }, 'filter');
    const values = [guessed.value, ...guessed.more];
    return {
      filters: [{ any: [{ left: columnOperand(guessed.ref), operator: values.length > 1 ? 'IN' : '=', values }] }],
      end: guessed.end,
    };
  }
  return undefined;
}
