import { BINDING_CODES } from '../../diagnostics/codes/binding.ts';
import { VeloError } from '../../diagnostics/velo-error.ts';
import type { Field } from '../../values/column.ts';
import { parseTypeText } from '../../values/type-text.ts';
import { INSTANT_MS, type SqlType } from '../../values/types.ts';
import type { Catalog, CatalogRelation } from './catalog.ts';
import type { ColumnSchema, TableSchema } from './schema.ts';

/**
 * A catalog of relations described by hand.
 *
 * @param tables - Schemas by name. Names are case-sensitive; any name is data, also `__proto__`.
 * @throws {VeloError} `unknown-type` when a column's type text is none of the dialect.
 * @example createCatalog({ trades: { columns: [{ name: 'price', type: 'DECIMAL(18,4)' }], eventTime: 'ts' } })
 */
export function createCatalog(tables: Readonly<Record<string, TableSchema>>): Catalog {
  return catalogOf(Object.entries(tables).map(([name, schema]) => catalogRelation(name, schema)));
}

/** A catalog of relations that are already known; later ones replace earlier ones of the same name. */
export function catalogOf(relations: Iterable<CatalogRelation>): Catalog {
  const byName = new Map<string, CatalogRelation>();
  for (const relation of relations) byName.set(relation.name, relation);
  return { find: (name) => byName.get(name), names: () => [...byName.keys()] };
}

/** `over` in front of `base`: names of `over` hide those beneath. `over` may still grow. */
export function layeredCatalog(base: Catalog, over: ReadonlyMap<string, CatalogRelation>): Catalog {
  return {
    find: (name) => over.get(name) ?? base.find(name),
    names: () => [...new Set([...base.names(), ...over.keys()])],
  };
}

export interface RelationOptions {
  /** Bounded out-of-orderness, ms; 0 by default. */
  readonly watermarkDelayMs?: number;
  /** Columns beyond the described ones may exist; false by default. */
  readonly open?: boolean;
}

/**
 * One relation as binder and editor services see it.
 *
 * @throws {VeloError} `unknown-type` when a column's type text is none of the dialect.
 */
export function catalogRelation(name: string, schema: TableSchema, options: RelationOptions = {}): CatalogRelation {
  return {
    name,
    kind: schema.kind ?? 'stream',
    fields: schema.columns.map((column) => fieldOf(name, column)),
    open: options.open ?? false,
    eventTime: schema.eventTime ?? null,
    watermarkDelayMs: options.watermarkDelayMs ?? 0,
    key: schema.key ?? [],
    description: schema.description ?? null,
    columns: new Map(schema.columns.map((column) => [column.name, column])),
    origin: 'declared',
  };
}

function fieldOf(relation: string, column: ColumnSchema): Field {
  return { name: column.name, type: typeOf(relation, column), nullable: column.nullable ?? true };
}

function typeOf(relation: string, column: ColumnSchema): SqlType {
  const type = parseTypeText(column.type);
  if (type?.kind === 'integer' && column.format === 'epoch-ms') return INSTANT_MS;
  if (type !== undefined) return type;
  const { reason, message, hint } = BINDING_CODES.VS2020;
  const params = { name: column.type, nearest: undefined };
  throw new VeloError({
    code: 'VS2020',
    reason,
    message: `${message(params)} (column "${column.name}" of "${relation}")`,
    hint: hint?.(params),
  });
}

/** What stands for a relation of which nothing is known: any column may exist. */
export function assumedRelation(name: string, kind: 'stream' | 'table' = 'stream'): CatalogRelation {
  return {
    name,
    kind,
    fields: [],
    open: true,
    eventTime: null,
    watermarkDelayMs: 0,
    key: [],
    description: null,
    columns: new Map(),
    origin: 'assumed',
  };
}
