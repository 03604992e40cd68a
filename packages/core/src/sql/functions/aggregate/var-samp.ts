import { spreadAggregate } from './variance-aggregate.ts';

export const varSamp = spreadAggregate({
  name: 'var_samp',
  aliases: ['variance', 'var'],
  summary: 'Variance of a sample (divisor n - 1); NULL below two values.',
  less: 1,
  root: false,
  examples: [
    { sql: 'VAR_SAMP(x)', rows: [{ x: 1 }, { x: 3 }, { x: null }], gives: 2 },
    { sql: 'VAR_SAMP(x)', rows: [{ x: 5 }], gives: null },
    { sql: 'VAR_SAMP(x)', rows: [], gives: null },
  ],
});
