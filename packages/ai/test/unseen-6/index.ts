import type { BenchSet } from '../../src/eval/case.ts';
import { dairy } from './dairy.ts';
import { kitchen } from './kitchen.ts';
import { library } from './library.ts';
import { matches } from './matches.ts';
import { portyard } from './portyard.ts';
import { resolvers } from './resolvers.ts';
import { skilifts } from './skilifts.ts';
import { sleeplab } from './sleeplab.ts';

/** Eight more schemas, each asked in another person's voice, written without a look at how questions are read. */
export const UNSEEN_SETS: readonly BenchSet[] = [library, kitchen, skilifts, dairy, matches, resolvers, portyard, sleeplab];
