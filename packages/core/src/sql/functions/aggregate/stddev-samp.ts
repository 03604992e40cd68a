import { spreadAggregate } from './variance-aggregate.ts';

export const stddevSamp = spreadAggregate({
  name: 'stddev_samp',
  aliases: ['stddev', 'std'],
  summary: 'Standard deviation of a sample (divisor n - 1); NULL below two values.',
  less: 1,
  root: true,
  examples: [
    { sql: 'STDDEV_SAMP(x)', rows: [{ x: 1 }, { x: 3 }, { x: null }], gives: Math.SQRT2 },
    { sql: 'STDDEV_SAMP(x)', rows: [{ x: 5 }], gives: null },
    { sql: 'STDDEV_SAMP(x)', rows: [], gives: null },
  ],
});
