import { avg } from './aggregate/avg.ts';
import { count } from './aggregate/count.ts';
import { firstArrived } from './aggregate/first-arrived.ts';
import { lastValue } from './aggregate/last.ts';
import { max } from './aggregate/max.ts';
import { min } from './aggregate/min.ts';
import { sum } from './aggregate/sum.ts';
import { coalesce } from './conditional/coalesce.ts';
import type { FunctionDefinition } from './define.ts';
import { abs } from './math/abs.ts';
import { round } from './math/round.ts';
import { lower } from './string/lower.ts';
import { upper } from './string/upper.ts';
import { windowFunctions } from './window/index.ts';

/**
 * What a page has at once. All others load with the first script that names one of them. FIRST_ARRIVED and LAST_VALUE are
 * here because the binder takes them for columns that a GROUP BY leaves out.
 */
export const coreFunctions: readonly FunctionDefinition[] = [
  avg,
  count,
  firstArrived,
  lastValue,
  max,
  min,
  sum,
  coalesce,
  abs,
  round,
  lower,
  upper,
  ...windowFunctions,
];
