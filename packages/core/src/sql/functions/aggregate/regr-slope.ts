import { pairAggregate } from './pair-aggregate.ts';

export const regrSlope = pairAggregate({
  name: 'regr_slope',
  summary: 'Slope of the least-squares line of y over x; NULL where x does not vary.',
  least: 2,
  finish: (s) => (s.xx === 0 ? null : s.xy / s.xx),
  example: 0.5,
});
