import type { TimeNeed } from '../physical/time-needs.ts';
import type { PlanNode } from '../plan.ts';

/** What a rule knows beyond the tree. */
export interface RuleContext {
  /** Whether readers of the output go by its watermark. */
  readonly above: TimeNeed;
}

/**
 * Rewrites a logical plan without changing any answer: the same rows in the same order at the same time, the root's
 * columns at the same places. Returns the very tree it was given when it finds nothing to do.
 */
export interface Rule {
  /** As `explain … optimised` lists it. */
  readonly name: string;
  rewrite(root: PlanNode, context: RuleContext): PlanNode;
}
