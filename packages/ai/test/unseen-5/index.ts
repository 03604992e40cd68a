import type { BenchSet } from '../../src/eval/case.ts';
import { airplay } from './airplay.ts';
import { cachenodes } from './cachenodes.ts';
import { dialysis } from './dialysis.ts';
import { drones } from './drones.ts';
import { elections } from './elections.ts';
import { rfqs } from './rfqs.ts';
import { trawlers } from './trawlers.ts';
import { windfarm } from './windfarm.ts';

/** Eight more schemas, written without a look at the grammar and before any of it was asked. */
export const UNSEEN_SETS: readonly BenchSet[] = [dialysis, windfarm, trawlers, airplay, elections, drones, cachenodes, rfqs];
