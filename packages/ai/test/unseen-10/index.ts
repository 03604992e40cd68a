import type { BenchSet } from '../../src/eval/case.ts';
import { datapipelines } from './datapipelines.ts';
import { doorbadges } from './doorbadges.ts';
import { evcharging } from './evcharging.ts';
import { expenses } from './expenses.ts';
import { loyalty } from './loyalty.ts';
import { procurement } from './procurement.ts';
import { salespipeline } from './salespipeline.ts';
import { videomeetings } from './videomeetings.ts';

/** Eight schemas of ordinary business, written without a look at the grammar and before any of it was asked. */
export const UNSEEN_SETS: readonly BenchSet[] = [
  expenses,
  procurement,
  evcharging,
  salespipeline,
  doorbadges,
  loyalty,
  videomeetings,
  datapipelines,
];
