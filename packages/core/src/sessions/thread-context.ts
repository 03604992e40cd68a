import type { AlertInfo, MetricInfo } from '../protocol/studio/app.ts';
import type { Cell, Connection, ThreadContext } from '../protocol/studio/notebook.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import { outlineScript, type ScriptOutline } from '../sql/bind/outline-script.ts';
import type { SourceRegistry } from './source-registry.ts';

/** What one SQL cell reads and makes. Outlined once per text. */
export interface CellOutline {
  readonly cell: Cell;
  readonly reads: readonly string[];
  readonly makes: readonly string[];
  readonly writes: readonly string[];
}

const outlines = new WeakMap<Cell, CellOutline>();

/** Cells are immutable, so that what was found out about one holds for as long as it lives. */
export function outlineCell(cell: Cell): CellOutline {
  let found = outlines.get(cell);
  if (!found) {
    const script: ScriptOutline | undefined = cell.type === 'sql' && cell.sql ? outlineScript(cell.sql) : undefined;
    const makes = script?.statements.flatMap((s) => (s.makes === undefined ? [] : [s.makes])) ?? [];
    const reads = [...new Set(script?.statements.flatMap((s) => s.reads) ?? [])].filter((name) => !makes.includes(name));
    found = { cell, reads, makes, writes: [...new Set(script?.statements.flatMap((s) => s.writes) ?? [])] };
    outlines.set(cell, found);
  }
  return found;
}

/** Cells so that each stands behind those whose results it reads; cycles keep their place. */
export function inDependencyOrder(cells: readonly Cell[]): readonly CellOutline[] {
  const all = cells.filter((c) => c.type === 'sql' && c.sql).map(outlineCell);
  const makers = new Map(all.flatMap((o) => [...o.makes, ...o.writes].map((name) => [name, o] as const)));
  const done = new Set<CellOutline>();
  const ordered: CellOutline[] = [];
  const visit = (o: CellOutline, trail: ReadonlySet<CellOutline>): void => {
    if (done.has(o) || trail.has(o)) return;
    for (const name of o.reads) {
      const maker = makers.get(name);
      if (maker && maker !== o) visit(maker, new Set([...trail, o]));
    }
    done.add(o);
    ordered.push(o);
  };
  for (const o of all) visit(o, new Set());
  return ordered;
}

/** SQL of the cells that `sql` needs, then `sql`: cells see the streams that other cells make. */
export function withUpstream(sql: string, cells: readonly Cell[]): string {
  const script = outlineScript(sql);
  const own = new Set(script.statements.flatMap((s) => (s.makes === undefined ? [] : [s.makes])));
  const wanted = new Set(script.statements.flatMap((s) => s.reads).filter((name) => !own.has(name)));
  const needed: string[] = [];
  for (const o of inDependencyOrder(cells).toReversed()) {
    if (o.cell.sql === sql || !o.makes.some((name) => wanted.has(name))) continue;
    if (o.makes.some((name) => own.has(name))) continue;
    for (const name of o.reads) wanted.add(name);
    needed.unshift(String(o.cell.sql).trim().replace(/;\s*$/, ''));
  }
  return [...needed, sql].join(';\n\n');
}

export interface ContextParts {
  readonly cells: readonly Cell[];
  readonly registry: SourceRegistry;
  readonly connections: readonly Connection[];
  readonly app?: ThreadContext['app'];
  metricsOf(sql: string): readonly MetricInfo[];
  alertsOf(sql: string): readonly AlertInfo[];
}

/** All that a thread has gathered, computed from its cells and connections; nothing is kept twice. */
export function threadContext({ cells, registry, connections, app, metricsOf, alertsOf }: ContextParts): ThreadContext {
  const ordered = inDependencyOrder(cells);
  const made = new Set(ordered.flatMap((o) => [...o.makes, ...o.writes]));
  const reads = [...new Set(ordered.flatMap((o) => o.reads))].filter((name) => !made.has(name));
  const schemas: Record<string, TableSchema> = {};
  for (const b of registry.all()) if (b.schema) schemas[b.name] = b.schema;
  const last = connections.at(-1);
  return {
    sources: Object.fromEntries(reads.map((name) => [name, registry.find(name)?.info.uri ?? name])),
    sinks: Object.fromEntries(ordered.flatMap((o) => [...o.makes, ...o.writes].map((name) => [name, o.cell.id]))),
    metrics: ordered.flatMap((o) => metricsOf(o.cell.sql as string)),
    alerts: ordered.flatMap((o) => alertsOf(o.cell.sql as string)),
    schemas,
    connections: Object.fromEntries(connections.map((c) => [c.alias ?? c.uri, c])),
    ...(last ? { connection: last } : {}),
    dependencies: ordered.map((o) => o.cell.id),
    ...(app ? { app } : {}),
  };
}
