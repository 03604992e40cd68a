import type { Span } from '../../diagnostics/span.ts';
import type { Catalog } from '../catalog/catalog.ts';

/** `same`: equal results. `different`: runs, with the differences that `reasons` state. `refused`: not on Flink; `reasons` say why. */
export type FlinkVerdict = 'same' | 'different' | 'refused';

/** One statement of Flink SQL, without a semicolon. A refused one has no text. */
export interface FlinkStatement {
  readonly kind: 'set' | 'table' | 'view' | 'insert' | 'select';
  readonly sql: string;
  /** The statement of the user's SQL that it comes from. */
  readonly origin: Span;
  readonly verdict: FlinkVerdict;
  /** Full sentences. */
  readonly reasons: readonly string[];
  /** Of a view or a SELECT: the columns of ours that it gives, in order. */
  readonly columns?: readonly string[];
  /** Of a view: the name of ours that it stands for. */
  readonly name?: string;
}

/** A script for a SQL Gateway session: its statements in the order in which they are to be submitted. */
export interface FlinkScript {
  readonly statements: readonly FlinkStatement[];
  /** The worst of its statements. */
  readonly verdict: FlinkVerdict;
  /**
   * Values of the placeholders `{{secret:…}}` that stand in `sql` within string literals: who submits a statement fills them in with
   * `fillSecrets`, and never logs what comes out. A Map, so that printing a script as JSON shows none of them.
   */
  readonly secrets: ReadonlyMap<string, string>;
}

export interface FlinkOptions {
  /** Relations that the script may read beside those that it declares. */
  readonly catalog?: Catalog;
  /** `WITH` properties of relations that the SQL gives none for, by name and without prefix: `{ trades: { type: 'kafka_source', topic: 'trades' } }`. */
  readonly connections?: Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;
  /** Values of `${NAME}` in the SQL. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** `batch` for bounded inputs: one result at their end, as `EMIT FINAL`. Default: `streaming`. */
  readonly mode?: 'streaming' | 'batch';
  /** Names of tables and views in the Flink session start with it. Default: nothing. */
  readonly prefix?: string;
}

const PLACEHOLDER = /\{\{secret:[\w.-]+\}\}/g;

/** The text that is submitted: placeholders replaced by their values, quoted for the literal they stand in. */
export function fillSecrets(sql: string, secrets: ReadonlyMap<string, string>): string {
  return sql.replace(PLACEHOLDER, (name) => (secrets.get(name) ?? name).replaceAll("'", "''"));
}
