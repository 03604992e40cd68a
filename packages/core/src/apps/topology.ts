import type { ColumnLineage, Topology, TopologyEdge, TopologyNode } from '../protocol/studio/app.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import { parse } from '../sql/syntax/index.ts';
import { type AppStatement, type BoundApp, bindApp } from './bind-app.ts';
import { originsOf } from './lineage.ts';
import { verbOf } from './query-traits.ts';
import { relationLabel } from './relation-label.ts';

/** Graph of a script: what each statement reads and writes, and which column is computed from which. */
export function topologyOf(sql: string, schemas: Readonly<Record<string, TableSchema>> = {}): Topology {
  const { info, statements } = parse(sql);
  const names = new Map(info.map((each, i) => [i, each.name ?? `query ${i + 1}`]));
  const bound = bindApp([{ name: 'script', sql }], schemas);
  const single = statements.filter((s) => s.kind === 'query' || (s.kind === 'create' && s.query !== undefined)).length === 1;
  return graphOf(bound, (s) => (single ? (names.get(s.index) ?? 'query') : (names.get(s.index) ?? `query ${s.index + 1}`)));
}

/** Graph of a bound application. A relation that one query writes and another reads is one node. */
export function graphOf(app: BoundApp, labelOf: (statement: AppStatement) => string): Topology {
  const statements = app.queries.flatMap((query) => query.statements);
  const written = new Set(statements.flatMap((s) => s.outputs.map(relationLabel)));
  const nodes = new Map<string, TopologyNode>();
  const edges: TopologyEdge[] = [];
  const lineage: ColumnLineage[] = [];
  const columnsOf = new Map<string, Set<string>>();
  const note = (relation: string, column: string): void => {
    const known = columnsOf.get(relation) ?? new Set();
    columnsOf.set(relation, known.add(column));
  };
  const relationNode = (name: string): string => {
    const id = relationLabel(name);
    if (!nodes.has(id)) nodes.set(id, { id, type: written.has(id) ? 'sink' : 'source', label: id });
    return id;
  };
  for (const statement of statements) {
    for (const name of statement.reads) relationNode(name);
    const id = nodeId(statement, statements);
    const query = statement.bound?.query;
    const columns = query?.fields.map((field) => field.name);
    nodes.set(id, {
      id,
      type: 'transform',
      label: labelOf(statement),
      ...(query === undefined ? {} : { verb: verbOf(query) }),
      queryId: statement.queryId,
      ...(columns === undefined ? {} : { columns }),
    });
    for (const name of statement.reads) edges.push({ from: relationLabel(name), to: id });
    for (const output of statement.outputs) {
      const target = relationNode(output);
      edges.push({ from: id, to: target });
      for (const column of columns ?? []) note(target, column);
      if (query === undefined) continue;
      for (const [i, origins] of originsOf(query).entries()) {
        for (const origin of origins.values()) {
          note(relationLabel(origin.relation), origin.column);
          lineage.push({ from: `${relationLabel(origin.relation)}.${origin.column}`, to: `${target}.${query.fields[i]?.name ?? ''}` });
        }
      }
    }
  }
  const finished = [...nodes.values()].map((node): TopologyNode => {
    if (node.type === 'transform') return node;
    const columns = [...(columnsOf.get(node.id) ?? [])];
    return columns.length === 0 ? node : { ...node, columns };
  });
  return { nodes: finished, edges, lineage };
}

/** A query is one node; further statements of its text are nodes of their own. */
function nodeId(statement: AppStatement, all: readonly AppStatement[]): string {
  const siblings = all.filter((s) => s.queryId === statement.queryId);
  return siblings.length === 1 || statement.isMain ? `query:${statement.queryId}` : `query:${statement.queryId}.${statement.index}`;
}
