import type { Span } from '../../diagnostics/span.ts';
import type { Expression } from '../ast/index.ts';

/** Condition of an annotation: its text, where that stands, and its tree over the output columns. */
export interface AnnotationCondition {
  readonly text: string;
  readonly span: Span;
  readonly expression: Expression;
}

/** `@metric` with its `@metric_*` lines. */
export interface MetricAnnotation {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help?: string;
  /** Output columns, dotted for nested values. */
  readonly labels: readonly string[];
  /** Output column to measure; absent: to be inferred for gauges and histograms, counting for counters. */
  readonly field?: string;
  readonly condition?: AnnotationCondition;
  /** 0 to 1. */
  readonly sampleRate: number;
  /** Upper bounds, ascending; absent: the default set. */
  readonly buckets?: readonly number[];
  /** 0-based index of the statement it belongs to; -1 when no statement follows. */
  readonly statement: number;
  readonly span: Span;
}

/** `@alert` with its `@alert_*` lines. */
export interface AlertAnnotation {
  readonly name?: string;
  readonly condition: AnnotationCondition;
  readonly severity: 'critical' | 'warning' | 'info';
  /** How long the condition has to hold, ms. */
  readonly forMs: number;
  /** E.g. `slack:#ops`. */
  readonly channel?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly message?: string;
  readonly statement: number;
  readonly span: Span;
}

/** `@viz` with its `@viz_*` lines. */
export interface VizHint {
  /** As written, lower case: line, bar, gauge, table, … */
  readonly type: string;
  readonly title?: string;
  readonly xAxis?: string;
  readonly yAxis?: string;
  readonly statement: number;
  readonly span: Span;
}

/** What the comments of a text say about metrics, alerts and charts. */
export interface SqlAnnotations {
  readonly metrics: readonly MetricAnnotation[];
  readonly alerts: readonly AlertAnnotation[];
  readonly vizHints: readonly VizHint[];
}

/** One statement of a file: identity, name and what the comments before it say. */
export interface StatementInfo {
  /** `stmt_<n>`, n counting from 0. */
  readonly id: string;
  /** From `@name`, `@job_name` or `-- Name:`, else the name of the relation or job it makes. */
  readonly name?: string;
  /** Relations it reads, sorted, each once; URIs as written. */
  readonly dependencies: readonly string[];
  /** From `-- Property: k=v`. */
  readonly properties: Readonly<Record<string, string>>;
  /** Job annotations (`@job_mode`, `@batch_size`, …) with the defaults of the file filled in. */
  readonly job: Readonly<Record<string, string>>;
}

/** What the comments of a file say about the application as a whole (§2.9, §9.1). */
export interface ApplicationHeader {
  readonly name?: string;
  readonly version: string;
  readonly description?: string;
  readonly author?: string;
  readonly dependencies: readonly string[];
  /** From `-- Tag: key:value`. */
  readonly tags: Readonly<Record<string, string>>;
  /** Further file annotations as written (`phase`, `deployment.region`, `observability.metrics.enabled`, …). */
  readonly annotations: Readonly<Record<string, string>>;
}
