import type { BenchSet } from '../../src/eval/case.ts';
import { adtech } from './adtech.ts';
import { arena } from './arena.ts';
import { bank } from './bank.ts';
import { freight } from './freight.ts';
import { grid } from './grid.ts';
import { hospital } from './hospital.ts';

/** Written before any of it was asked, never tuned on: what the assistant does for schemas and speakers that it has not met. */
export const UNSEEN_SETS: readonly BenchSet[] = [freight, grid, arena, hospital, adtech, bank];
