import type { BenchSet } from '../../src/eval/case.ts';
import { bikeshop } from './bikeshop.ts';
import { crossdock } from './crossdock.ts';
import { florist } from './florist.ts';
import { jobqueues } from './jobqueues.ts';
import { salon } from './salon.ts';
import { subscriptions } from './subscriptions.ts';
import { surveys } from './surveys.ts';
import { tenancies } from './tenancies.ts';

/** Eight schemas of everyday business, each in the voice of another person, written without a look at the grammar and before any of it was asked. */
export const UNSEEN_SETS: readonly BenchSet[] = [subscriptions, salon, tenancies, bikeshop, florist, jobqueues, crossdock, surveys];
