import { FLOAT, type Scalar, type SqlType } from '../../../values/types.ts';
import { type Accumulator, type AggregateFunction, defineAggregate } from '../define.ts';
import { floatReader, numbersOnly } from './number-argument.ts';

/** Youngs and Cramer, "Some Results Relevant to Choice of Sum and Sum-of-Product Algorithms", Technometrics 13 (1971). */
export interface Spread {
  count: number;
  sum: number;
  /** Sum of squared deviations from the mean. */
  m2: number;
}

export const newSpread = (): Spread => ({ count: 0, sum: 0, m2: 0 });

export function addToSpread(s: Spread, x: number): Spread {
  s.count++;
  s.sum += x;
  if (s.count > 1) {
    const d = s.count * x - s.sum;
    s.m2 += (d * d) / (s.count * (s.count - 1));
  }
  return s;
}

/** Chan, Golub and LeVeque, "Updating Formulae and a Pairwise Algorithm for Computing Sample Variances" (1979). */
export function mergeSpread(a: Spread, b: Spread): Spread {
  if (b.count === 0) return a;
  if (a.count === 0) return Object.assign(a, b);
  const d = b.sum / b.count - a.sum / a.count;
  a.m2 += b.m2 + (d * d * a.count * b.count) / (a.count + b.count);
  a.count += b.count;
  a.sum += b.sum;
  return a;
}

export const saveSpread = (s: Spread): Scalar => [s.count, s.sum, s.m2];
export function loadSpread(saved: Scalar): Spread {
  const [count, sum, m2] = saved as [number, number, number];
  return { count, sum, m2 };
}

/** Variance with divisor n - `less`; NULL with too few values. */
export const varianceOf = (count: number, m2: number, less: 0 | 1): number | null => (count <= less ? null : m2 / (count - less));

function spreadAccumulator(type: SqlType | undefined, name: string, finish: (count: number, m2: number) => Scalar): Accumulator<Spread> {
  const read = floatReader(type, name);
  return {
    create: newSpread,
    add: (s, [v]) => addToSpread(s, read(v as Scalar)),
    merge: mergeSpread,
    result: (s) => finish(s.count, s.m2),
    save: saveSpread,
    load: loadSpread,
  };
}

export interface SpreadSpec {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  /** 1: sample, 0: population. */
  readonly less: 0 | 1;
  readonly root: boolean;
  readonly examples: AggregateFunction['examples'];
}

/** STDDEV and VARIANCE in their forms. */
export function spreadAggregate({ name, aliases, summary, less, root, examples }: SpreadSpec): AggregateFunction {
  const finish = (count: number, m2: number): number | null => {
    const variance = varianceOf(count, m2, less);
    return variance === null || !root ? variance : Math.sqrt(variance);
  };
  return defineAggregate<Spread>({
    name,
    ...(aliases === undefined ? {} : { aliases }),
    category: 'aggregate',
    summary,
    parameters: [{ name: 'value', takes: 'number' }],
    returns: numbersOnly(name, () => FLOAT),
    nulls: 'ignore',
    examples,
    moments: ([type]) =>
      type?.kind === 'integer' || type?.kind === 'float' || type?.kind === 'decimal'
        ? { needs: ['count', 'sum', 'm2'], finish: (m) => finish(m.count, m.m2) }
        : undefined,
    accumulator: ([type]) => spreadAccumulator(type, name, finish),
  });
}
