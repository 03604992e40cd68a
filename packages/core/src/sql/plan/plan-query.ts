import type { Problem } from '../../diagnostics/define-codes.ts';
import type { BoundQuery } from '../bind/bound.ts';
import { buildQuery } from './build/build-query.ts';
import type { BuiltQuery } from './build/built-row.ts';
import type { PlanOptions } from './build/context.ts';
import { optimise } from './optimise.ts';
import { planSubqueries } from './physical/plan-subqueries.ts';
import { outputNeed, toPhysical } from './physical/to-physical.ts';
import type { DerivedTable, QueryPlan } from './plan.ts';

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
  const logical = logicalPlan(query, options);
  const { problems } = logical;
  if (logical.plan === null) return { plan: null, problems };
  const { root } = optimise(logical.plan.node, outputNeed(options));
  return { plan: toPhysical({ ...logical.plan, node: root }, options, logical.derived), problems };
}

export interface Logical {
  readonly plan: BuiltQuery | null;
  readonly derived: readonly DerivedTable[];
  readonly problems: readonly Problem[];
}

/** The plan before any rule: clause by clause, sub-queries as tables of their own. */
export function logicalPlan(query: BoundQuery, options: PlanOptions = {}): Logical {
  const { built, context } = buildQuery(query, options);
  const { root, derived } = planSubqueries(built.node, (inner) => {
    const planned = planQuery(inner, { ...options, consumed: true, rootChanges: 'upsert' });
    context.problems.push(...planned.problems);
    return planned.plan;
  });
  const hasError = context.problems.some((problem) => problem.severity === 'error');
  return { plan: hasError ? null : { ...built, node: root }, derived, problems: context.problems };
}
