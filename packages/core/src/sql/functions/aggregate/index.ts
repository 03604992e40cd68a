import type { AggregateFunction } from '../define.ts';
import { avg } from './avg.ts';
import { count } from './count.ts';
import { delta } from './delta.ts';
import { firstValue } from './first.ts';
import { lastValue } from './last.ts';
import { max } from './max.ts';
import { min } from './min.ts';
import { stddevPop } from './stddev-pop.ts';
import { stddevSamp } from './stddev-samp.ts';
import { sum } from './sum.ts';
import { varPop } from './var-pop.ts';
import { varSamp } from './var-samp.ts';

export const aggregateFunctions: readonly AggregateFunction[] = [
  avg,
  count,
  delta,
  firstValue,
  lastValue,
  max,
  min,
  stddevPop,
  stddevSamp,
  sum,
  varPop,
  varSamp,
];
