import type { ScalarFunction } from '../define.ts';
import { coalesce } from './coalesce.ts';
import { ifFunction } from './if.ts';
import { ifnull } from './ifnull.ts';
import { nullif } from './nullif.ts';

export const conditionalFunctions: readonly ScalarFunction[] = [coalesce, ifFunction, ifnull, nullif];
