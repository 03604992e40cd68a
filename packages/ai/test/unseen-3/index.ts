import type { BenchSet } from '../../src/eval/case.ts';
import { builds } from './builds.ts';
import { claims } from './claims.ts';
import { dairy } from './dairy.ts';
import { gateway } from './gateway.ts';
import { helpdesk } from './helpdesk.ts';
import { library } from './library.ts';
import { perps } from './perps.ts';
import { tickets } from './tickets.ts';

/** Eight schemas and eight ways of speaking, written without a look at the grammar and before any of it was asked. */
export const UNSEEN_SETS: readonly BenchSet[] = [claims, tickets, dairy, builds, helpdesk, gateway, library, perps];
