import type { ArtifactData } from '@velostream/core/protocol';
import { columnsReadBy } from './columns-read.ts';
import { nameLikeness } from './name-likeness.ts';

export type SchemaImpact = NonNullable<ArtifactData['schema-viewer']['diff']>[number];

export interface SchemaSnapshot {
  readonly [source: string]: { readonly columns: readonly { readonly name: string; readonly type: string }[] };
}

export interface DeployedQuery {
  readonly name: string;
  readonly sql: string;
}

const base = (type: string): string => (/^[A-Za-z_]+/.exec(type.trim())?.[0] ?? '').toUpperCase();
const WIDER: Readonly<Record<string, readonly string[]>> = {
  INTEGER: ['FLOAT', 'DECIMAL', 'DOUBLE', 'BIGINT'],
  INT: ['BIGINT', 'INTEGER', 'FLOAT', 'DECIMAL'],
  FLOAT: ['DOUBLE', 'DECIMAL'],
  DECIMAL: ['FLOAT'],
  DATE: ['TIMESTAMP'],
};
const isCompatible = (from: string, to: string): boolean => base(from) === base(to) || (WIDER[base(from)]?.includes(base(to)) ?? false);

/** How sources changed, and which queries each change reaches: the ones that read the field, with the columns made from it. */
export function diffSchemas(before: SchemaSnapshot, after: SchemaSnapshot, queries: readonly DeployedQuery[]): SchemaImpact[] {
  const out: SchemaImpact[] = [];
  for (const [source, now] of Object.entries(after)) {
    const old = before[source];
    if (!old) continue;
    const oldByName = new Map(old.columns.map((c) => [c.name, c]));
    const newByName = new Map(now.columns.map((c) => [c.name, c]));
    const added = now.columns.filter((c) => !oldByName.has(c.name));
    const removed = old.columns.filter((c) => !newByName.has(c.name));
    const renamed = new Map<string, string>();
    for (const gone of removed) {
      const best = added
        .map((c) => ({ c, score: 0.6 * nameLikeness(gone.name, c.name) + 0.4 * (isCompatible(gone.type, c.type) ? 1 : 0) }))
        .toSorted((a, b) => b.score - a.score)[0];
      if (best && best.score >= 0.7 && ![...renamed.values()].includes(best.c.name)) renamed.set(gone.name, best.c.name);
    }
    for (const gone of removed) {
      const impact = reached(source, gone.name, queries);
      const to = renamed.get(gone.name);
      out.push(
        to === undefined
          ? {
              source,
              change: 'field_removed',
              field: gone.name,
              oldType: gone.type,
              impact,
              severity: impact.length > 0 ? 'high' : 'low',
              ...(impact.length > 0
                ? { suggestion: `take ${gone.name} out of ${impact.length === 1 ? impact[0] : 'the queries that read it'}` }
                : {}),
            }
          : {
              source,
              change: 'field_renamed',
              field: gone.name,
              oldType: gone.type,
              newType: newByName.get(to)?.type ?? '',
              impact,
              severity: impact.length > 0 ? 'high' : 'low',
              suggestion: `use ${to} for ${gone.name}`,
            },
      );
    }
    for (const field of added)
      if (![...renamed.values()].includes(field.name))
        out.push({ source, change: 'field_added', field: field.name, newType: field.type, impact: [], severity: 'info' });
    for (const field of now.columns) {
      const was = oldByName.get(field.name);
      if (!was || base(was.type) === base(field.type)) continue;
      const impact = reached(source, field.name, queries);
      const breaks = !isCompatible(was.type, field.type);
      out.push({
        source,
        change: 'type_changed',
        field: field.name,
        oldType: was.type,
        newType: field.type,
        impact,
        severity: breaks && impact.length > 0 ? 'high' : breaks ? 'medium' : 'info',
        ...(breaks ? { suggestion: `CAST(${field.name} AS ${was.type})` } : {}),
      });
    }
  }
  return out;
}

const reached = (source: string, field: string, queries: readonly DeployedQuery[]): string[] =>
  queries.filter((q) => columnsReadBy(q.sql, source).has(field)).map((q) => q.name);
