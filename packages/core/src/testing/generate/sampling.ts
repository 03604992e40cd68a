import type { DataConstraints } from '../../protocol/studio/testing.ts';
import type { Random } from '../../values/generate/random.ts';
import { isMap, toNumber } from '../schema/loose.ts';
import { exp, ln, pow } from './exact-math.ts';

/** Standard normal numbers by the polar method, two at a time. */
export function normalSampler(random: Random): () => number {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const z = spare;
      spare = null;
      return z;
    }
    for (;;) {
      const u = random.next() * 2 - 1;
      const v = random.next() * 2 - 1;
      const s = u * u + v * v;
      if (s >= 1 || s === 0) continue;
      const factor = Math.sqrt((-2 * ln(s)) / s);
      spare = v * factor;
      return u * factor;
    }
  };
}

type Distribution = NonNullable<DataConstraints['distribution']>;

const clampTo =
  (min: number, max: number) =>
  (x: number): number =>
    Math.max(min, Math.min(max, x));

/** Numbers within [min, max], spread as the distribution says. `discrete`: whole numbers are wanted (both ends as likely as the others). */
export function numberSampler(d: Distribution | undefined, min: number, max: number, random: Random, discrete = false): () => number {
  const clamp = clampTo(min, max);
  const width = max - min;
  const parameter = (key: string, otherwise: number): number => toNumber(d?.[key]) ?? otherwise;
  switch (d?.name) {
    case 'normal': {
      const z = normalSampler(random);
      const mean = parameter('mean', min + width / 2);
      const deviation = parameter('std_dev', width / 6);
      return () => clamp(mean + deviation * z());
    }
    case 'log_normal': {
      if (d['mean'] === undefined && d['std_dev'] === undefined) {
        const top = ln(width + 1);
        return () => clamp(min + exp(random.next() * top) - 1);
      }
      const z = normalSampler(random);
      const mean = parameter('mean', 0);
      const deviation = parameter('std_dev', 1);
      return () => clamp(exp(mean + deviation * z()));
    }
    case 'zipf':
      return zipf(min, width, parameter('exponent', 1), random, clamp, discrete);
    case 'exponential': {
      const mean = d['rate'] === undefined ? parameter('mean', width / 5) : 1 / parameter('rate', 1);
      return () => clamp(min - mean * ln(1 - random.next()));
    }
    case 'histogram':
      return histogram(d['bins'], min, max, random);
    default:
      return discrete ? () => min + Math.floor(random.next() * (width + 1)) : () => min + random.next() * width;
  }
}

/** Power law over 1 … n by the inverse of its continuous form: small values are frequent. */
function zipf(min: number, width: number, exponent: number, random: Random, clamp: (x: number) => number, discrete: boolean): () => number {
  const n = Math.max(1, width + 1);
  const flat = Math.abs(exponent - 1) < 1e-9;
  const top = flat ? ln(n) : pow(n, 1 - exponent) - 1;
  const draw = (): number => (flat ? exp(random.next() * top) : pow(random.next() * top + 1, 1 / (1 - exponent)));
  return discrete ? () => clamp(min + Math.floor(draw()) - 1) : () => clamp(min + draw() - 1);
}

function histogram(given: unknown, min: number, max: number, random: Random): () => number {
  const bins = (Array.isArray(given) ? given : []).filter(isMap).map((b) => ({
    from: toNumber(b['min'] ?? b['from']) ?? min,
    to: toNumber(b['max'] ?? b['to']) ?? max,
    weight: toNumber(b['weight'] ?? b['frequency']) ?? 1,
  }));
  if (bins.length === 0) return () => min + random.next() * (max - min);
  const pick = weightedIndex(
    bins.map((b) => b.weight),
    random,
  );
  return () => {
    const bin = bins[pick()] as (typeof bins)[number];
    return bin.from + random.next() * (bin.to - bin.from);
  };
}

/** Index of a choice by relative weights; without weights all are alike. */
export function weightedIndex(weights: readonly number[], random: Random): () => number {
  const upTo: number[] = [];
  let sum = 0;
  for (const weight of weights) {
    sum += Math.max(0, weight);
    upTo.push(sum);
  }
  if (sum === 0) return () => Math.floor(random.next() * weights.length);
  return () => {
    const at = random.next() * sum;
    let index = 0;
    while (index < upTo.length - 1 && at >= (upTo[index] as number)) index++;
    return index;
  };
}
