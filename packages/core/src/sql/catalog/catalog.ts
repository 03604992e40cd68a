import type { Field } from '../../values/column.ts';
import type { ColumnSchema } from './schema.ts';

/** Relations by name (case-sensitive), as binder and editor services see them. */
export interface Catalog {
  find(name: string): CatalogRelation | undefined;
  names(): readonly string[];
}

export interface CatalogRelation {
  readonly name: string;
  /** A table is materialised: joins look it up, sub-queries read it. */
  readonly kind: 'stream' | 'table';
  readonly fields: readonly Field[];
  /** Columns beyond `fields` may exist (no declared schema): an unknown column is of type `any` and NULL where missing. */
  readonly open: boolean;
  /** Event-time column, or null. */
  readonly eventTime: string | null;
  /** Bounded out-of-orderness, ms. */
  readonly watermarkDelayMs: number;
  readonly key: readonly string[];
  readonly description: string | null;
  /** Descriptions, tags and known values by column name. */
  readonly columns: ReadonlyMap<string, ColumnSchema>;
  /**
   * `statement`: the output of an earlier statement of the same script. `assumed`: nothing is known of it (no catalog
   * was given, or the statement's WITH configures it), so it may be a stream or a table with any columns.
   */
  readonly origin: 'declared' | 'statement' | 'assumed';
}
