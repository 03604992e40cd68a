import type { BenchSet } from '../../src/eval/case.ts';
import { backups } from './backups.ts';
import { bowling } from './bowling.ts';
import { cameratraps } from './cameratraps.ts';
import { fueldepot } from './fueldepot.ts';
import { oliveoil } from './oliveoil.ts';
import { patents } from './patents.ts';
import { pools } from './pools.ts';
import { waferfab } from './waferfab.ts';

/** Eight more schemas, each in the voice of another person, written without a look at the grammar; eight questions were made plainer after the first totals, without a look at the answers. */
export const UNSEEN_SETS: readonly BenchSet[] = [waferfab, bowling, patents, oliveoil, pools, backups, fueldepot, cameratraps];
