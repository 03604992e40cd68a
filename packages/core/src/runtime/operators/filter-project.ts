import type { FilterNode, ProjectNode } from '../../sql/plan/plan.ts';
import { sliceBatch, takeMeta } from '../../values/batch-gather.ts';
import { sliceColumn, takeColumn } from '../../values/column-gather.ts';
import { type BatchMeta, Op, type RecordBatch } from '../../values/record-batch.ts';
import type { CompileEnv } from '../compile/compile-expression.ts';
import { compileSegment } from '../compile/compile-segment.ts';
import { type Segment, type SegmentKernel, type SegmentObserver, type SegmentResult, segmentOf } from '../compile/segment.ts';
import { newMetrics, type Operator, type OperatorMetrics, type Output, type RuntimeContext } from '../operator.ts';
import { reportRow } from '../rows/record-failure.ts';

type RowNode = FilterNode | ProjectNode;

/** One plan node of the chain as EXPLAIN and the metrics show it. */
export interface FusedPart {
  readonly kind: 'Filter' | 'Project';
  readonly metrics: OperatorMetrics;
}

/** A chain of filters and projections that runs as one loop over the rows. No state. */
export interface FusedOperator extends Operator {
  /** Beneath first. */
  readonly parts: readonly FusedPart[];
  /** What becomes of the rows of a batch; `rows` says which they were. Mostly one piece. */
  pieces(batch: RecordBatch, from: number, to: number): Iterable<FusedPiece>;
}

export interface FusedPiece {
  readonly batch: RecordBatch;
  /** Row of the batch that each row was; null: all of them, in order. */
  readonly rows: Int32Array | null;
}

/** `nodes`: the chain, beneath first. */
export function makeFilterProject(nodes: readonly RowNode[], context: RuntimeContext, env: CompileEnv): FusedOperator {
  return new FilterProject(nodes, context, env);
}

class FilterProject implements FusedOperator {
  readonly kind: string;
  readonly metrics: OperatorMetrics;
  readonly parts: readonly FusedPart[];
  private readonly segment: Segment;
  private readonly kernel: SegmentKernel;
  private readonly observer: SegmentObserver;
  /** Only columns are chosen: no row needs to be looked at. */
  private readonly isChoice: boolean;

  constructor(nodes: readonly RowNode[], context: RuntimeContext, env: CompileEnv) {
    const [first] = nodes as readonly [RowNode];
    this.parts = nodes.map((node) => ({ kind: node.kind === 'filter' ? 'Filter' : 'Project', metrics: newMetrics() }));
    const top = this.parts[this.parts.length - 1]!;
    this.kind = top.kind;
    this.metrics = top.metrics;
    const inputs = first.input.fields;
    this.segment = segmentOf(
      inputs.map((field) => field.type),
      nodes.map((node) =>
        node.kind === 'filter'
          ? { kind: 'filter', predicate: node.predicate }
          : { kind: 'project', items: node.items, eventTime: node.eventTime },
      ),
    );
    this.kernel = compileSegment(this.segment, env);
    this.isChoice = nodes.every(
      (node) => node.kind === 'project' && node.eventTime === null && node.items.every((e) => e.kind === 'column'),
    );
    const { parts } = this;
    this.observer = {
      dropped: new Float64Array(nodes.length),
      failed: (batch, row, stage, error) => reportRow(parts[stage]!, context, inputs, { batch, row }, error),
    };
  }

  process(_port: number, batch: RecordBatch, from: number, to: number, out: Output): void {
    for (const piece of this.pieces(batch, from, to)) out.batch(piece.batch);
  }

  *pieces(batch: RecordBatch, from: number, to: number): Generator<FusedPiece> {
    if (this.isChoice) {
      if (to > from) yield { batch: this.chosen(batch, from, to), rows: null };
      return;
    }
    for (let at = from; at < to; ) {
      const errorsBefore = this.parts.map((part) => part.metrics.rowErrors);
      this.observer.dropped.fill(0);
      const result = this.kernel(batch, at, to, this.observer);
      this.count(result.next - at, errorsBefore);
      if (result.count > 0) yield { batch: this.outputOf(batch, at, result.next, result), rows: result.selection };
      at = result.next;
    }
  }

  watermark(_port: number, time: number, out: Output): void {
    for (const part of this.parts) part.metrics.watermark = time;
    out.watermark(time);
  }

  end(): void {
    // Nothing is held back.
  }

  snapshot(): void {
    // No state.
  }

  restore(): void {
    // No state.
  }

  private count(rows: number, errorsBefore: readonly number[]): void {
    let left = rows;
    this.parts.forEach(({ metrics }, s) => {
      const dropped = this.observer.dropped[s]!;
      metrics.rowsIn += left;
      metrics.rowsFiltered += dropped;
      left -= dropped + (metrics.rowErrors - errorsBefore[s]!);
      metrics.rowsOut += left;
    });
  }

  private chosen(batch: RecordBatch, from: number, to: number): RecordBatch {
    this.count(
      to - from,
      this.parts.map((part) => part.metrics.rowErrors),
    );
    // Every output is a column of the input.
    const columns = this.segment.outputs.map((output) => batch.columns[(output as { readonly index: number }).index]!);
    return sliceBatch({ ...batch, columns }, from, to);
  }

  private outputOf(batch: RecordBatch, from: number, to: number, result: SegmentResult): RecordBatch {
    const { count, selection, computed } = result;
    const all = count === to - from;
    // Rows that all pass need no copy: columns are immutable and may be shared.
    const kept = all ? sliceBatch(batch, from, to) : null;
    let at = 0;
    const columns = this.segment.outputs.map((output) => {
      if (output.kind === 'computed') return computed[at++]!;
      const column = batch.columns[output.index]!;
      return all ? sliceWhole(column, from, to, batch.length) : takeColumn(column, selection, count);
    });
    const meta = withChanges(kept?.meta ?? takeMeta(batch.meta, selection, count), result);
    return {
      length: count,
      columns,
      meta,
      ops: batch.ops === null ? null : (kept?.ops ?? pairedOps(batch.ops, result, to)),
      watermarks: batch.watermarks === null ? null : (kept?.watermarks ?? taken(batch.watermarks, result)),
    };
  }
}

const sliceWhole = (column: RecordBatch['columns'][number], from: number, to: number, length: number) =>
  from === 0 && to === length ? column : sliceColumn(column, from, to);

function withChanges(meta: BatchMeta, { eventTimes, headers, count }: SegmentResult): BatchMeta {
  if (eventTimes === null && headers === null) return meta;
  const merged = headers === null ? meta.headers : headers.map((changed, row) => changed ?? meta.headers?.[row] ?? null);
  return { ...meta, headers: merged, eventTime: eventTimes === null ? meta.eventTime : eventTimes.subarray(0, count) };
}

function taken(values: Float64Array, { selection, count }: SegmentResult): Float64Array {
  const into = new Float64Array(count);
  for (let i = 0; i < count; i++) into[i] = values[selection[i]!]!;
  return into;
}

/** Operations of the rows that pass; an update of which one half passes is a delete or an insert. */
function pairedOps(ops: Uint8Array, { selection, count }: SegmentResult, to: number): Uint8Array {
  const into = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const row = selection[i]!;
    const op = ops[row]!;
    const isOldHalf = op === Op.updateBefore && row + 1 < to && ops[row + 1] === Op.updateAfter;
    const isNewHalf = op === Op.updateAfter && row > 0 && ops[row - 1] === Op.updateBefore;
    if (isOldHalf && (i + 1 >= count || selection[i + 1] !== row + 1)) into[i] = Op.delete;
    else if (isNewHalf && (i === 0 || selection[i - 1] !== row - 1)) into[i] = Op.insert;
    else into[i] = op;
  }
  return into;
}
