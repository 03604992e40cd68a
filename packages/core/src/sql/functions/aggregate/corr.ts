import { pairAggregate } from './pair-aggregate.ts';

export const corr = pairAggregate({
  name: 'corr',
  summary: 'Correlation of pairs, -1 to 1; NULL where either side does not vary.',
  least: 2,
  finish: (s) => (s.xx === 0 || s.yy === 0 ? null : Math.max(-1, Math.min(1, s.xy / Math.sqrt(s.xx * s.yy)))),
  example: 0.5,
});
