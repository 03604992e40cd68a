import type { ScalarFunction } from '../define.ts';

export const headerFunctions: readonly ScalarFunction[] = [];
