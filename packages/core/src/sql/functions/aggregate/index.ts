import type { AggregateFunction } from '../define.ts';
import { approxCountDistinct } from './approx-count-distinct.ts';
import { approxPercentile } from './approx-percentile.ts';
import { arrayAgg } from './array-agg.ts';
import { avg } from './avg.ts';
import { corr } from './corr.ts';
import { count } from './count.ts';
import { countDistinct } from './count-distinct.ts';
import { covarPop } from './covar-pop.ts';
import { covarSamp } from './covar-samp.ts';
import { delta } from './delta.ts';
import { ema } from './ema.ts';
import { firstValue } from './first.ts';
import { firstArrived } from './first-arrived.ts';
import { lastValue } from './last.ts';
import { max } from './max.ts';
import { median } from './median.ts';
import { min } from './min.ts';
import { percentileCont } from './percentile-cont.ts';
import { percentileDisc } from './percentile-disc.ts';
import { regrIntercept } from './regr-intercept.ts';
import { regrR2 } from './regr-r2.ts';
import { regrSlope } from './regr-slope.ts';
import { stddevPop } from './stddev-pop.ts';
import { stddevSamp } from './stddev-samp.ts';
import { stringAgg } from './string-agg.ts';
import { sum } from './sum.ts';
import { varPop } from './var-pop.ts';
import { varSamp } from './var-samp.ts';
import { zScore } from './z-score.ts';

export const aggregateFunctions: readonly AggregateFunction[] = [
  approxCountDistinct,
  approxPercentile,
  arrayAgg,
  avg,
  corr,
  count,
  countDistinct,
  covarPop,
  covarSamp,
  delta,
  ema,
  firstArrived,
  firstValue,
  lastValue,
  max,
  median,
  min,
  percentileCont,
  percentileDisc,
  regrIntercept,
  regrR2,
  regrSlope,
  stddevPop,
  stddevSamp,
  stringAgg,
  sum,
  varPop,
  varSamp,
  zScore,
];
