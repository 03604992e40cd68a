import type { Properties } from '../../bind/bound.ts';
import type { CatalogRelation } from '../../catalog/catalog.ts';
import type { Report } from '../report.ts';

/** How a statement wants to read a relation. */
export interface TableRequest {
  readonly relation: CatalogRelation;
  /** The column that gives the event time; null: the declared one. */
  readonly time: string | null;
  /** `versions`: every key keeps its versions by event time, for temporal joins. `lookup`: asked row by row. */
  readonly as: 'rows' | 'changes' | 'versions' | 'lookup';
  /** What the statement's WITH says of it. */
  readonly properties?: Properties;
  readonly uri?: string | null;
  /** Bounded disorder that the statement asks for, ms. */
  readonly delayMs?: number | null;
  readonly idleTimeoutMs?: number | null;
}

/** A table of the Flink session. */
export interface UsedTable {
  readonly name: string;
  /** Columns of the relation, by the names that Flink reads them under. */
  readonly columns: readonly { readonly name: string }[];
  /** Name of the time attribute; undefined: it has none. Asking for it makes it. */
  readonly time: () => string | undefined;
  /** Name of the column that is NULL in rows without a time; undefined: every row has one. */
  readonly timeGuard: string | undefined;
  /** Index of the field that shows the event time as TIMESTAMP or INTEGER; null: none does. */
  readonly timeColumn: number | null;
  /** Name of the column of a system column; undefined where the connector has none. Asking for it makes it. */
  readonly system: (name: string) => string | undefined;
  /** Rows change later. */
  readonly updates: boolean;
  /** Whether it can be asked row by row, and whether it ends. */
  readonly isLookup: boolean;
  readonly isBounded: boolean;
}

/** What the connector knows beyond the columns. */
export interface ConnectorTable {
  readonly options: ReadonlyMap<string, string>;
  readonly connector: 'kafka' | 'upsert-kafka' | 'filesystem' | 'jdbc' | 'print';
  /** Times stand as text or numbers in the records. */
  readonly isText: boolean;
  readonly isBounded: boolean;
}

export interface TableContext {
  readonly report: Report;
  readonly secret: (name: string, value: string) => string;
  readonly variable: (value: string) => string;
}
