import { spreadAggregate } from './variance-aggregate.ts';

export const stddevPop = spreadAggregate({
  name: 'stddev_pop',
  summary: 'Standard deviation of the whole population (divisor n); NULL for none.',
  less: 0,
  root: true,
  examples: [
    { sql: 'STDDEV_POP(x)', rows: [{ x: 1 }, { x: 3 }, { x: null }], gives: 1 },
    { sql: 'STDDEV_POP(x)', rows: [{ x: 5 }], gives: 0 },
    { sql: 'STDDEV_POP(x)', rows: [], gives: null },
  ],
});
