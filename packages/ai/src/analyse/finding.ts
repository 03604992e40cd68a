import type { Row, TableSchema } from '@velostream/core/protocol';
import type { Suggestion, SuggestionAction, SuggestionTrigger } from '@velostream/core/protocol/assist';
import type { Deployment, MappingProposal } from '@velostream/core/protocol/deploy';
import type { ConsumerInfo, Peek, SourceInfo, SourceSchema, TestReport } from '@velostream/core/protocol/explore';
import { type ColumnRef, columnFacts } from '../offline/column-facts.ts';
import type { SqlParts } from '../offline/sql-parts.ts';

/** Everything a rule may look at; gathered once per moment, plain data. */
export interface AnalysisContext {
  readonly trigger: SuggestionTrigger;
  /** ms since the epoch. */
  readonly now: number;
  readonly sources: readonly SourceInfo[];
  readonly schemas: Readonly<Record<string, TableSchema>>;
  /** Sampled rows by source, at most 1,000 each. */
  readonly samples: Readonly<Record<string, readonly Row[]>>;
  /** The source in hand. */
  readonly source?: { readonly name: string; readonly schema?: SourceSchema; readonly peek?: Peek };
  /** The query in hand. */
  readonly sql?: string;
  readonly parts?: SqlParts;
  readonly report?: TestReport;
  readonly deployments?: readonly Deployment[];
  readonly consumers?: readonly ConsumerInfo[];
  /** Latency and rate of jobs in earlier polls, oldest first. */
  readonly history?: Readonly<Record<string, readonly JobSample[]>>;
  readonly mappings?: readonly MappingProposal[];
  readonly templateId?: string;
  /** Queries that run, with the schemas they were made for. */
  readonly deployed?: {
    readonly queries: readonly { readonly name: string; readonly sql: string }[];
    readonly before: Readonly<Record<string, TableSchema>>;
  };
  readonly sessionStats?: Readonly<Record<string, number>>;
}

export interface JobSample {
  readonly at: number;
  readonly latencyP99Ms?: number;
  readonly lag?: number;
  readonly recordsPerSecond: number;
  readonly groups?: number;
  readonly errors?: number;
  readonly processed?: number;
}

export interface Finding {
  readonly fingerprint: string;
  readonly severity: Suggestion['severity'];
  readonly confidence: number;
  readonly title: string;
  readonly message: string;
  readonly evidence: Suggestion['evidence'];
  readonly impact?: string;
  readonly actions: readonly SuggestionAction[];
}

/** One thing to look for. Pure: the same context gives the same findings. */
export interface Rule {
  readonly id: string;
  readonly triggers: readonly SuggestionTrigger[];
  run(context: AnalysisContext): readonly Finding[];
}

export const prompt = (label: string, text: string): SuggestionAction => ({ kind: 'prompt', label, text });
export const tool = (label: string, name: string, input: Readonly<Record<string, unknown>>): SuggestionAction => ({
  kind: 'run_tool',
  label,
  tool: name,
  input,
});
export const edit = (label: string, sql: string, before?: string): SuggestionAction => ({
  kind: 'edit_sql',
  label,
  sql,
  ...(before === undefined ? {} : { before }),
});

/** Columns of a relation with what their names and types tell. */
export const columnsOf = (context: AnalysisContext, source: string): ColumnRef[] =>
  (context.schemas[source]?.columns ?? []).map((c) => columnFacts(source, c));

export const valuesOf = (context: AnalysisContext, source: string, column: string): unknown[] =>
  (context.samples[source] ?? []).map((row) => row[column]);
export const numbersOf = (context: AnalysisContext, source: string, column: string): number[] =>
  valuesOf(context, source, column).flatMap((v) =>
    typeof v === 'number'
      ? [v]
      : typeof v === 'bigint'
        ? [Number(v)]
        : typeof v === 'string' && v.trim() !== '' && Number.isFinite(Number(v))
          ? [Number(v)]
          : [],
  );
