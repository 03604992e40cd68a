import type { BoundQuery } from '../bind/bound.ts';
import type { SystemColumn } from '../bind/expression.ts';
import type { PlanOptions } from './build/context.ts';
import type { ChangeMode, PlanNode } from './plan.ts';
import { type Planned, planQuery } from './plan-query.ts';
import { inputsOf } from './tree/plan-tree.ts';

/** One query of a script and the name under which others read its rows; null: nobody can. */
export interface ScriptQuery {
  readonly query: BoundQuery;
  readonly name: string | null;
  /** CREATE TABLE: readers get its changes. Readers of a stream get its inserted and updated rows as plain rows. */
  readonly isTable: boolean;
}

/** What the readers of one name need. */
interface Readers {
  readonly meta: Set<SystemColumn>;
}

type ScriptOptions = Pick<PlanOptions, 'isBounded' | 'maxFutureMs' | 'relationChanges'>;

/**
 * Plans the queries of a script, given so that each stands behind those it reads. A query carries what its readers want
 * (watermarks row by row, headers, retractions), so readers are looked at first, and planned for good last.
 */
export function planScript(queries: readonly ScriptQuery[], options: ScriptOptions = {}): readonly Planned[] {
  const readers = new Map<string, Readers>();
  for (const { query, name } of queries.toReversed()) {
    const { plan } = planQuery(query, { ...options, outputMeta: metaFor(readers, name) });
    for (const { plan: each } of [...(plan?.derived ?? []), ...(plan === null ? [] : [{ plan }])]) note(each.root, readers);
  }
  const changing = new Map<string, { readonly changes: ChangeMode; readonly key: readonly string[] | null }>();
  return queries.map(({ query, name, isTable }) => {
    const isRead = name !== null && readers.has(name);
    const planned = planQuery(query, {
      ...options,
      consumed: isRead,
      outputMeta: metaFor(readers, name),
      relationChanges: (relation) => changing.get(relation) ?? options.relationChanges?.(relation),
      ...(isTable && isRead ? { rootChanges: 'retract' as const } : {}),
    });
    if (isTable && name !== null && planned.plan !== null && planned.plan.root.changes !== 'append')
      changing.set(name, outputOf(planned.plan));
    return planned;
  });
}

const metaFor = (readers: ReadonlyMap<string, Readers>, name: string | null): readonly SystemColumn[] =>
  name === null ? [] : [...(readers.get(name)?.meta ?? [])];

function note(node: PlanNode, readers: Map<string, Readers>): void {
  if (node.kind === 'scan') {
    const known = readers.get(node.relation) ?? { meta: new Set() };
    for (const column of node.system) known.meta.add(column);
    readers.set(node.relation, known);
  }
  for (const input of inputsOf(node)) note(input, readers);
}

/** Only visible columns can be read, so only they can be a key to readers. */
function outputOf(plan: NonNullable<Planned['plan']>): { readonly changes: ChangeMode; readonly key: readonly string[] | null } {
  const { key, visible, root } = plan;
  if (key === null || key.length === root.fields.length || key.some((index) => index >= visible)) return { changes: 'retract', key: null };
  return { changes: 'retract', key: key.map((index) => root.fields[index]?.name ?? '') };
}
