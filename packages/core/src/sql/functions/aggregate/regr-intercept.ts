import { pairAggregate } from './pair-aggregate.ts';

export const regrIntercept = pairAggregate({
  name: 'regr_intercept',
  summary: 'Intercept of the least-squares line of y over x; NULL where x does not vary.',
  least: 2,
  finish: (s) => (s.xx === 0 ? null : s.meanY - (s.xy / s.xx) * s.meanX),
  example: 1,
});
