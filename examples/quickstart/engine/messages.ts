import type { QueryMetrics, Silence } from '@velostream/core/engine';
import type { Diagnostic, TableSchema } from '@velostream/core/sql';

/** One column offered to the reader of the source list. */
export interface SourceInfo {
  readonly name: string;
  readonly schema: TableSchema;
  /** How much there is of it, e.g. `live · 200 rows/s`. */
  readonly extent: string;
  readonly about: string;
}

export type ExplainStage = 'ast' | 'bound' | 'logical' | 'optimised' | 'physical';

export interface Suggestion {
  readonly label: string;
  readonly kind: string;
  readonly detail: string;
  readonly insert: string;
  readonly start: number;
  readonly end: number;
}

/** Questions about text: answered once, in any order. */
export interface Language {
  sources(): readonly SourceInfo[];
  validate(sql: string): readonly Diagnostic[];
  format(sql: string): string;
  explain(sql: string, stage: ExplainStage): string;
  complete(sql: string, offset: number): readonly Suggestion[];
}

/** What happened to a query, as data: errors do not travel between threads whole. */
export interface Failure {
  readonly message: string;
  readonly code?: string;
  readonly hint?: string;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Telemetry {
  readonly metrics: QueryMetrics;
  readonly silence: Silence;
  /** Newest event time of the live stream; the watermark lags behind it. */
  readonly newestTime: number | null;
}

export type DataRow = Readonly<Record<string, unknown>>;

export type ToEngine =
  | { readonly kind: 'ask'; readonly id: number; readonly method: keyof Language; readonly args: readonly unknown[] }
  | { readonly kind: 'run'; readonly run: number; readonly sql: string }
  | { readonly kind: 'pause' | 'resume' | 'cancel'; readonly run: number }
  /** The page has taken so many rows: only then come more. */
  | { readonly kind: 'taken'; readonly run: number; readonly rows: number };

export type FromEngine =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly failure: Failure }
  | { readonly kind: 'ready'; readonly run: number; readonly schema: TableSchema }
  | { readonly kind: 'rows'; readonly run: number; readonly rows: readonly DataRow[] }
  | { readonly kind: 'telemetry'; readonly run: number; readonly telemetry: Telemetry }
  | { readonly kind: 'end'; readonly run: number; readonly failure: Failure | null };
