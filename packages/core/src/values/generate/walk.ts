import type { Column } from '../column.ts';
import { FLOAT } from '../types.ts';
import type { ColumnGenerator, GeneratorSpec } from './generator.ts';
import type { Random } from './random.ts';
import { rounding } from './rounding.ts';

/** Random walk, one per value of the column `by`, or one for all rows. State: the last value of each walk. */
export function createWalk(spec: Extract<GeneratorSpec, { kind: 'walk' }>, random: Random): ColumnGenerator {
  const { start, step, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, by } = spec;
  const round = rounding(spec.digits);
  const startOf = (walk: number): number => (typeof start === 'number' ? start : (start[walk % start.length] as number));
  let last: number[] = [];
  const advance = (walk: number): number => {
    while (last.length <= walk) last.push(startOf(last.length));
    let next = round((last[walk] as number) + (random.next() * 2 - 1) * step);
    if (next < min) next = min;
    if (next > max) next = max;
    last[walk] = next;
    return next;
  };
  return {
    type: FLOAT,
    fill(rows, others) {
      const values = new Float64Array(rows);
      const walkOf = walkReader(by === undefined ? undefined : others.get(by));
      for (let i = 0; i < rows; i++) values[i] = advance(walkOf(i));
      return { lane: 'f64', values, nulls: null };
    },
    save() {
      const own = random.save();
      return [own.length, ...own, ...last];
    },
    restore(state) {
      const length = state[0] ?? 0;
      random.restore(state.slice(1, 1 + length));
      last = state.slice(1 + length);
    },
  };
}

/** Number of the walk of each row: the code of a text choice, 0 where there is none. */
function walkReader(by: Column | undefined): (row: number) => number {
  if (by?.lane !== 'dict') return () => 0;
  return (row) => (by.nulls?.[row] === 1 ? 0 : (by.values[row] as number));
}
