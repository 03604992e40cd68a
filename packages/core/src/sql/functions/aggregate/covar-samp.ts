import { pairAggregate } from './pair-aggregate.ts';

export const covarSamp = pairAggregate({
  name: 'covar_samp',
  summary: 'Covariance of pairs as a sample (divisor n - 1).',
  least: 2,
  finish: (s) => s.xy / (s.count - 1),
  example: 0.5,
});
