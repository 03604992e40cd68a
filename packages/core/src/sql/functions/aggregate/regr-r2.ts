import { pairAggregate } from './pair-aggregate.ts';

export const regrR2 = pairAggregate({
  name: 'regr_r2',
  summary: 'Share of the variance of y that the least-squares line explains; NULL where x does not vary, 1 where y does not.',
  least: 2,
  finish: (s) => (s.xx === 0 ? null : s.yy === 0 ? 1 : (s.xy * s.xy) / (s.xx * s.yy)),
  example: 0.25,
});
