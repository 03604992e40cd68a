import type { ScalarFunction } from '../define.ts';

export const collectionFunctions: readonly ScalarFunction[] = [];
