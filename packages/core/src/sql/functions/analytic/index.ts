import type { AnalyticFunction } from '../define.ts';

export const analyticFunctions: readonly AnalyticFunction[] = [];
