import type { Expr } from '../../sql/bind/expression.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { OperatorMetrics } from '../operator.ts';
import type { FusedOperator } from '../operators/filter-project.ts';

/** Rows that go the long way at a time, when the short one could not take the first of them. */
export const SLOW_ROWS = 16;

/**
 * A filter directly beneath an aggregation: generated loops test its predicate in passing, so that no rows are chosen and copied first.
 * Rows that a loop cannot take go through the filter as an operator, with the same counters.
 */
export class WhereRows {
  readonly predicate: Expr;
  private readonly filter: FusedOperator;

  constructor(filter: FusedOperator, predicate: Expr) {
    this.filter = filter;
    this.predicate = predicate;
  }

  get metrics(): OperatorMetrics {
    return this.filter.metrics;
  }

  /** Most rows so far were left out: what costs much per row is then done after the filter, not beside it. */
  get dropsMost(): boolean {
    const { rowsIn, rowsFiltered } = this.filter.metrics;
    return rowsFiltered * 2 > rowsIn;
  }

  /** A loop has tested `rows`, and left out `dropped` of them. */
  tested(rows: number, dropped: number): void {
    const { metrics } = this.filter;
    metrics.rowsIn += rows;
    metrics.rowsFiltered += dropped;
    metrics.rowsOut += rows - dropped;
  }

  /** Rows `from` to `to` through the filter by itself. */
  pass(batch: RecordBatch, from: number, to: number, take: (batch: RecordBatch) => void): void {
    this.filter.process(0, batch, from, to, { batch: take, watermark: () => undefined });
  }
}
