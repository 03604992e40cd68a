import type { Diagnostic, TableSchema } from '@velostream/core/protocol';
import { createCatalog, validate } from '@velostream/core/sql';

const catalogs = new WeakMap<object, ReturnType<typeof createCatalog>>();

export function catalogOf(schemas: Readonly<Record<string, TableSchema>>): ReturnType<typeof createCatalog> {
  const known = catalogs.get(schemas);
  if (known) return known;
  const made = createCatalog(schemas as Record<string, TableSchema>);
  catalogs.set(schemas, made);
  return made;
}

export const errorsOf = (sql: string, schemas: Readonly<Record<string, TableSchema>>): { errors: Diagnostic[]; all: Diagnostic[] } => {
  const all = validate(sql, { catalog: catalogOf(schemas) });
  return { errors: all.filter((d) => d.severity === 'error'), all };
};
