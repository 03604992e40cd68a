import type { NlToSqlResult } from '@velostream/core/protocol/assist';
import type { IrOperator } from '../ir/query-ir.ts';
import { type ColumnRef, isAge, isMeasure } from './column-facts.ts';
import { comparatorAt, suffixAt } from './comparators.ts';
import { type Subject, subjectBefore } from './compared-subject.ts';
import { converted } from './compared-values.ts';
import { columnOperand, plainWord, refsOf, type Scan } from './frame.ts';
import { columnsInReach } from './meaning.ts';
import { matchAt, use } from './pattern.ts';
import { linkAt, PERSONS, pickColumn, pickTable } from './pick.ts';
import { placeAmounts } from './place-amounts.ts';
import type { Sentence } from './read-sentence.ts';
import type { Token } from './token.ts';
import { fitsUnit } from './units.ts';
import { isKnownWord } from './vocabulary.ts';

interface Bound {
  readonly operator: IrOperator;
  readonly start: number;
  readonly end: number;
}

const isAmount = (token: Token | undefined): boolean => (token?.t === 'number' || token?.t === 'duration') && token.used === undefined;

/** What makes an amount a bound: `… or more` behind it, `worse than` before it. */
function boundAt(scan: Scan, at: number): Bound | undefined {
  const suffix = suffixAt(scan, at + 1);
  if (suffix) {
    const lead = matchAt(scan.tokens, at - 1, 'of|at|to|by|averages|averaging') ? at - 1 : at;
    return { operator: suffix.operator, start: lead, end: suffix.end };
  }
  const worse = matchAt(scan.tokens, at - 2, 'worse|better than');
  if (worse?.end === at) return { operator: turned(scan, plainWord(scan, at - 2)), start: at - 2, end: at + 1 };
  // "more rejects than 50"
  const more = plainWord(scan, at - 1) === 'than' && scan.tokens[at - 1]?.used === undefined;
  const word = [at - 3, at - 4, at - 5].find(
    (i) => i >= 0 && /^(more|less|fewer|higher|lower|larger|smaller|longer|shorter)$/.test(plainWord(scan, i)),
  );
  if (more && word !== undefined)
    return { operator: /^(less|fewer|lower|smaller|shorter)$/.test(plainWord(scan, word)) ? '<' : '>', start: at - 1, end: at + 1 };
  for (const from of [at - 4, at - 3, at - 2, at - 1]) {
    const compared = comparatorAt(scan, from);
    if (compared?.end === at && compared.operator !== '=' && from >= 0) return { operator: compared.operator, start: from, end: at + 1 };
  }
  return undefined;
}

/** A rating "worse than" two is below it; a smell, a delay, a loss is above. */
function turned({ frame }: Scan, word: string): IrOperator {
  const named = [
    ...frame.measures.flatMap((m) => (m.kind === 'aggregate' && m.of ? refsOf(m.of) : [])),
    ...frame.bare.flatMap((b) => refsOf(b.operand)),
  ];
  const isGood = named.some((c) => c.words.some((w) => /^(rating|stars?|score|grade|csat|nps|quality|mark|marks)$/.test(w)));
  return isGood === (word === 'worse') ? '<' : '>';
}

const AGED = /^(aged|age|old|older|younger|years?)$/;

/** The number that an amount is said of where nothing right before it was named. */
function subjectOf(scan: Scan, at: number, operator: IrOperator): Subject | undefined {
  const token = scan.tokens[at] as Token;
  const around = [at - 3, at - 2, at - 1, at + 1, at + 2, at + 3].map((i) => plainWord(scan, i));
  if (around.some((w) => AGED.test(w)) || PERSONS.test(around[1] ?? '')) {
    const age = columnsInReach(scan).find((c) => isAge(c));
    if (age) return { operand: columnOperand(age) };
  }
  const near = subjectBefore(scan, at, token, operator);
  if (near) return near;
  const fitting = scan.base.columns.filter((c) => isMeasure(c) && hasUnit(token) && fitsUnit(c, token) > 0.6);
  // "5000 grams" of grams beside left_over_g
  const said = new Set(
    scan.tokens.flatMap((t) => ('word' in t ? [t.word] : [])).concat(scan.input.slice(token.start, token.end).toLowerCase().split(/\s+/)),
  );
  const named = (c: ColumnRef): number => c.words.filter((w) => said.has(w)).length / c.words.length;
  const [first, second] = fitting.toSorted((a, b) => named(b) - named(a));
  return first && (!second || named(first) > named(second)) ? { operand: columnOperand(first) } : undefined;
}

/** `stand 114`, `status 500`: a column right before its number, both left over. */
function columnBefore(scan: Scan, at: number): ColumnRef | undefined {
  const link = [...scan.links.values()].find((l) => l.end === at);
  return link && scan.tokens[at - 1]?.used !== 'window'
    ? pickColumn(link, (c) => c.kind === 'text' || c.kind === 'number')?.ref
    : undefined;
}

const hasUnit = (token: Token): boolean => token.t === 'duration' || (token.t === 'number' && token.unit !== undefined);

function push(scan: Scan, at: number, bound: Bound, subject: Subject): void {
  const token = scan.tokens[at] as Token;
  const value = token.t === 'number' ? token.value : token.t === 'duration' ? token.ms : 0;
  const of = subject.operand ?? (subject.measure?.kind === 'aggregate' && subject.measure.fn !== 'COUNT' ? subject.measure.of : undefined);
  const ref = of ? refsOf(of)[0] : undefined;
  use(scan.tokens, bound, 'comparison');
  scan.frame.scores.push(0.85);
  scan.frame.comparisons.push({
    at,
    operator: bound.operator,
    values: ref ? converted(scan, [token], [value], ref) : [value],
    isAlert: scan.frame.alert !== undefined && at >= scan.frame.alert.from,
    ofGroup: false,
    subject: subject.measure
      ? { kind: 'measure', measure: subject.measure }
      : { kind: 'column', operand: subject.operand as NonNullable<Subject['operand']> },
  });
}

/** Amounts that the sentence bounds and no reader took: `aged 65 and older`, `co averages 15 ppm or more`, `smelling worse than 7`. */
export function settleAmounts(scan: Scan): void {
  scan.tokens.forEach((token, at) => {
    if (!isAmount(token)) return;
    const bound = boundAt(scan, at);
    const which = token.t === 'number' && token.unit === undefined ? columnBefore(scan, at) : undefined;
    if (which && token.t === 'number' && (bound ? which.kind === 'number' : !isMeasure(which))) {
      if (bound) push(scan, at, bound, { operand: columnOperand(which) });
      else {
        use(scan.tokens, { start: at, end: at + 1 }, 'filter');
        const value = which.kind === 'text' ? token.raw : token.value;
        scan.frame.filters.push({ any: [{ left: columnOperand(which), operator: '=', values: [value] }] });
      }
      return;
    }
    const subject = bound && subjectOf(scan, at, bound.operator);
    if (bound && subject) push(scan, at, bound, subject);
  });
  settleRows(scan);
  placeAmounts(scan);
  settleOrdinals(scan);
  settleAverages(scan);
  settleUncounted(scan);
}

/** `give me 20 orders`: so many rows, the newest. */
function settleRows({ frame, tokens, links, base }: Scan): void {
  const at = tokens.findIndex((t) => t.used !== 'polite');
  const token = tokens[at];
  const isAsked = frame.measures.length + frame.dimensions.length === 0 && !frame.top && !frame.rows && !frame.window;
  if (token?.t !== 'number' || token.used !== undefined || token.unit !== undefined || !Number.isInteger(token.value) || !isAsked) return;
  if (pickTable(links.get(at + 1))?.table !== base.name || token.value < 1) return;
  token.used = 'rows';
  frame.rows = { kind: 'newest', count: token.value };
}

/** `checks before move 10`: a numbered thing with what is before or after it. */
function settleOrdinals(scan: Scan): void {
  for (const { start, filter } of scan.frame.spans) {
    const [only] = filter.any;
    const at = scan.frame.filters.indexOf(filter);
    const lead = plainWord(scan, start - 1);
    const isWhole = only?.left.kind === 'column' && only.left.ref.kind === 'number' && typeof only.values[0] === 'number';
    if (
      !only ||
      at < 0 ||
      only.operator !== '=' ||
      filter.any.length > 1 ||
      !isWhole ||
      !/^(before|after|past|beyond|below|above)$/.test(lead)
    )
      continue;
    const operator: IrOperator = /^(before|below)$/.test(lead) ? '<' : '>';
    scan.frame.filters[at] = { any: [{ ...only, operator }] };
    use(scan.tokens, { start: start - 1, end: start }, 'comparison');
  }
}

/** `how many flats does every portal post`: where all else is of the relation, things that nothing is called are its rows. */
function settleUncounted({ frame, tokens, base }: Scan): void {
  const noun = /^Nothing here is called "(.+)"\./.exec(frame.clarify?.question ?? '')?.[1];
  if (noun === undefined || (frame.dimensions.length === 0 && frame.filters.length === 0)) return;
  delete frame.clarify;
  for (const token of tokens) if (token.raw === noun) token.used ??= 'count';
  frame.assumptions.push({ kind: 'column', text: `"${noun}" are rows of ${base.name}` });
}

/** `late by more than 5 minutes on average`, `the wind averages 60 kt or more`: the average is compared, and no row. */
function settleAverages({ frame, input }: Scan): void {
  const isTotal = /\b(?:in total|in all|altogether|summed up|added up|put together)\b/i.test(input);
  if (!(isTotal || /\bon average\b|\baverag(?:es|ing)\b/i.test(input)) || (frame.dimensions.length === 0 && !frame.entity)) return;
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  frame.comparisons.forEach((c, i) => {
    if (c.subject.kind !== 'column') return;
    const { operand } = c.subject;
    const fn = isTotal ? ('SUM' as const) : ('AVG' as const);
    const measure = frame.measures.find((m) => m.kind === 'aggregate' && m.fn === fn && same(m.of, operand));
    if (measure) frame.comparisons[i] = { ...c, subject: { kind: 'measure', measure } };
    else if (
      frame.measures.every((m) => m.kind === 'aggregate' && m.implied) &&
      frame.comparisons.length === 1 &&
      (frame.clarify || frame.window)
    ) {
      // "late by more than 5 minutes on average": the average of what is compared.
      delete frame.clarify;
      const average = { kind: 'aggregate' as const, fn, of: operand, only: [], at: c.at };
      frame.comparisons[i] = { ...c, subject: { kind: 'measure', measure: average } };
    }
  });
}

/** `more than 8 trees in an hour`: things that nothing here is called are the rows, where so many of them are asked for in a time. */
export function countedNoun(scan: Scan, at: number, from: number): { subject: Subject; end: number; ofGroup: boolean } | undefined {
  const token = scan.tokens[at];
  const { frame } = scan;
  const isNoun =
    token?.t === 'word' &&
    token.used === undefined &&
    (linkAt(scan, at)?.candidates.every((c) => c.target.kind === 'column' && c.target.ref.kind === 'time') ?? true) &&
    /^[a-z]{3,}[^su]s$/.test(token.raw) &&
    !isKnownWord(token.word) &&
    frame.window !== undefined &&
    frame.measures.length === 0 &&
    frame.bare.every((b) => refsOf(b.operand).every((c) => !isMeasure(c)));
  if (!isNoun) return undefined;
  use(scan.tokens, { start: at, end: at + 1 }, 'count');
  frame.assumptions.push({ kind: 'column', text: `"${token.raw}" are rows of ${scan.base.name}` });
  return { subject: { measure: { kind: 'aggregate', fn: 'COUNT', only: [], at: from } }, end: at + 1, ofGroup: true };
}

/** A number or a quoted text that nothing in the query came of. */
export function unusedAmount({ scan }: Sentence): NlToSqlResult | undefined {
  const left = scan.tokens.find(
    (t, i) =>
      t.used === undefined && (t.t === 'text' || t.t === 'number') && !/^(of|by|them)$/.test(plainWord(scan, i + 1)) && !isMention(scan, i),
  );
  if (!left) return undefined;
  const options: ColumnRef[] = scan.base.columns.filter((c) => (left.t === 'text' ? c.kind === 'text' : isMeasure(c))).slice(0, 4);
  return {
    kind: 'clarify',
    question: `What is ${left.raw} here?`,
    options: options.map(({ name }) => ({ label: name, prompt: `${scan.input.trim()} (${name})` })),
    confidence: 0.4,
  };
}

/** Parts of a written name: `978-3`, `top3`. */
const isMention = (scan: Scan, at: number): boolean => {
  const token = scan.tokens[at];
  const before = scan.tokens[at - 1];
  return token === undefined || before?.end === token.start;
};
