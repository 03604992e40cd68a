import type { TimeNeed } from './physical/time-needs.ts';
import type { PlanNode } from './plan.ts';
import { deriveJoinKeys } from './rules/derive-join-keys.ts';
import { foldConstants } from './rules/fold-constants.ts';
import { mergeFilters } from './rules/merge-filters.ts';
import { mergeLimits } from './rules/merge-limits.ts';
import { mergeProjects } from './rules/merge-projects.ts';
import { narrowColumns } from './rules/narrow-columns.ts';
import { pushFilters } from './rules/push-filters.ts';
import { removeIdentityProjects } from './rules/remove-identity-projects.ts';
import type { Rule } from './rules/rule.ts';
import { simplifyConditions } from './rules/simplify-conditions.ts';

export const RULES: readonly Rule[] = [
  foldConstants,
  simplifyConditions,
  mergeFilters,
  pushFilters,
  deriveJoinKeys,
  mergeProjects,
  removeIdentityProjects,
  mergeLimits,
  narrowColumns,
];

/** Every rule shrinks or sinks something, so a few passes are enough; the bound is there in case one does not. */
const PASSES_MAX = 16;

export interface Optimised {
  readonly root: PlanNode;
  /** Names of the rules that changed something, in order of first use. */
  readonly fired: readonly string[];
}

/** Applies all rules until none finds anything to do. `above`: whether readers of the output go by its watermark. */
export function optimise(root: PlanNode, above: TimeNeed = 'watermark', rules: readonly Rule[] = RULES): Optimised {
  const fired = new Set<string>();
  let current = root;
  for (let pass = 0; pass < PASSES_MAX; pass++) {
    const before = current;
    for (const rule of rules) {
      const next = rule.rewrite(current, { above });
      if (next !== current) fired.add(rule.name);
      current = next;
    }
    if (current === before) break;
  }
  return { root: current, fired: [...fired] };
}
