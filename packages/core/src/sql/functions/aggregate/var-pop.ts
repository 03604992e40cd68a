import { spreadAggregate } from './variance-aggregate.ts';

export const varPop = spreadAggregate({
  name: 'var_pop',
  summary: 'Variance of the whole population (divisor n); NULL for none.',
  less: 0,
  root: false,
  examples: [
    { sql: 'VAR_POP(x)', rows: [{ x: 1 }, { x: 3 }, { x: null }], gives: 1 },
    { sql: 'VAR_POP(x)', rows: [{ x: 5 }], gives: 0 },
    { sql: 'VAR_POP(x)', rows: [], gives: null },
  ],
});
