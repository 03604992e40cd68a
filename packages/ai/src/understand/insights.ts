import type { Row, TableSchema } from '@velostream/core/protocol';
import { correlation, mean, quantile, roundTo, sorted, theilSen } from '../analyse/statistics.ts';
import { columnFacts, isMeasure } from '../offline/column-facts.ts';

/** One thing that the sampled rows show, with the numbers it rests on. */
export interface Insight {
  readonly kind: 'trend' | 'seasonality' | 'skew' | 'correlation' | 'outliers' | 'gaps' | 'constant' | 'missing';
  readonly text: string;
  readonly evidence: Readonly<Record<string, number | string>>;
  /** 0 to 1: how far it stands out. */
  readonly strength: number;
}

const ROWS_MAX = 1_000;
const MIN_ROWS = 12;

const asNumber = (v: unknown): number =>
  typeof v === 'number' ? v : typeof v === 'bigint' ? Number(v) : typeof v === 'string' && v.trim() !== '' ? Number(v) : Number.NaN;
const asTime = (v: unknown): number =>
  typeof v === 'number' ? v : typeof v === 'string' ? Date.parse(v) : v instanceof Date ? v.getTime() : Number.NaN;

/**
 * Trend, seasonality, skew, correlation, outliers and gaps of sampled rows, strongest first. Every number in a sentence stands in its
 * evidence. Pure.
 */
export function findInsights(schema: TableSchema, rows: readonly Row[]): Insight[] {
  const sample = rows.slice(0, ROWS_MAX);
  if (sample.length < MIN_ROWS) return [];
  const columns = schema.columns.map((c) => columnFacts('sample', c));
  const timeName = schema.eventTime ?? columns.find((c) => c.kind === 'time')?.name;
  const times = timeName === undefined ? [] : sample.map((r) => asTime(r[timeName]));
  const numbers = columns
    .filter(isMeasure)
    .map((c) => ({ name: c.name, values: sample.map((r) => asNumber(r[c.name])) }))
    .filter((c) => c.values.filter(Number.isFinite).length >= MIN_ROWS);
  const found: Insight[] = [];
  for (const { name, values } of numbers) {
    const finite = values.filter(Number.isFinite);
    found.push(...constantOf(name, finite), ...outliersOf(name, finite));
    if (timeName !== undefined) found.push(...trendOf(name, times, values), ...seasonOf(name, times, values));
  }
  for (const column of columns) {
    const values = sample.map((r) => r[column.name]);
    if (column.kind === 'text' && !column.isId) found.push(...skewOf(column.name, values));
    const empty = values.filter((v) => v === null || v === undefined).length;
    if (empty > 0 && empty / sample.length >= 0.05)
      found.push({
        kind: 'missing',
        text: `${column.name} is empty in ${empty} of ${sample.length} rows (${percent(empty, sample.length)}%).`,
        evidence: { column: column.name, empty, rows: sample.length, percent: percent(empty, sample.length) },
        strength: Math.min(0.8, empty / sample.length),
      });
  }
  found.push(...correlationsOf(numbers));
  if (timeName !== undefined) found.push(...gapsOf(times));
  return found.toSorted((a, b) => b.strength - a.strength);
}

/** 1 is said only of what is exactly so. */
const shownCorrelation = (r: number): number => Math.trunc(r * 100) / 100;

/** The strongest of each kind before the second strongest of any: many columns that rise do not hide a gap. */
export function variedInsights(insights: readonly Insight[], max: number): Insight[] {
  const rank = insights.map((insight, i) => ({ insight, turn: insights.slice(0, i).filter((x) => x.kind === insight.kind).length, i }));
  return rank
    .toSorted((a, b) => a.turn - b.turn || a.i - b.i)
    .slice(0, max)
    .map((r) => r.insight);
}

const percent = (part: number, whole: number): number => Math.round((1000 * part) / whole) / 10;

function constantOf(name: string, values: readonly number[]): Insight[] {
  const [first] = values;
  return first !== undefined && values.every((v) => v === first)
    ? [
        {
          kind: 'constant',
          text: `${name} is ${first} in all ${values.length} rows.`,
          evidence: { column: name, value: first, rows: values.length },
          strength: 0.95,
        },
      ]
    : [];
}

function trendOf(name: string, times: readonly number[], values: readonly number[]): Insight[] {
  const points = times
    .map((x, i) => ({ x, y: values[i] as number }))
    .filter((p) => Number.isFinite(p.x) && Number.isFinite(p.y))
    .toSorted((a, b) => a.x - b.x);
  if (points.length < MIN_ROWS) return [];
  const size = Math.max(1, Math.floor(points.length / 60));
  const binned = Array.from({ length: Math.floor(points.length / size) }, (_, i) => points.slice(i * size, (i + 1) * size)).map((g) => ({
    x: mean(g.map((p) => p.x)),
    y: mean(g.map((p) => p.y)),
  }));
  const hours = ((binned.at(-1)?.x ?? 0) - (binned[0]?.x ?? 0)) / 3_600_000;
  if (hours <= 0) return [];
  const slope = theilSen(binned) * 3_600_000;
  const r = correlation(
    binned.map((p) => p.x),
    binned.map((p) => p.y),
  );
  const level = mean(binned.map((p) => p.y));
  const change = level === 0 ? 0 : (slope * hours) / Math.abs(level);
  if (Math.abs(r) < 0.5 || Math.abs(change) < 0.05) return [];
  const perHour = roundTo(slope, 3);
  return [
    {
      kind: 'trend',
      text: `${name} ${slope > 0 ? 'rises' : 'falls'} by about ${Math.abs(perHour)} per hour (correlation with time ${shownCorrelation(r)}).`,
      evidence: { column: name, perHour: Math.abs(perHour), correlation: shownCorrelation(r) },
      strength: Math.min(1, Math.abs(r)),
    },
  ];
}

/** The strongest repetition in the values, by how alike they are a lag later. */
function seasonOf(name: string, times: readonly number[], values: readonly number[]): Insight[] {
  const points = times
    .map((x, i) => ({ x, y: values[i] as number }))
    .filter((p) => Number.isFinite(p.x) && Number.isFinite(p.y))
    .toSorted((a, b) => a.x - b.x);
  const bins = 96;
  const first = points[0]?.x ?? 0;
  const span = (points.at(-1)?.x ?? 0) - first;
  if (points.length < bins || span <= 0) return [];
  const sums = Array.from({ length: bins }, () => ({ n: 0, y: 0 }));
  for (const p of points) {
    const bin = sums[Math.min(bins - 1, Math.floor(((p.x - first) / span) * bins))] as { n: number; y: number };
    bin.n++;
    bin.y += p.y;
  }
  if (sums.filter((b) => b.n === 0).length > bins / 4) return [];
  const smooth = trendless(bridged(sums.map((b) => (b.n === 0 ? Number.NaN : b.y / b.n))));
  const best = recurrence(smooth);
  if (best.r < 0.6) return [];
  const minutes = roundTo((best.lag / bins) * (span / 60_000), 2);
  return [
    {
      kind: 'seasonality',
      text: `${name} repeats about every ${minutes} minutes (autocorrelation ${shownCorrelation(best.r)}).`,
      evidence: { column: name, minutes, autocorrelation: shownCorrelation(best.r) },
      strength: Math.min(0.95, best.r),
    },
  ];
}

/** Bins without rows lie on the line between their neighbours. */
function bridged(series: readonly number[]): number[] {
  const known = series.flatMap((y, x) => (Number.isFinite(y) ? [{ x, y }] : []));
  return series.map((y, x) => {
    if (Number.isFinite(y)) return y;
    const before = known.findLast((p) => p.x < x) ?? known[0];
    const after = known.find((p) => p.x > x) ?? known.at(-1);
    if (!before || !after || after.x === before.x) return before?.y ?? after?.y ?? 0;
    return before.y + ((after.y - before.y) * (x - before.x)) / (after.x - before.x);
  });
}

const TROUGH = 0.3;

/** What repeats is unlike itself in between; what only drifts is like itself soon after, and less and less so. */
function recurrence(series: readonly number[]): { lag: number; r: number } {
  let best = { lag: 0, r: 0 };
  let lowest = 1;
  for (let lag = 1; lag <= series.length / 3; lag++) {
    const r = correlation(series.slice(0, -lag), series.slice(lag));
    lowest = Math.min(lowest, r);
    if (lag >= 4 && r > best.r && r - lowest > TROUGH) best = { lag, r };
  }
  return best;
}

const trendless = (series: readonly number[]): number[] => {
  const slope = theilSen(series.map((y, x) => ({ x, y })));
  return series.map((y, x) => y - slope * x);
};

function outliersOf(name: string, values: readonly number[]): Insight[] {
  const all = sorted(values);
  const q1 = quantile(all, 0.25);
  const q3 = quantile(all, 0.75);
  const spread = q3 - q1;
  if (spread <= 0) return [];
  const far = all.filter((v) => v > q3 + 3 * spread || v < q1 - 3 * spread);
  if (far.length === 0 || far.length / all.length > 0.05) return [];
  const extreme = far.reduce((m, v) => (Math.abs(v - (q1 + q3) / 2) > Math.abs(m - (q1 + q3) / 2) ? v : m), far[0] as number);
  const low = roundTo(q1, 3);
  const high = roundTo(q3, 3);
  return [
    {
      kind: 'outliers',
      text: `${name} has ${far.length} value${far.length === 1 ? '' : 's'} far from the rest: up to ${roundTo(extreme, 4)}, where the middle half lies between ${low} and ${high}.`,
      evidence: { column: name, outliers: far.length, extreme: roundTo(extreme, 4), low, high },
      strength: 0.75,
    },
  ];
}

function skewOf(name: string, values: readonly unknown[]): Insight[] {
  const counts = new Map<unknown, number>();
  for (const v of values) if (v !== null && v !== undefined) counts.set(v, (counts.get(v) ?? 0) + 1);
  const total = [...counts.values()].reduce((a, b) => a + b, 0);
  const [top] = [...counts].toSorted((a, b) => b[1] - a[1]);
  if (!top || counts.size < 3 || top[1] / total < Math.max(0.4, 3 / counts.size)) return [];
  const share = percent(top[1], total);
  return [
    {
      kind: 'skew',
      text: `${share}% of the rows have ${name} = ${String(top[0]).slice(0, 60)}; there are ${counts.size} values.`,
      evidence: { column: name, percent: share, value: String(top[0]).slice(0, 60), values: counts.size },
      strength: Math.min(0.85, top[1] / total),
    },
  ];
}

function correlationsOf(numbers: readonly { readonly name: string; readonly values: readonly number[] }[]): Insight[] {
  const found: Insight[] = [];
  for (let i = 0; i < Math.min(numbers.length, 12); i++)
    for (let j = i + 1; j < Math.min(numbers.length, 12); j++) {
      const a = numbers[i] as (typeof numbers)[number];
      const b = numbers[j] as (typeof numbers)[number];
      const both = a.values.map((v, k) => [v, b.values[k] as number] as const).filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
      const r = correlation(
        both.map(([x]) => x),
        both.map(([, y]) => y),
      );
      if (Math.abs(r) < 0.7 || both.length < MIN_ROWS) continue;
      found.push({
        kind: 'correlation',
        text: `${a.name} and ${b.name} move ${r > 0 ? 'together' : 'against each other'} (correlation ${shownCorrelation(r)} over ${both.length} rows).`,
        evidence: { columns: `${a.name}, ${b.name}`, correlation: shownCorrelation(r), rows: both.length },
        strength: Math.abs(r) * 0.9,
      });
    }
  return found;
}

function gapsOf(times: readonly number[]): Insight[] {
  const order = sorted(times.filter(Number.isFinite));
  const steps = order.slice(1).map((t, i) => t - (order[i] as number));
  const usual = quantile(sorted(steps), 0.5);
  const longest = Math.max(...steps, 0);
  if (steps.length < MIN_ROWS || longest < Math.max(20 * usual, 60_000)) return [];
  const minutes = roundTo(longest / 60_000, 3);
  const seconds = roundTo(usual / 1000, 3);
  return [
    {
      kind: 'gaps',
      text: `There is a gap of ${minutes} minutes between records, where ${seconds} seconds are usual.`,
      evidence: { minutes, seconds },
      strength: 0.7,
    },
  ];
}
