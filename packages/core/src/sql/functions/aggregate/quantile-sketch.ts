import type { Scalar } from '../../../values/types.ts';

/**
 * DDSketch (Masson, Rim and Lee, VLDB 2019): counts per bucket of a logarithmic scale, so that every quantile is within
 * 0.5 % of a true value. The order of rows changes nothing, and sketches add up. Buckets are few in practice (a thousand
 * per factor of 20 000) and bounded by the range of doubles.
 */
const ERROR = 0.005;
const GAMMA = (1 + ERROR) / (1 - ERROR);
const LOG_GAMMA = Math.log(GAMMA);
/** Up to here the values themselves are kept and the answer is exact. */
const EXACT_MAX = 1000;

export interface QuantileSketch {
  exact: number[] | null;
  positive: Map<number, number>;
  negative: Map<number, number>;
  zero: number;
  count: number;
}

export const newSketch = (): QuantileSketch => ({ exact: [], positive: new Map(), negative: new Map(), zero: 0, count: 0 });

const bump = (counts: Map<number, number>, index: number, by: number) => counts.set(index, (counts.get(index) ?? 0) + by);

function addToBuckets(s: QuantileSketch, x: number): void {
  if (x === 0 || Number.isNaN(x)) s.zero++;
  else bump(x > 0 ? s.positive : s.negative, Math.ceil(Math.log(Math.min(Math.abs(x), Number.MAX_VALUE)) / LOG_GAMMA), 1);
}

function toBuckets(s: QuantileSketch): void {
  for (const x of s.exact ?? []) addToBuckets(s, x);
  s.exact = null;
}

export function addToSketch(s: QuantileSketch, x: number): QuantileSketch {
  s.count++;
  if (s.exact === null) addToBuckets(s, x);
  else {
    s.exact.push(x);
    if (s.exact.length > EXACT_MAX) toBuckets(s);
  }
  return s;
}

export function mergeSketch(a: QuantileSketch, b: QuantileSketch): QuantileSketch {
  if (b.exact !== null) {
    for (const x of b.exact) addToSketch(a, x);
    return a;
  }
  toBuckets(a);
  for (const [index, n] of b.positive) bump(a.positive, index, n);
  for (const [index, n] of b.negative) bump(a.negative, index, n);
  a.zero += b.zero;
  a.count += b.count;
  return a;
}

/** Middle of a bucket, in the sense of relative error. */
const valueIn = (index: number): number => Math.min((2 * GAMMA ** index) / (GAMMA + 1), Number.MAX_VALUE);

/** Value at a fraction of the sorted values, from the buckets; `s.count` is above 0. */
export function sketchedQuantile(s: QuantileSketch, fraction: number): number {
  const wanted = fraction * (s.count - 1);
  let seen = 0;
  // From the most negative value up.
  for (const [index, n] of [...s.negative].sort(([a], [b]) => b - a)) {
    seen += n;
    if (seen > wanted) return -valueIn(index);
  }
  seen += s.zero;
  if (seen > wanted) return 0;
  let last = 0;
  for (const [index, n] of [...s.positive].sort(([a], [b]) => a - b)) {
    seen += n;
    last = valueIn(index);
    if (seen > wanted) return last;
  }
  return last;
}

const flat = (counts: ReadonlyMap<number, number>): number[] => [...counts].flat();

function unflat(saved: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (let i = 0; i < saved.length; i += 2) counts.set(saved[i] as number, saved[i + 1] as number);
  return counts;
}

export const saveSketch = (s: QuantileSketch): Scalar => [s.exact?.slice() ?? null, flat(s.positive), flat(s.negative), s.zero, s.count];

export function loadSketch(saved: Scalar): QuantileSketch {
  const [exact, positive, negative, zero, count] = saved as [
    readonly number[] | null,
    readonly number[],
    readonly number[],
    number,
    number,
  ];
  return { exact: exact?.slice() ?? null, positive: unflat(positive), negative: unflat(negative), zero, count };
}
