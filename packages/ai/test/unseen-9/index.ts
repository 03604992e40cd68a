import type { BenchSet } from '../../src/eval/case.ts';
import { coworking } from './coworking.ts';
import { fieldservice } from './fieldservice.ts';
import { invoicing } from './invoicing.ts';
import { parcelreturns } from './parcelreturns.ts';
import { signins } from './signins.ts';
import { supermarket } from './supermarket.ts';
import { timeclock } from './timeclock.ts';
import { webhooks } from './webhooks.ts';

/** Eight more schemas of business and operations, written without a look at the grammar and before any of it was asked. */
export const UNSEEN_SETS: readonly BenchSet[] = [
  supermarket,
  webhooks,
  coworking,
  invoicing,
  fieldservice,
  timeclock,
  signins,
  parcelreturns,
];
