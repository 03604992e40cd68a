import { beforeImageMissing } from '../diagnostics/codes/changing-source.ts';
import type { ChangeMode, PlanNode, QueryPlan } from '../sql/plan/plan.ts';
import type { ReadableRelation } from './relation-source.ts';

type RelationChanges = (relation: string) => { readonly changes: ChangeMode; readonly key: readonly string[] | null } | undefined;

/** What the rows of each connector do: change capture updates and deletes, everything else adds. */
export function changesOfSources(relations: readonly ReadableRelation[]): RelationChanges {
  const changing = new Map(
    relations.flatMap(({ relation, data }) =>
      data.kind === 'connector' && data.changes !== 'append' && relation.kind === 'stream'
        ? [[relation.name, { changes: data.changes, key: relation.key.length > 0 ? relation.key : null }] as const]
        : [],
    ),
  );
  return (name) => changing.get(name);
}

/**
 * A source that tells the new row of an update and not the old one can be projected and written on, or kept as a table; whatever
 * filters, counts or joins its rows would keep the old ones for ever.
 */
export function checkBeforeImages(plan: QueryPlan): void {
  const walk = (node: PlanNode, above: string | null): void => {
    if (node.kind === 'scan') {
      const reader = node.filter === null ? above : 'filter';
      if (node.changes === 'upsert' && reader !== null) throw beforeImageMissing(node.relation, reader);
    } else if (node.kind === 'join' || node.kind === 'temporal-join') {
      walk(node.left, node.kind);
      walk(node.right, node.kind === 'join' ? node.kind : above);
    } else if (node.kind === 'union') for (const input of node.inputs) walk(input, above);
    else if (node.kind === 'project' || node.kind === 'watermark') walk(node.input, above);
    else if (node.kind !== 'values') walk(node.input, node.kind);
  };
  walk(plan.root, null);
}
