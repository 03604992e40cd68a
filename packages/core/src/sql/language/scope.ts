import { typeText } from '../../values/type-text.ts';
import { bindScript } from '../bind/bind-script.ts';
import type { Catalog, CatalogRelation } from '../catalog/catalog.ts';
import { assumedRelation, catalogOf, layeredCatalog } from '../catalog/create-catalog.ts';
import { parse } from '../syntax/index.ts';
import { type Block, blocksAround, ctesOf, type SourceText, sourcesOf } from './blocks.ts';
import type { Cursor } from './cursor.ts';

/** A column as editor services show it. */
export interface ColumnInfo {
  readonly name: string;
  /** Type in the dialect's words; `ANY` when it is not known. */
  readonly type: string;
  readonly description?: string;
  readonly tags?: readonly string[];
}

/** A relation that can be named at the cursor. */
export interface SourceInfo {
  readonly alias: string;
  readonly relation?: CatalogRelation;
  readonly columns: readonly ColumnInfo[];
}

export interface LanguageOptions {
  /** What is known of sources; earlier statements of the text add to it. */
  readonly catalog?: Catalog;
}

/** Relations by name at the cursor: of the catalog, of other statements, of WITH. */
export function relationsAt(cursor: Cursor, options: LanguageOptions): Catalog {
  const script = scriptCatalog(cursor, options.catalog);
  const made = new Map<string, CatalogRelation>();
  const catalog = layeredCatalog(script, made);
  const whole: Block = { from: 0, to: cursor.tokens.length };
  for (const block of [whole, ...blocksAround(cursor.tokens, cursor.index).slice(0, -1)]) {
    for (const cte of ctesOf(cursor.tokens, block)) {
      if (cte.query.from <= cursor.index && cursor.index <= cte.query.to) continue;
      made.set(cte.name, queryRelation(cursor, cte.name, cte.query, catalog));
    }
  }
  return catalog;
}

/** The catalog with what the other statements of the text make. */
function scriptCatalog(cursor: Cursor, given: Catalog | undefined): Catalog {
  const base = given ?? catalogOf([]);
  const others = parse(cursor.sql).statements.filter((_, i) => i !== cursor.statement);
  if (
    !others.some((s) => s.kind === 'create' || s.kind === 'job' || s.kind === 'insert' || (s.kind === 'query' && s.query.into.length > 0))
  )
    return base;
  return bindScript(others, { sql: cursor.sql, catalog: given ?? null, mode: 'lenient', compat: 'standard', purpose: 'query' }).catalog;
}

/** The sources of the queries around the cursor, innermost first. */
export function sourcesAt(cursor: Cursor, catalog: Catalog): SourceInfo[][] {
  return blocksAround(cursor.tokens, cursor.index).map((block) =>
    sourcesOf(cursor.tokens, block).map((source) => describeSource(cursor, source, catalog)),
  );
}

function describeSource(cursor: Cursor, source: SourceText, catalog: Catalog): SourceInfo {
  const relation = source.query
    ? queryRelation(cursor, source.alias, source.query, catalog)
    : source.name === undefined
      ? undefined
      : catalog.find(source.name);
  return { alias: source.alias, ...(relation && { relation }), columns: relation ? columnsOf(relation) : [] };
}

export function columnsOf(relation: CatalogRelation): ColumnInfo[] {
  return relation.fields.map((field) => {
    const described = relation.columns.get(field.name);
    return {
      name: field.name,
      type: typeText(field.type),
      ...(described?.description !== undefined && { description: described.description }),
      ...(described?.tags !== undefined && { tags: described.tags }),
    };
  });
}

/** What a query in brackets gives, read by itself. */
function queryRelation(cursor: Cursor, name: string, block: Block, catalog: Catalog): CatalogRelation {
  const first = cursor.tokens[block.from];
  const last = cursor.tokens[block.to - 1];
  const nothing = assumedRelation(name);
  if (!first || !last || block.to <= block.from) return nothing;
  const sql = cursor.sql.slice(first.startOffset, last.endOffset + 1);
  const { statements } = parse(sql);
  const { bound } = bindScript(statements, { sql, catalog, mode: 'lenient', compat: 'standard', purpose: 'query' });
  const [query] = bound;
  return query && 'query' in query ? { ...nothing, fields: query.query.fields, open: false } : nothing;
}
