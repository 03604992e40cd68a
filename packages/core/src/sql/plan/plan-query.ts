import type { Problem } from '../../diagnostics/define-codes.ts';
import type { BoundQuery } from '../bind/bound.ts';
import { buildQuery } from './build/build-query.ts';
import type { PlanOptions } from './build/context.ts';
import { optimise } from './optimise.ts';
import { outputNeed, toPhysical } from './physical/to-physical.ts';
import type { QueryPlan } from './plan.ts';

export type { PlanOptions } from './build/context.ts';

/** A plan, or null when some problem is an error. */
export interface Planned {
  readonly plan: QueryPlan | null;
  readonly problems: readonly Problem[];
}

/**
 * Plans one bound query: builds its logical plan, applies the rules, and makes it physical. Never throws for what a
 * query says; problems are VS3xxx.
 */
export function planQuery(query: BoundQuery, options: PlanOptions = {}): Planned {
  const { built, context } = buildQuery(query, options);
  const hasError = context.problems.some((problem) => problem.severity === 'error');
  if (hasError) return { plan: null, problems: context.problems };
  const { root } = optimise(built.node, outputNeed(options));
  return { plan: toPhysical({ ...built, node: root }, options), problems: context.problems };
}
