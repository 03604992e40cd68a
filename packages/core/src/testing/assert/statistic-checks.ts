import { exp, ln } from '../generate/exact-math.ts';
import { type Check, type CheckContext, fieldOf } from './check.ts';
import { numberOf, show } from './operators.ts';

const numbersOf = (of: CheckContext, field: string): number[] => of.rows.flatMap((row) => numberOf(fieldOf(row, field)) ?? []);
const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);
const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;
const deviation = (numbers: readonly number[]): number => {
  const m = mean(numbers);
  return Math.sqrt(numbers.reduce((a, b) => a + (b - m) * (b - m), 0) / Math.max(1, numbers.length - 1));
};

/** Value at floor(p/100 × n), the last at most. */
export const percentileOf = (ascending: readonly number[], p: number): number =>
  ascending[Math.min(ascending.length - 1, Math.floor((p / 100) * ascending.length))] as number;

const NAMES = { p50: 50, p75: 75, p90: 90, p95: 95, p99: 99, p999: 99.9 } as const;

const percentile: Check = (of) => {
  const field = of.require('field');
  const least = of.number('min_records') ?? 10;
  const numbers = sorted(numbersOf(of, field));
  if (numbers.length < least) return of.skipped(`${numbers.length} of ${least} records`);
  const nested = of.subMap('percentiles') ?? {};
  const above = /greater/.test(of.text('mode') ?? 'less_than');
  const wrong: string[] = [];
  const seen: Record<string, number> = {};
  const wanted: string[] = [];
  for (const [name, p] of Object.entries(NAMES)) {
    const limit = of.number(name) ?? numberOf(nested[name]);
    if (limit === undefined) continue;
    const value = percentileOf(numbers, p);
    seen[name] = value;
    wanted.push(`${name} ${above ? '>' : '<='} ${limit}`);
    if (above ? value <= limit : value > limit) wrong.push(`${name} is ${value}`);
  }
  if (wanted.length === 0) throw new Error('give at least one of p50, p75, p90, p95, p99, p999');
  return of.result(
    wrong.length === 0,
    `percentile of ${of.where}: ${field} ${wrong.length === 0 ? 'is within' : wrong.join(', ')} ${wrong.length === 0 ? wanted.join(', ') : `, expected ${wanted.join(', ')}`}`,
    {
      expected: wanted.join(', '),
      actual: seen,
    },
  );
};

const quantileBetween: Check = (of) => {
  const field = of.require('field');
  const numbers = sorted(numbersOf(of, field));
  if (numbers.length === 0)
    return of.result(false, `quantile_between of ${of.where}: ${field} has no numbers`, { expected: 'numbers', actual: 0 });
  const quantile = of.number('quantile', 'q') ?? 0.5;
  return of.judge(`quantile ${quantile} of ${field}`, percentileOf(numbers, quantile * 100), of.limits('value'));
};

const stddev: Check = (of) => {
  const field = of.require('field');
  const numbers = numbersOf(of, field);
  return numbers.length < 2
    ? of.skipped(`${numbers.length} numbers`)
    : of.judge(`standard deviation of ${field}`, deviation(numbers), of.limits('value'));
};

const percentNull: Check = (of) => {
  const field = of.require('field');
  const nulls = of.rows.filter((row) => (fieldOf(row, field) ?? null) === null).length;
  return of.judge(
    `share of NULL in ${field}`,
    of.rows.length === 0 ? 0 : (nulls * 100) / of.rows.length,
    of.limits('value', 'max_percent'),
    undefined,
    '%',
  );
};

const distinctCount: Check = (of) => {
  const field = of.require('field');
  const values = new Set(of.rows.flatMap((row) => (fieldOf(row, field) === undefined ? [] : [show(fieldOf(row, field))])));
  return of.judge(`distinct_count of ${field}`, values.size, of.limits('value'));
};

const distribution: Check = (of) => {
  const field = of.require('field');
  const least = of.number('min_records') ?? 100;
  const numbers = sorted(numbersOf(of, field));
  if (numbers.length < least) return of.skipped(`${numbers.length} of ${least} records`);
  const tolerance = of.number('tolerance') ?? 0.1;
  const kind = (of.text('distribution_type', 'distribution', 'type_of') ?? 'custom').toLowerCase();
  const seen = { mean: mean(numbers), std_dev: deviation(numbers), min: numbers[0] as number, max: numbers.at(-1) as number };
  const wrong: string[] = [];
  const near = (name: 'mean' | 'std_dev', wanted: number | undefined): void => {
    if (wanted === undefined) return;
    if (Math.abs(seen[name] - wanted) > Math.max(Math.abs(wanted) * tolerance, 1e-9))
      wrong.push(`${name} is ${seen[name]}, expected ${wanted}`);
  };
  near('mean', of.number('mean'));
  near('std_dev', of.number('std_dev'));
  const min = of.number('min_value');
  const max = of.number('max_value');
  if (min !== undefined && seen.min < min) wrong.push(`the least is ${seen.min}, expected at least ${min}`);
  if (max !== undefined && seen.max > max) wrong.push(`the greatest is ${seen.max}, expected at most ${max}`);
  const distance = shapeDistance(kind, numbers, seen);
  if (distance !== undefined && distance > tolerance) wrong.push(`it is ${distance.toFixed(3)} away from ${kind}`);
  return of.result(wrong.length === 0, `distribution of ${of.where}: ${field} ${wrong.length === 0 ? `is ${kind}` : wrong.join('; ')}`, {
    expected: kind,
    actual: seen,
  });
};

/** Greatest distance between the found and the ideal share below a value (Kolmogorov and Smirnov); undefined for `custom`. */
function shapeDistance(
  kind: string,
  numbers: readonly number[],
  seen: { mean: number; std_dev: number; min: number; max: number },
): number | undefined {
  const below = idealShare(kind, seen);
  if (!below) return undefined;
  let worst = 0;
  for (const [i, x] of numbers.entries()) {
    const ideal = below(x);
    worst = Math.max(worst, Math.abs((i + 1) / numbers.length - ideal), Math.abs(i / numbers.length - ideal));
  }
  return worst;
}

function idealShare(kind: string, s: { mean: number; std_dev: number; min: number; max: number }): ((x: number) => number) | undefined {
  switch (kind) {
    case 'uniform':
      return (x) => (s.max === s.min ? 1 : (x - s.min) / (s.max - s.min));
    case 'exponential':
      return (x) => (s.mean === s.min ? 1 : 1 - exp(-(x - s.min) / (s.mean - s.min)));
    case 'normal':
      return (x) => normalShare(s.std_dev === 0 ? 0 : (x - s.mean) / s.std_dev);
    case 'log_normal':
      return s.min > 0 ? (x) => normalShare((ln(x) - ln(s.mean)) / Math.max(1e-9, s.std_dev / s.mean)) : undefined;
    default:
      return undefined;
  }
}

/** Share of a standard normal below z, to 7 digits (Abramowitz and Stegun 26.2.17). */
function normalShare(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const density = 0.3989422804 * exp((-z * z) / 2);
  const tail = density * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z > 0 ? 1 - tail : tail;
}

export const STATISTIC_CHECKS: Readonly<Record<string, Check>> = {
  percentile,
  quantile_between: quantileBetween,
  stddev,
  percent_null: percentNull,
  distinct_count: distinctCount,
  distribution,
};
