import type { ScalarFunction } from '../define.ts';

export const jsonFunctions: readonly ScalarFunction[] = [];
