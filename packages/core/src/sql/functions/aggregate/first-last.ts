import type { Scalar } from '../../../values/types.ts';
import type { Accumulator, AggregateRow } from '../define.ts';

/** The value kept, and where its row stood. `sequence` is -1 before the first row. */
export interface Placed {
  value: Scalar;
  time: number;
  sequence: number;
}

/** Whether a row comes before another: by event time, ties (and rows without one) by arrival. */
const precedes = (time: number, sequence: number, than: Placed): boolean => {
  if (time < than.time) return true;
  return time > than.time ? false : sequence < than.sequence;
};

/** FIRST and LAST keep NULLs: they are values of their rows. */
export function placedAccumulator(which: 'first' | 'last'): Accumulator<Placed> {
  const wins = (time: number, sequence: number, s: Placed): boolean =>
    s.sequence < 0 || precedes(time, sequence, s) === (which === 'first');
  const put = (s: Placed, value: Scalar, time: number, sequence: number): Placed => {
    if (wins(time, sequence, s)) {
      s.value = value;
      s.time = time;
      s.sequence = sequence;
    }
    return s;
  };
  return {
    create: () => ({ value: null, time: 0, sequence: -1 }),
    add: (s, [v], row: AggregateRow) => put(s, v as Scalar, row.eventTime, row.sequence),
    merge: (a, b) => (b.sequence < 0 ? a : put(a, b.value, b.time, b.sequence)),
    result: (s) => s.value,
    save: (s) => [s.value, s.time, s.sequence],
    load: (saved) => {
      const [value, time, sequence] = saved as [Scalar, number, number];
      return { value, time, sequence };
    },
  };
}
