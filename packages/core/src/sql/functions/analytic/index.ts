import type { AnalyticFunction } from '../define.ts';
import { cumeDist } from './cume-dist.ts';
import { denseRank } from './dense-rank.ts';
import { analyticFirstValue } from './first-value.ts';
import { lag } from './lag.ts';
import { analyticLastValue } from './last-value.ts';
import { lead } from './lead.ts';
import { nthValue } from './nth-value.ts';
import { ntile } from './ntile.ts';
import { percentRank } from './percent-rank.ts';
import { rank } from './rank.ts';
import { rowNumber } from './row-number.ts';

export const analyticFunctions: readonly AnalyticFunction[] = [
  cumeDist,
  denseRank,
  analyticFirstValue,
  lag,
  analyticLastValue,
  lead,
  nthValue,
  ntile,
  percentRank,
  rank,
  rowNumber,
];
