import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Span } from '../../diagnostics/span.ts';
import type { ChartRecommendation } from '../artifacts/chart.ts';
import type { ColumnSchema, TableSchema } from '../table-schema.ts';
import type { AlertInfo, MetricInfo, Topology } from './app.ts';

export interface SqlContext {
  /** Relations the names may mean, beside those of the session. */
  readonly schemas?: Readonly<Record<string, TableSchema>>;
  readonly mode?: 'lenient' | 'strict';
  readonly purpose?: 'query' | 'deploy';
}

export interface SqlCompletion {
  readonly label: string;
  readonly kind: string;
  readonly insertText: string;
  readonly detail?: string;
  readonly documentation?: string;
  readonly sortText?: string;
  readonly replace: Span;
}

export interface SqlSignature {
  readonly label: string;
  readonly parameters: readonly { readonly label: string; readonly documentation?: string }[];
  readonly activeParameter: number;
  readonly documentation?: string;
}

export interface SqlFunctionInfo {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly category: string;
  readonly kind: string;
  readonly summary: string;
  readonly signature: string;
}

/** All that one validation finds out. */
export interface ValidationReport {
  readonly valid: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** Of the last query. */
  readonly outline?: {
    readonly type: string;
    readonly sources: readonly string[];
    readonly sink?: string;
    readonly groupBy: readonly string[];
    readonly window?: { readonly kind: string; readonly text: string };
    readonly emit?: 'changes' | 'final';
  };
  /** Output columns of the last query, where they could be found. */
  readonly columns: readonly ColumnSchema[];
  readonly metrics: readonly MetricInfo[];
  readonly alerts: readonly AlertInfo[];
  readonly chart?: ChartRecommendation;
  /** What the query does, in words. */
  readonly summary?: string;
}

/** The language as a service: the same answers in process and over HTTP. */
export interface SqlService {
  validate(sql: string, context?: SqlContext): Promise<ValidationReport>;
  format(sql: string, options?: { readonly target?: 'studio' | 'velostream' | 'flink' }): Promise<string>;
  explain(sql: string, options?: SqlContext & { readonly stage?: 'ast' | 'bound' | 'logical' | 'optimised' | 'physical' }): Promise<string>;
  complete(sql: string, offset: number, context?: SqlContext): Promise<readonly SqlCompletion[]>;
  hover(sql: string, offset: number, context?: SqlContext): Promise<{ readonly contents: string; readonly span: Span } | null>;
  signature(sql: string, offset: number, context?: SqlContext): Promise<SqlSignature | null>;
  functions(): Promise<readonly SqlFunctionInfo[]>;
  topology(sql: string, context?: SqlContext): Promise<Topology>;
}
