import { keyFunction } from '../../../values/key.ts';
import { ANY, INTEGER, type Scalar } from '../../../values/types.ts';
import { defineAggregate } from '../define.ts';

/** State: how often each distinct value occurs, by its key. Grows with the number of distinct values. */
type Counts = Map<string, number>;

const change = (counts: Counts, key: string, by: number): Counts => {
  const next = (counts.get(key) ?? 0) + by;
  if (next === 0) counts.delete(key);
  else counts.set(key, next);
  return counts;
};

export const countDistinct = defineAggregate<Counts>({
  name: 'count_distinct',
  category: 'aggregate',
  summary: 'Number of different values that are not NULL, exactly.',
  parameters: [{ name: 'value', takes: 'value' }],
  returns: INTEGER,
  nulls: 'ignore',
  examples: [
    { sql: 'COUNT_DISTINCT(x)', rows: [{ x: 1 }, { x: 2 }, { x: 1 }, { x: null }], gives: 2 },
    { sql: 'COUNT_DISTINCT(x)', rows: [{ x: null }], gives: 0 },
  ],
  accumulator: ([type]) => {
    const keyOf = keyFunction(type ?? ANY);
    return {
      create: () => new Map(),
      add: (counts, [v]) => change(counts, keyOf(v as Scalar), 1),
      retract: (counts, [v]) => change(counts, keyOf(v as Scalar), -1),
      merge(a, b) {
        for (const [key, n] of b) change(a, key, n);
        return a;
      },
      result: (counts) => counts.size,
      save: (counts) => new Map(counts),
      load: (saved) => new Map(saved as ReadonlyMap<string, number>),
    };
  },
});
