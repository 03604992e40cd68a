import type { IrOperator } from '../ir/query-ir.ts';
import { type ColumnRef, isAge, isMeasure } from './column-facts.ts';
import { skipTo } from './compared-values.ts';
import { columnOperand, type Filter, type Measure, type Operand, refsOf, type Scan, wordAt } from './frame.ts';
import { columnsInReach, defaultMeasure } from './meaning.ts';
import { wordsIn } from './pattern.ts';
import { splitName, stem } from './stem.ts';
import { longForm } from './synonyms.ts';
import type { Token } from './token.ts';
import { fitsUnit } from './units.ts';

export interface Subject {
  readonly operand?: Operand;
  /** Rows that the operand speaks of. */
  readonly only?: readonly Filter[];
  readonly measure?: Measure;
}

/** Last number, measure or text that was named before a place. */
export function subjectBefore(scan: Scan, at: number, token: Token | undefined, operator: IrOperator): Subject | undefined {
  const { frame } = scan;
  const isText = operator === 'LIKE' || operator === 'NOT LIKE';
  const measures = frame.measures.filter((m) => m.at < at).map((m) => ({ at: m.at, measure: m }));
  const bare = frame.bare.filter((b) => b.at < at).map((b) => ({ at: b.at, operand: b.operand }));
  const all = [...measures, ...bare].toSorted((a, b) => b.at - a.at);
  for (const item of all) {
    if ('measure' in item) {
      if (isText) continue;
      const of = item.measure.kind === 'aggregate' && item.measure.of ? refsOf(item.measure.of)[0] : undefined;
      // "parcels between 10 and 20 kg" are not counted.
      const isWeighed = token?.t === 'number' && token.unit !== undefined && item.measure.kind === 'aggregate' && !item.measure.of;
      if (isWeighed && scan.base.columns.some((c) => isMeasure(c) && fitsUnit(c, token) > 0.8)) continue;
      if (of && token && token.t === 'number' && token.unit !== undefined && fitsUnit(of, token) < 0.1) continue;
      return { measure: item.measure };
    }
    const ref = refsOf(item.operand)[0];
    if (
      isText
        ? ref?.kind !== 'text'
        : operator !== '=' &&
          operator !== '!=' &&
          (ref?.kind === 'text' || ref?.kind === 'boolean' || (ref?.isId === true && !isWhole(scan, item.at, at, ref)))
    )
      continue;
    const only = frame.bare.find((b) => b.at === item.at)?.only ?? [];
    if (ref && token && only.length === 0 && fitsUnit(ref, token) < 0.05) continue;
    return { operand: item.operand, only };
  }
  return undefined;
}

/** `move_no under 10`: a number that tells which, by its whole name and right before the bound. */
const isWhole = (scan: Scan, from: number, at: number, ref: ColumnRef): boolean =>
  ref.kind === 'number' && scan.links.get(from)?.end === at && at - from === ref.words.length;

const COMPARATIVES: readonly (readonly [RegExp, RegExp])[] = [
  [/^(hotter|warmer|colder|cooler)$/, /^(temperature|temp)$/],
  [/^(heavier|lighter)$/, /^(weight|mass|load)$/],
  [/^(older|younger)$/, /^(age|years)$/],
  [/^taller$/, /^height$/],
  [/^(faster|slower|quicker)$/, /^(latency|duration|speed|time|elapsed|response|cycle|velocity)$/],
  [/^(cheaper|pricier|dearer|costlier)$/, /^(price|cost|amount|fare|fee|total)$/],
  [/^(longer|shorter|lasted|lasting|lasts)$/, /^(duration|length|elapsed|time|distance|dwell|wait)$/],
  [/^(louder|quieter)$/, /^(noise|sound|db)$/],
  [/^(later)$/, /^(delay|late)$/],
  [/^(deeper|shallower)$/, /^depth$/],
  [/^(wider|narrower|thicker|thinner)$/, /^(width|thickness|diameter|gauge)$/],
  [/^(further|farther|closer|nearer|walked|drove|ran)$/, /^(distance|mileage|range)$/],
  [/^(stronger|weaker)$/, /^(strength|force|magnitude|intensity|power|wind|signal)$/],
  [/^(fuller|emptier)$/, /^(fill|occupancy|level)$/],
  [/^(brighter|darker)$/, /^(lux|brightness|light|luminosity)$/],
  [/^(wetter|drier)$/, /^(moisture|humidity|rain)$/],
  [
    /^(paid|pays|paying|spent|spending|cost|costs|costing|worth|sold|priced|charged)$/,
    /^(price|cost|amount|total|paid|fare|fee|charge|value|spend|bid|bet|rent|usd|eur|gbp)$/,
  ],
  [/^(holds?|seats?|fits?|take|carry|accommodates?)$/, /^(capacity|seats|size)$/],
  [/^(answered|handled|responded|reacted)$/, /^(response|respond|reaction|wait)$/],
];

/** `cloudier`, `windier`: the number whose name the adjective is made of. */
function rooted(scan: Scan, words: readonly string[]): ColumnRef[] {
  const root = words.map((w) => /^([a-z]{4,}?)i?er$/.exec(w)?.[1]).find(Boolean);
  return root === undefined ? [] : scan.base.columns.filter((c) => isMeasure(c) && c.words.some((w) => w.startsWith(root)));
}

/** Columns that `warmer`, `older`, `heavier` speak of. */
function comparedBy(scan: Scan, at: number, end: number): ColumnRef[] {
  // "coins spent more than" of coins_spent: a word of a name is no verb.
  const start = scan.tokens[at - 1]?.used === undefined ? at - 1 : at;
  const words = wordsIn(scan.tokens, { start: Math.max(0, start), end });
  const hint = COMPARATIVES.find(([adjective]) => words.some((w) => adjective.test(w)))?.[1];
  if (!hint) return rooted(scan, words);
  // The names of an adjective stand in the order in which they fit it.
  const order = hint.source.replace(/[^a-z|]/g, '').split('|');
  const rank = (c: ColumnRef): number => order.findIndex((name) => c.words.some((w) => (longForm(w) ?? w) === name));
  const found = columnsInReach(scan)
    .filter((c) => isMeasure(c) && (c.words.some((w) => hint.test(longForm(w) ?? w)) || (hint.test('temp') && /^[cf]$/.test(c.unit ?? ''))))
    .toSorted((a, b) => rank(a) - rank(b));
  // "users older than 60" beside an age_gap: the age of those who are named.
  const ages = hint.test('age') ? found.filter(isAge) : [];
  if (ages.length > 0) return ages;
  const own = found.filter((c) => c.table === scan.base.name);
  return own.length > 0 ? own : found;
}

/** `reefers warmer than`: the adjective names another column than the one before it. */
export function isTold(scan: Scan, at: number, end: number, prior: Subject | undefined): boolean {
  const told = comparedBy(scan, at, end);
  const of =
    prior?.operand ?? (prior?.measure?.kind === 'aggregate' && /^(younger|older)$/.test(wordAt(scan, at)) ? prior.measure.of : undefined);
  const ref = of ? refsOf(of)[0] : undefined;
  return (
    told.length > 0 &&
    ref !== undefined &&
    !told.includes(ref) &&
    fitsUnit(ref, scan.tokens[skipTo(scan, end)]) < 0.6 &&
    !/^(faster|slower|longer|shorter|later)$/.test(wordAt(scan, at))
  );
}

/** The only number, or the only one that the unit fits. */
export function unnamedSubject(scan: Scan, token: Token, at: number, end: number): Subject | undefined {
  const numbers = scan.base.columns.filter(isMeasure);
  const fits = token.t === 'duration' && numbers.some((ref) => fitsUnit(ref, token) > 0.6);
  // What has to be joined is not compared where the relation itself holds such a number.
  const told = comparedBy(scan, at, end).filter((ref) => !fits || ref.table === scan.base.name);
  const fitting = numbers.map((ref) => ({ ref, fit: fitsUnit(ref, token) })).filter((c) => c.fit > 0.6);
  const said = scan.tokens.slice(end, end + 5).flatMap((t) => (t.t === 'duration' ? [t.unit] : t.t === 'word' ? [t.word] : []));
  const stems = scan.tokens.flatMap((t) => (t.t === 'word' ? [t.stem, t.alt ?? t.stem] : []));
  const names = (ref: ColumnRef): number =>
    ref.words.reduce((sum, w) => sum + (stems.includes(stem(w)) ? 1 : said.includes(w) ? 0.6 : 0), 0);
  const fit = told.toSorted((a, b) => fitsUnit(b, token) - fitsUnit(a, token) || names(b) - names(a))[0];
  const named = fitting.toSorted((a, b) => names(b.ref) - names(a.ref))[0]?.ref;
  // "stalls longer than 3 seconds" of stall_ms beside watch_seconds
  if (fit && fitsUnit(fit, token) > 0.05 && !(token.t === 'duration' && named && names(named) > names(fit)))
    return { operand: columnOperand(fit) };
  const best = fitting.toSorted((a, b) => b.fit - a.fit || names(b.ref) - names(a.ref) || preferTotal(b.ref) - preferTotal(a.ref))[0]?.ref;
  if (best) return { operand: columnOperand(best) };
  const money = token.t === 'number' && /(?:thousand|million|billion|\dk|\dm)$/i.test(token.raw) ? uniqueMoney(numbers) : undefined;
  const only = numbers.length === 1 ? numbers[0] : (money ?? defaultMeasure(scan.base) ?? uniqueMoney(numbers) ?? dealPrice(scan));
  if (!only || (token.t === 'number' && token.unit !== undefined && fitsUnit(only, token) === 0)) return undefined;
  scan.frame.assumptions.push({ kind: 'column', text: `the threshold is compared with ${only.name}` });
  return { operand: columnOperand(only) };
}

/** `wreath orders above 150`: what is sold is worth its price, where that is the only money. */
function dealPrice({ base }: Scan): ColumnRef | undefined {
  const isDeal = splitName(base.name).some((w) =>
    /^(?:orders?|sales?|purchases?|bookings?|tickets?|appointments?|rentals?|invoices?|bids?)$/.test(w),
  );
  const money = base.columns.filter((c) => isMeasure(c) && c.isMoney);
  return isDeal && money.length === 1 ? money[0] : undefined;
}

const preferTotal = (ref: ColumnRef): number => (ref.words.some((w) => /^(total|amount|value)$/.test(w)) ? 1 : 0);
const uniqueMoney = (numbers: readonly ColumnRef[]): ColumnRef | undefined => {
  const money = numbers.filter((c) => c.isMoney && c.words.some((w) => /^(amount|total|value|amt|cost)$/.test(w)));
  return money.length === 1 ? money[0] : undefined;
};
