import type { BuiltQuery, Identity } from '../build/built-row.ts';
import type { PlanOptions } from '../build/context.ts';
import type { DerivedTable, PlanNode, QueryPlan } from '../plan.ts';
import { assignChanges } from './assign-changes.ts';
import { fingerprint } from './fingerprint.ts';
import { metaOf, withScanMeta } from './meta-needs.ts';
import { tablesOf } from './tables-of.ts';
import { settleWatermarks, type TimeNeed } from './time-needs.ts';

/** The last stage: from an (optimised) logical plan to one that runs. */
export function toPhysical(built: BuiltQuery, options: PlanOptions = {}, derived: readonly DerivedTable[] = []): QueryPlan {
  const wanted = built.identity.kind === 'key' ? (options.rootChanges ?? 'upsert') : 'retract';
  const settled = settleWatermarks(assignChanges(built.node, wanted), outputNeed(options));
  const meta = metaOf(settled, options.outputMeta);
  const root = withScanMeta(settled, meta);
  const plan = {
    root,
    visible: built.visible,
    key: keyOf(root, built.identity),
    window: built.window,
    messageKey: built.messageKey,
    meta,
    tables: tablesOf(root),
    derived,
  };
  return { ...plan, fingerprint: fingerprint(plan) };
}

/** What is known of the readers of the output. */
export const outputNeed = (options: PlanOptions): TimeNeed =>
  options.consumed === undefined ? 'watermark' : options.consumed ? 'per-row' : 'none';

/** Rows that only append need no key; rows without one are told apart by all their columns. */
function keyOf(root: PlanNode, identity: Identity): readonly number[] | null {
  if (root.changes === 'append') return null;
  return identity.kind === 'key' ? identity.columns : root.fields.map((_, i) => i);
}
