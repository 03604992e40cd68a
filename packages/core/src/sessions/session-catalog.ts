import type { TableSchema } from '../protocol/table-schema.ts';
import { outlineScript } from '../sql/bind/outline-script.ts';
import type { Catalog } from '../sql/catalog/catalog.ts';
import { assumedRelation, catalogOf, catalogRelation } from '../sql/catalog/create-catalog.ts';

/** Known relations, and an open stand-in for every other name that `sql` reads: an unknown source is a warning of the studio, not an error of the language. */
export function sessionCatalog(schemas: Readonly<Record<string, TableSchema>>, sql: string): Catalog {
  const known = Object.entries(schemas).map(([name, schema]) => catalogRelation(name, schema));
  return catalogOf([...unknownReads(schemas, sql).map((name) => assumedRelation(name)), ...known]);
}

/** Names that `sql` reads and nothing explains: neither a schema, nor another statement, nor a URI. */
export function unknownReads(schemas: Readonly<Record<string, TableSchema>>, sql: string): readonly string[] {
  const { statements } = outlineScript(sql);
  const made = new Set(statements.flatMap((s) => [s.makes, ...s.writes, ...(s.kind === 'declare' ? [s.name] : [])]));
  const reads = new Set(statements.flatMap((s) => s.reads));
  return [...reads].filter((name) => !Object.hasOwn(schemas, name) && !made.has(name) && !name.includes('://'));
}
