import { pairAggregate } from './pair-aggregate.ts';

export const covarPop = pairAggregate({
  name: 'covar_pop',
  summary: 'Covariance of pairs as the whole population (divisor n).',
  least: 1,
  finish: (s) => s.xy / s.count,
  example: 1 / 3,
});
