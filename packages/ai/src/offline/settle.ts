import { isMeasure } from './column-facts.ts';
import {
  type Comparison,
  columnOperand,
  type Filter,
  type Frame,
  isAdditive,
  type Measure,
  type Operand,
  refsOf,
  type Scan,
} from './frame.ts';
import { dropContradictions, joinAlternatives, mergeAlternatives, splitEmptyRanges } from './join-conditions.ts';
import { adjectiveColumn, defaultMeasure, revenueOf, tallMeasure } from './meaning.ts';
import { sameOnly } from './measures.ts';
import { ADJECTIVE_MEASURES, aggregateOf } from './vocabulary.ts';

export interface Having {
  readonly measure: Measure;
  readonly operator: Comparison['operator'];
  readonly values: Comparison['values'];
}

/** A frame with every open point decided: what is grouped, what is counted, what stands in WHERE and what in HAVING. */
export interface Settled {
  readonly measures: readonly Measure[];
  readonly where: readonly Filter[];
  readonly having: readonly Having[];
  readonly alerts:
    | readonly Having[]
    | readonly { readonly operand: Operand; readonly operator: Comparison['operator']; readonly values: Comparison['values'] }[];
  readonly isGrouped: boolean;
  readonly columns: readonly Operand[];
}

const operandOf = (measure: Measure): Operand | undefined => (measure.kind === 'aggregate' ? measure.of : undefined);
const sameOperand = (a: Operand | undefined, b: Operand | undefined): boolean =>
  JSON.stringify(a ?? null, replaceRef) === JSON.stringify(b ?? null, replaceRef);
const replaceRef = (key: string, value: unknown): unknown => (key === 'schema' ? undefined : value);

const EARNS = /\b(?:earn\w*|revenues?|turnover|income|takings|takes? in|took in|brought in|gmv)\b/i;
/** What is earned adds up, also where rows hold nothing but a price. */
export const isEarned = (scan: Scan, operand: Operand): boolean =>
  operand.kind === 'column' && operand.ref.isMoney && EARNS.test(scan.input) && !/\b(?:average|avg|mean)\b/i.test(scan.input);

const implied = (scan: Scan, operand: Operand, at: number, only: readonly Filter[]): Measure => ({
  kind: 'aggregate',
  fn: isAdditive(operand) || isEarned(scan, operand) ? 'SUM' : 'AVG',
  of: operand,
  at,
  only,
  implied: true,
});
const rows = (at = 0): Measure => ({ kind: 'aggregate', fn: 'COUNT', only: [], at });

/** Numbers named without an aggregate, other than those that only a condition speaks of. */
function freeNumbers(frame: Frame): Frame['bare'] {
  return uncompared(frame).filter((b) => isNumber(b.operand));
}

/** What was named without an aggregate, other than what only a condition speaks of. */
function uncompared(frame: Frame): Frame['bare'] {
  const left = [...frame.bare];
  for (const { subject } of frame.comparisons) {
    const index = subject.kind === 'column' ? left.findLastIndex((b) => sameOperand(b.operand, subject.operand)) : -1;
    if (index >= 0) left.splice(index, 1);
  }
  return left;
}

const isNumber = (operand: Operand): boolean => operand.kind !== 'column' || isMeasure(operand.ref);

export function settle(scan: Scan): Settled {
  const { frame } = scan;
  const measures = [...frame.measures];
  const wantsGroups =
    frame.dimensions.length > 0 ||
    measures.length > 0 ||
    (frame.window !== undefined && !frame.window.weak) ||
    frame.comparisons.some((c) => c.subject.kind === 'measure' || c.ofGroup);
  const free = freeNumbers(frame);
  const isRolling = frame.rows?.kind === 'window' || frame.rowFunctions.length > 0;
  if (frame.top) settleTop(scan, measures, free);
  else if (wantsGroups && !isRolling) {
    if (measures.length === 0 || free.some((b) => b.only.length > 0))
      measures.push(...free.map((b) => implied(scan, b.operand, b.at, b.only)));
    else if (frame.dimensions.length > 0 || frame.window !== undefined)
      for (const b of free)
        if (!measures.some((m) => sameOperand(operandOf(m), b.operand)) && measures.every((m) => Math.abs(m.at - b.at) < 40))
          measures.push(implied(scan, b.operand, b.at, b.only));
  } else if (!isRolling && free.some((b) => b.only.length > 0)) {
    // "temperature" of a tall relation without an aggregate: rows of that metric.
    frame.filters.push(...free.flatMap((b) => b.only));
  }
  if (measures.length === 0 && frame.dimensions.length > 0 && !frame.mentionsRows && !frame.top) measures.push(...pluralValues(scan));
  // "visitors per country": how many of them, each once.
  const { entity } = frame;
  if (
    entity?.ref.isId &&
    measures.length === 0 &&
    !frame.top &&
    !isRolling &&
    frame.dimensions.some((d) => d.at > entity.at && d.ref !== entity.ref) &&
    !frame.mentionsRows &&
    frame.comparisons.length === 0
  )
    measures.push({ kind: 'aggregate', fn: 'COUNT', of: columnOperand(entity.ref), distinct: true, at: entity.at, only: [] });
  const placed = placeComparisons(scan, measures, wantsGroups || frame.top !== undefined);
  const isRowTop = frame.top !== undefined && measures.length === 0 && frame.dimensions.length === 0;
  if (!isRolling && !isRowTop && (wantsGroups || placed.having.length > 0) && measures.length === 0 && !frame.distinctRows)
    measures.push(rows());
  // "how much did each shop earn" names no number: what the rows are worth.
  const worth = /\bhow much\b/i.test(scan.input) && measures.length === 1 && free.length === 0 ? revenueOf(scan.base) : undefined;
  const [only] = measures;
  if (worth && only?.kind === 'aggregate' && only.fn === 'COUNT' && !only.of && placed.having.length === 0) {
    measures[0] = implied(scan, worth, only.at, only.only);
  }
  addEntity(scan, measures, placed);
  const { lifted, where } = liftFilters(measures, frame.filters);
  const columns = isRolling || measures.length > 0 ? [] : plainColumns(scan);
  return {
    measures: lifted,
    where: splitEmptyRanges(joinAlternatives(scan, mergeAlternatives(dropContradictions([...where, ...placed.where])))),
    having: placed.having,
    alerts: placed.alerts,
    isGrouped: lifted.length > 0,
    columns,
  };
}

/** `impressions, clicks and conversions by campaign`: one count for each value that is named like a thing. */
function pluralValues(scan: Scan): Measure[] {
  const { frame, tokens } = scan;
  const equal = frame.filters.filter((f) => f.any.length === 1 && f.any[0]?.operator === '=' && typeof f.any[0].values[0] === 'string');
  const column = equal[0]?.any[0]?.left;
  const same = equal.filter((f) => sameOperand(f.any[0]?.left, column));
  const words = tokens.filter((t) => t.used === 'linked' && t.t === 'word' && /[^s]s$/.test(t.raw)).length;
  if (same.length < 2 || words < same.length) return [];
  for (const filter of same) frame.filters.splice(frame.filters.indexOf(filter), 1);
  return same.map((filter, i) => ({ kind: 'aggregate', fn: 'COUNT', only: [filter], at: -1 - i }));
}

function plainColumns(scan: Scan): Operand[] {
  const { frame } = scan;
  const unique: Operand[] = [];
  for (const { operand } of listed(scan, uncompared(frame))) if (!unique.some((u) => sameOperand(u, operand))) unique.push(operand);
  if (frame.distinctRows) return unique;
  // One column alone, beside a condition on it, is a topic and not a choice of columns.
  const isTopic = unique.length === 1 && (frame.mentionsRows || frame.comparisons.length > 0 || frame.filters.length > 0);
  return isTopic && unique[0]?.kind === 'column' && unique[0].ref.kind !== 'number' ? [] : unique;
}

/** The columns that a row question lists: those that follow each other with nothing but commas and "and" between; others are topics. */
function listed(scan: Scan, bare: Frame['bare']): Frame['bare'] {
  const { frame, tokens } = scan;
  if (frame.filters.length + frame.comparisons.length === 0) return bare;
  const sorted = bare.toSorted((a, b) => a.at - b.at);
  const run: Frame['bare'] = [];
  for (const item of sorted) {
    const before = run.at(-1);
    const gap = before ? tokens.slice(scan.links.get(before.at)?.end ?? before.at + 1, item.at) : [];
    if (before && gap.some((t) => !('word' in t && /^(,|and|&|the|its|their|with|plus|also)$/.test(t.word)))) {
      if (run.length > 1) break;
      run.length = 0;
    }
    run.push(item);
  }
  if (run.length > 1) return run;
  // One column is asked for where it leads: "the gate of boarding flights".
  const [first] = sorted;
  const end = first ? (scan.links.get(first.at)?.end ?? first.at + 1) : 0;
  const next = tokens[end];
  const leads =
    first &&
    next &&
    'word' in next &&
    /^(of|for|where|when|from)$/.test(next.word) &&
    tokens.slice(0, first.at).every((t) => t.used !== 'filter' && t.used !== 'linked' && t.used !== 'comparison');
  return leads && first ? [first] : [];
}

/** What is ranked, by what. */
function settleTop(scan: Scan, measures: Measure[], free: Frame['bare']): void {
  const { frame } = scan;
  const { top } = frame;
  if (!top) return;
  if (frame.dimensions.length === 0 && frame.entity) frame.dimensions.push({ kind: 'column', ref: frame.entity.ref, at: frame.entity.at });
  if (top.adjective !== undefined && measures.length === 0) {
    const words = ADJECTIVE_MEASURES[top.adjective];
    const fn = /^(slowest|fastest|quickest|expensive|driest|wettest)$/.test(top.adjective) ? 'AVG' : (aggregateOf(top.adjective) ?? 'MAX');
    const hint = words && { words: new RegExp(`^(${words.join('|')})$`), fn };
    const ref = hint && (adjectiveColumn(scan.base, top.adjective) ?? tallOf(scan, hint.words));
    if (hint && ref && frame.dimensions.length > 0)
      measures.push({ kind: 'aggregate', fn: hint.fn, of: columnOperand(ref), at: top.at, only: [] });
    else if (ref) frame.order = { operand: columnOperand(ref), direction: top.direction, ofCount: false };
    if (ref) return;
    const numbers = scan.base.columns.filter(isMeasure);
    if (words && numbers.length > 0)
      frame.clarify ??= {
        question: `Which number makes it "${top.adjective}"?`,
        options: numbers.slice(0, 4).map((c) => ({ label: c.name, prompt: `${scan.input.trim()} by ${c.name}` })),
      };
  }
  if (measures.length > 0) {
    if (
      frame.dimensions.length === 0 &&
      measures.every((m) => m.kind === 'aggregate' && (m.fn === 'MAX' || m.fn === 'SUM' || m.fn === 'MIN')) &&
      frame.mentionsRows
    ) {
      const of = operandOf(measures[0] as Measure);
      if (of) {
        measures.length = 0;
        frame.order = { operand: of, direction: top.direction, ofCount: false };
      }
    }
    return;
  }
  const [number] = free;
  if (frame.dimensions.length > 0) {
    const made = number && !top.ofRows ? implied(scan, number.operand, number.at, number.only) : rows(top.at);
    // "the most TEU": so many of something.
    const isMost =
      made.kind === 'aggregate' &&
      made.of?.kind === 'column' &&
      /INT/i.test(made.of.ref.schema.type) &&
      made.of.ref.unit === undefined &&
      /\b(most|fewest|least)\b/i.test(scan.input);
    measures.push(isMost ? { ...made, fn: 'SUM' } : made);
    return;
  }
  const operand = number?.operand ?? frame.order?.operand ?? fallbackOf(scan);
  if (operand) frame.order = { operand, direction: top.direction, ofCount: false };
}

/** The number of a tall relation that an adjective means, with its rows chosen. */
function tallOf(scan: Scan, words: RegExp): Parameters<typeof isMeasure>[0] | undefined {
  for (const ref of scan.base.columns) {
    const value = (ref.schema.values ?? []).find((v) => words.test(String(v).toLowerCase()));
    const tall = value === undefined ? undefined : tallMeasure(scan, ref);
    if (value === undefined || !tall) continue;
    scan.frame.filters.push({ any: [{ left: columnOperand(ref), operator: '=', values: [value] }] });
    return tall;
  }
  return undefined;
}

function fallbackOf(scan: Scan): Operand | undefined {
  const ref = defaultMeasure(scan.base) ?? defaultMeasure(scan.base, 'money') ?? scan.base.columns.find(isMeasure);
  if (!ref) return undefined;
  scan.frame.assumptions.push({ kind: 'column', text: `rows are ranked by ${ref.name}` });
  return columnOperand(ref);
}

interface Placed {
  readonly where: Filter[];
  readonly having: Having[];
  readonly alerts: { measure?: Measure; operand?: Operand; operator: Comparison['operator']; values: Comparison['values'] }[];
}

/** WHERE, HAVING or alert: by what is compared, and by whether groups are asked for. */
function placeComparisons(scan: Scan, measures: Measure[], wantsGroups: boolean): Placed & { alerts: never[] } {
  const { frame } = scan;
  const placed: Placed = { where: [], having: [], alerts: [] };
  for (const comparison of frame.comparisons) {
    const { subject, operator, values, isAlert } = comparison;
    if (subject.kind === 'unnamed') {
      const only = measures.length === 1 ? measures[0] : undefined;
      if (only) (isAlert ? placed.alerts : placed.having).push({ measure: only, operator, values });
      else askSubject(scan);
      continue;
    }
    if (subject.kind === 'measure') {
      const known = measures.find((m) => sameMeasure(m, subject.measure));
      const chosen = known ?? subject.measure;
      if (!known) measures.push(chosen);
      const isFraction = comparison.unit === '%' && chosen.kind === 'ratio' && !chosen.percent;
      const scaled = isFraction ? values.map((v) => (typeof v === 'number' ? Number((v / 100).toPrecision(12)) : v)) : values;
      (isAlert ? placed.alerts : placed.having).push({ measure: chosen, operator, values: scaled });
      continue;
    }
    const { operand } = subject;
    const match = measures.find((m) => m.kind === 'aggregate' && m.implied && sameOperand(m.of, operand));
    const isText = refsOf(operand)[0]?.kind === 'text';
    const ofGroup = !isText && groupWide(scan, comparison, measures, wantsGroups);
    if (isAlert) {
      const own = match ?? measures.find((m) => sameOperand(operandOf(m), operand));
      if (own) placed.alerts.push({ measure: own, operator, values });
      else if (wantsGroups && frame.dimensions.length > 0 && !isText) {
        const added = implied(scan, operand, comparison.at, []);
        measures.push(added);
        placed.alerts.push({ measure: added, operator, values });
      } else placed.alerts.push({ operand, operator, values });
    } else if (ofGroup) {
      const own =
        match ??
        measures.find((m) => sameOperand(operandOf(m), operand) && m.kind === 'aggregate' && m.fn === 'SUM') ??
        implied(scan, operand, comparison.at, []);
      if (!measures.includes(own)) measures.push(own);
      placed.having.push({ measure: own, operator, values });
    } else placed.where.push({ any: [{ left: operand, operator, values }] });
  }
  return placed as Placed & { alerts: never[] };
}

const sameMeasure = (a: Measure, b: Measure): boolean =>
  a === b ||
  (a.kind === 'aggregate' &&
    b.kind === 'aggregate' &&
    a.fn === b.fn &&
    sameOperand(a.of, b.of) &&
    Boolean(a.distinct) === Boolean(b.distinct) &&
    sameOnly(a.only, b.only));

const SPEND =
  /\b(use|uses|using|used|spend|spends|spent|spending|sold|sells|earn|earned|earning|consum\w*|transfer\w*|generat\w*|mak(e|es|ing)|paid|pays|traded|ordered|bought|totall?ing)\b/i;

/** `customers who spent over 1000`, `symbols with volume above 1M per minute`: a sum over the group is compared, not a row. */
function groupWide(scan: Scan, comparison: Comparison, measures: readonly Measure[], wantsGroups: boolean): boolean {
  const { frame, input } = scan;
  if (comparison.subject.kind !== 'column' || !isAdditive(comparison.subject.operand))
    return (
      comparison.subject.kind === 'column' &&
      measures.some(
        (m) =>
          m.kind === 'aggregate' &&
          m.implied &&
          sameOperand(m.of, comparison.subject.kind === 'column' ? comparison.subject.operand : undefined),
      )
    );
  if (measures.some((m) => !(m.kind === 'aggregate' && m.implied))) return false;
  // "cost per owner of buildings with over 20 units": what a thing has is not added up over its rows.
  const { operand } = comparison.subject;
  const isOfThing = operand.kind === 'column' && operand.ref.table !== scan.base.name && scan.lexicon.table(operand.ref.table)?.isTable;
  if (isOfThing && !measures.some((m) => sameOperand(operandOf(m), operand))) return false;
  const hasWindow = frame.window !== undefined;
  const speaksOfThings = frame.entity !== undefined && frame.entity.at < comparison.at && !frame.mentionsRows;
  if (speaksOfThings && (hasWindow || SPEND.test(input))) return true;
  return wantsGroups && frame.dimensions.length > 0 && hasWindow && !frame.mentionsRows && measures.length <= 1;
}

function askSubject(scan: Scan): void {
  const numbers = scan.base.columns.filter(isMeasure).slice(0, 4);
  scan.frame.clarify ??= {
    question: 'Which number is compared?',
    options: numbers.map((c) => ({ label: c.name, prompt: `${scan.input.trim()} (${c.name})` })),
  };
}

/** `customers who …` with conditions on the group are grouped by customer. */
function addEntity(scan: Scan, measures: readonly Measure[], placed: Placed): void {
  const { frame } = scan;
  if (!frame.entity || frame.dimensions.some((d) => d.kind === 'part' || d.ref.name === frame.entity?.ref.name)) return;
  if (placed.having.length > 0 || (frame.top && measures.length > 0))
    frame.dimensions.unshift({ kind: 'column', ref: frame.entity.ref, at: frame.entity.at });
  else if (frame.alert && placed.alerts.some((a) => a.measure) && frame.dimensions.length === 0)
    frame.dimensions.push({ kind: 'column', ref: frame.entity.ref, at: frame.entity.at });
  else if (
    measures.length > 0 &&
    frame.dimensions.length === 0 &&
    frame.bare.some((b) => b.operand.kind === 'column' && b.operand.ref === frame.entity?.ref)
  )
    frame.dimensions.push({ kind: 'column', ref: frame.entity.ref, at: frame.entity.at });
}

/** Conditions that every measure shares limit the rows; others stay inside their measure. */
function liftFilters(measures: readonly Measure[], filters: readonly Filter[]): { lifted: Measure[]; where: Filter[] } {
  const plain = measures.filter((m) => m.kind === 'aggregate');
  const first = plain[0];
  const others = measures.length - plain.length;
  const shared =
    first?.kind === 'aggregate' && others === 0 && plain.every((m) => m.kind === 'aggregate' && sameOnly(m.only, first.only))
      ? first.only
      : [];
  const lifted = shared.length > 0 ? measures.map((m) => (m.kind === 'aggregate' ? { ...m, only: [] } : m)) : [...measures];
  return { lifted, where: [...filters, ...shared] };
}
