import type { BenchSet } from '../../src/eval/case.ts';
import { apiary } from './apiary.ts';
import { auctions } from './auctions.ts';
import { casino } from './casino.ts';
import { experiments } from './experiments.ts';
import { pharmacy } from './pharmacy.ts';
import { quakes } from './quakes.ts';
import { rescue } from './rescue.ts';
import { slowlog } from './slowlog.ts';

/** Eight schemas and eight ways of speaking, written without a look at the grammar and before any of it was asked. */
export const UNSEEN_SETS: readonly BenchSet[] = [apiary, auctions, experiments, rescue, casino, pharmacy, quakes, slowlog];
