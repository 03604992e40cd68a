import { comparatorOf } from '../../../values/compare.ts';
import { ANY, type Scalar, type SqlType } from '../../../values/types.ts';
import type { Accumulator, AggregateFunction, Moments } from '../define.ts';

/** Types whose smallest and largest value the runtime keeps in number slots. */
const NUMERIC: ReadonlySet<string> = new Set(['integer', 'float', 'decimal', 'timestamp', 'date', 'time', 'interval']);
export const isMomentType = (type: SqlType | undefined): boolean => type !== undefined && NUMERIC.has(type.kind);

/** MIN (`sign` 1) or MAX (-1): the state is the value so far, NULL before the first. */
export function extremeAccumulator(type: SqlType | undefined, sign: 1 | -1): Accumulator<Scalar> {
  const compare = comparatorOf(type ?? ANY);
  const better = (a: Scalar, b: Scalar): Scalar => (a === null || (b !== null && compare(b, a) * sign < 0) ? b : a);
  return {
    create: () => null,
    add: (best, [v]) => better(best, v as Scalar),
    addValue: better,
    merge: better,
    result: (best) => best,
    save: (best) => best,
    load: (saved) => saved,
  };
}

export function extremeMoments(which: 'min' | 'max'): NonNullable<AggregateFunction['moments']> {
  return ([type]) =>
    isMomentType(type) ? { needs: ['count', which], finish: (m: Moments) => (m.count === 0 ? null : m[which]) } : undefined;
}
