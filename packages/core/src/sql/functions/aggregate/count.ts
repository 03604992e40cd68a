import { INTEGER } from '../../../values/types.ts';
import { defineAggregate } from '../define.ts';

export const count = defineAggregate<number>({
  name: 'count',
  category: 'aggregate',
  summary: 'Number of values that are not NULL; COUNT(*) counts rows.',
  parameters: [{ name: 'value', takes: 'value', optional: true }],
  returns: INTEGER,
  nulls: 'ignore',
  star: true,
  examples: [
    { sql: 'COUNT(*)', rows: [{ x: 1 }, { x: null }], gives: 2 },
    { sql: 'COUNT(x)', rows: [{ x: 1 }, { x: null }], gives: 1 },
    { sql: 'COUNT(x)', rows: [], gives: 0 },
  ],
  moments: () => ({ needs: ['count'], finish: (m) => m.count }),
  accumulator: () => ({
    create: () => 0,
    add: (n) => n + 1,
    retract: (n) => n - 1,
    merge: (a, b) => a + b,
    result: (n) => n,
    save: (n) => n,
    load: (n) => n as number,
  }),
});
