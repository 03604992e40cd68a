import type { WindowFunction } from '../define.ts';
import { sessionDuration, windowEnd, windowStart } from './bounds.ts';

export const windowFunctions: readonly WindowFunction[] = [sessionDuration, windowEnd, windowStart];
