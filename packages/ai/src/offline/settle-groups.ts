import { isMeasure } from './column-facts.ts';
import { isRowId } from './dimensions.ts';
import { columnOperand, isAdditive, plainWord, type Scan } from './frame.ts';
import { pickColumn } from './pick.ts';
import { stem } from './stem.ts';
import { VALUE_UNITS } from './token.ts';
import { isStopWord } from './vocabulary.ts';

/** `spend per order on average` of orders: an average is per row anyway, and no group is one row. */
function dropRowIds(scan: Scan): void {
  const { frame } = scan;
  const isMean = frame.measures.length > 0 && frame.measures.every((m) => m.kind === 'aggregate' && m.fn === 'AVG');
  const row = frame.dimensions.find((d) => d.kind === 'column' && isRowId(scan, d.ref));
  if (isMean && row) frame.dimensions.splice(frame.dimensions.indexOf(row), 1);
}

/** `at least 20,000 words per day in total`: "in total" says that what is compared is added up, and is no figure of its own. */
function inTotal(scan: Scan): void {
  const { frame } = scan;
  const at = frame.measures.findIndex(
    (m) =>
      m.kind === 'aggregate' && m.fn === 'SUM' && /^(?:in|a)$/.test(plainWord(scan, m.at - 1)) && /^total$/.test(plainWord(scan, m.at)),
  );
  const i = frame.comparisons.findIndex(({ subject }) => subject.kind === 'column' && isAdditive(subject.operand));
  const compared = frame.comparisons[i];
  const total = frame.measures[at];
  if (total?.kind !== 'aggregate' || compared?.subject.kind !== 'column' || frame.measures.length > 1) return;
  const { operand } = compared.subject;
  const measure = { ...total, of: operand };
  frame.measures[at] = measure;
  frame.comparisons[i] = { ...compared, subject: { kind: 'measure', measure } };
}

/** `how many minutes do agents need on average to handle a ticket`: the one number that is named, though behind. */
function meanOfNamed(scan: Scan): void {
  const { frame } = scan;
  const word = /^The (average|mean) of what/.exec(frame.clarify?.question ?? '')?.[1];
  const numbers = frame.bare.filter((b) => b.operand.kind === 'column' && isMeasure(b.operand.ref) && b.only.length === 0);
  const [named] = numbers;
  if (word === undefined || !named || numbers.length > 1 || frame.comparisons.length > 0) return;
  const others = frame.measures.filter((m) => !(m.kind === 'aggregate' && m.fn === 'COUNT' && !m.of && m.only.length === 0));
  if (others.length > 0) return;
  delete frame.clarify;
  frame.bare.splice(frame.bare.indexOf(named), 1);
  frame.measures.splice(0, frame.measures.length, { kind: 'aggregate', fn: 'AVG', of: named.operand, only: [], at: named.at });
}

const TIMES: Readonly<Record<string, string>> = { minute: 'min', hour: 'h', second: 's', day: 'd' };

/** `how many minutes does each team put in`, `how many metres do they cover`: the one number that is measured so, added up. */
function amountsByUnit(scan: Scan): void {
  const { frame, base, tokens } = scan;
  frame.measures.forEach((m, i) => {
    if (m.kind !== 'aggregate' || m.fn !== 'COUNT' || m.of || plainWord(scan, m.at) !== 'how') return;
    const word = plainWord(scan, m.at + 2).replace(/s$/, '');
    const unit = TIMES[word] ?? VALUE_UNITS[plainWord(scan, m.at + 2)];
    const fits =
      unit === undefined || tokens[m.at + 2]?.used === 'window' ? [] : base.columns.filter((c) => isMeasure(c) && c.unit === unit);
    if (fits.length === 1 && fits[0]) frame.measures[i] = { ...m, fn: 'SUM', of: columnOperand(fits[0]) };
  });
}

const YEAR = /^(?:1[89]|20)\d\d$/;

/** `built later than 2015`, `tunnels older than 2005`: a year is of each thing, and never a figure of a group; what is older was there before. */
function yearsOfRows(scan: Scan): void {
  const { frame, tokens } = scan;
  for (const c of [...frame.comparisons]) {
    const { subject, values } = c;
    if (subject.kind !== 'column' || subject.operand.kind !== 'column' || !/INT/i.test(subject.operand.ref.schema.type)) continue;
    const { ref } = subject.operand;
    const since = [c.at, c.at + 1]
      .map((i) => plainWord(scan, i))
      .find((w) => /^(?:before|after|since|until|earlier|later|older|newer)$/.test(w));
    const near = tokens.slice(c.at, c.at + 5).some((t) => t.t === 'number' && YEAR.test(t.raw));
    if (since === undefined || !near || values.length !== 1 || !YEAR.test(String(values[0]))) continue;
    frame.comparisons.splice(frame.comparisons.indexOf(c), 1);
    const operator = since === 'older' ? '<' : c.operator;
    frame.filters.push({ any: [{ left: subject.operand, operator, values }] });
    const bare = frame.bare.findIndex((b) => b.operand.kind === 'column' && b.operand.ref === ref);
    if (bare >= 0) frame.bare.splice(bare, 1);
  }
}

const ORDINAL_FN = {
  average: 'AVG',
  mean: 'AVG',
  highest: 'MAX',
  largest: 'MAX',
  maximum: 'MAX',
  lowest: 'MIN',
  smallest: 'MIN',
  minimum: 'MIN',
} as const;

/** `highest grade of each climber`, `average level`: whole numbers that tell which of a row have figures where one is asked for. */
function figureOfOrdinal(scan: Scan): void {
  const { frame, tokens } = scan;
  const word = /^The (\w+) of what/.exec(frame.clarify?.question ?? '')?.[1] ?? '';
  const fn = Object.hasOwn(ORDINAL_FN, word) ? ORDINAL_FN[word as keyof typeof ORDINAL_FN] : undefined;
  const at = fn === undefined ? -1 : tokens.findIndex((t) => 'word' in t && t.word === word);
  const link = at < 0 ? undefined : scan.links.get(/^(?:of|the)$/.test(plainWord(scan, at + 1)) ? at + 2 : at + 1);
  const ref = pickColumn(link, (c) => c.kind === 'number' && c.isCode && c.table === scan.base.name)?.ref;
  if (fn === undefined || !link || !ref) return;
  delete frame.clarify;
  const operand = columnOperand(ref);
  const isOf = (o: unknown): boolean => (o as { ref?: unknown }).ref === ref;
  frame.bare.splice(0, frame.bare.length, ...frame.bare.filter((b) => !isOf(b.operand)));
  const measure = { kind: 'aggregate' as const, fn, of: operand, only: [], at };
  frame.measures.push(measure);
  frame.comparisons.forEach((c, i) => {
    if (c.subject.kind === 'unnamed' || (c.subject.kind === 'column' && isOf(c.subject.operand)))
      frame.comparisons[i] = { ...c, subject: { kind: 'measure', measure } };
  });
  for (const token of tokens.slice(link.start, link.end)) token.used ??= 'measure';
}

/** `turbines with an average of …` of turbine_data: a bound on groups without any, or a rank, is of what is named first, where a column is called so. */
function groupsNamed(scan: Scan): void {
  const { base, frame, tokens } = scan;
  const isOfGroups = frame.comparisons.some((c) => c.subject.kind === 'measure') || (frame.top !== undefined && frame.measures.length > 0);
  if (frame.entity || frame.dimensions.length > 0 || frame.alert || !isOfGroups) return;
  const at = tokens.findIndex((t) => t.t === 'word' && !isStopWord(t.word));
  const first = tokens[at];
  const ref = first?.t === 'word' && base.columns.find((c) => c.kind === 'text' && c.words.length === 1 && stem(c.name) === first.stem);
  if (ref) frame.dimensions.push({ kind: 'column', ref, at });
}

/** `how many turbines per park` of turbine_data: what rows of data are of is counted once. */
function thingsOfData(scan: Scan): void {
  const { base, frame, tokens } = scan;
  if (frame.dimensions.length === 0 || !/(?:data|log|logs|telemetry|stats|feed)$/i.test(base.name)) return;
  frame.measures.forEach((m, i) => {
    if (m.kind !== 'aggregate' || m.fn !== 'COUNT' || m.of || m.only.length > 0) return;
    const noun = tokens.slice(m.at, m.at + 4).find((t) => t.used === 'table');
    const ref = base.columns.find((c) => c.kind === 'text' && c.words.length === 1 && noun?.t === 'word' && stem(c.name) === noun.stem);
    if (ref && !frame.dimensions.some((d) => d.kind === 'column' && d.ref === ref))
      frame.measures[i] = { ...m, of: columnOperand(ref), distinct: true };
  });
}

/** What a group is, and whether a bound is of it or of its rows. */
export function settleGroups(scan: Scan): void {
  figureOfOrdinal(scan);
  groupsNamed(scan);
  thingsOfData(scan);
  yearsOfRows(scan);
  amountsByUnit(scan);
  meanOfNamed(scan);
  dropRowIds(scan);
  inTotal(scan);
}
