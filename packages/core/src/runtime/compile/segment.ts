import type { Expr } from '../../sql/bind/expression.ts';
import type { Column } from '../../values/column.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { SqlType } from '../../values/types.ts';

/** One row-wise step: filters and projections run fused, row by row. */
export type Stage =
  | { readonly kind: 'filter'; readonly predicate: Expr }
  | { readonly kind: 'project'; readonly items: readonly Expr[]; readonly eventTime: Expr | null };

/** Where an output column comes from: an input column as it is, or computed per row. */
export type SegmentOutput = { readonly kind: 'column'; readonly index: number } | { readonly kind: 'computed'; readonly type: SqlType };

/** A chain of row-wise steps over rows of `inputs` columns. */
export interface Segment {
  readonly inputs: readonly SqlType[];
  readonly stages: readonly Stage[];
  readonly outputs: readonly SegmentOutput[];
  /** Some projection sets the event time. */
  readonly setsEventTime: boolean;
}

/** What a segment makes of rows `from` to `to`. Its columns are the caller's to keep; the selection is good until the next call. */
export interface SegmentResult {
  readonly count: number;
  /** First row that is not covered: `to`, unless the loop had to stop. */
  readonly next: number;
  /** Input row of each output row. */
  readonly selection: Int32Array;
  /** One per computed output, in order. */
  readonly computed: readonly Column[];
  readonly eventTimes: Float64Array | null;
  /** Headers of rows for which SET_HEADER was called; null: of none. */
  readonly headers: (ReadonlyMap<string, string> | null)[] | null;
}

/** Reports a row that failed in a stage, and counts rows that a filter stage dropped. */
export interface SegmentObserver {
  failed(batch: RecordBatch, row: number, stage: number, error: unknown): void;
  /** Rows dropped, by stage. */
  readonly dropped: Float64Array;
}

export type SegmentKernel = (batch: RecordBatch, from: number, to: number, observer: SegmentObserver) => SegmentResult;

/** Finds out which outputs are input columns passed through. */
export function segmentOf(inputs: readonly SqlType[], stages: readonly Stage[]): Segment {
  let outputs: SegmentOutput[] = inputs.map((_, index) => ({ kind: 'column', index }));
  for (const stage of stages) {
    if (stage.kind !== 'project') continue;
    const before = outputs;
    outputs = stage.items.map((item) => (item.kind === 'column' ? before[item.index]! : { kind: 'computed', type: item.type }));
  }
  return { inputs, stages, outputs, setsEventTime: stages.some((s) => s.kind === 'project' && s.eventTime !== null) };
}
