import type { Rule } from './finding.ts';

/** Every rule, in the order of the catalogue. */
export const ALL_RULES: readonly Rule[] = [];
