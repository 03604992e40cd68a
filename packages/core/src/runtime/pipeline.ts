import { limitExceeded } from '../diagnostics/codes/engine.ts';
import type { QueryPlan, ScanNode } from '../sql/plan/plan.ts';
import type { RecordBatch } from '../values/record-batch.ts';
import type { AheadWay } from './ahead-rows.ts';
import { buildStages, type Feed, type Stage } from './build-stages.ts';
import type { OperatorMetrics, RuntimeContext } from './operator.ts';
import type { StateReader, StateWriter } from './state/codec.ts';
import { readMetrics, writeMetrics } from './state/metrics-codec.ts';

/** Where the rows of one relation enter a pipeline: columns in the order of `node.columns`. */
export interface PipelineScan {
  readonly node: ScanNode;
  /** Rows `from` to `to` of a batch. Everything they lead to has happened when it returns. */
  process(batch: RecordBatch, from: number, to: number): void;
  /** No on-time row below `time` follows; +Infinity before `end`. */
  watermark(time: number): void;
  end(): void;
  /** Present where rows can be made ready ahead of their turn, by `AheadRows`; used instead of `process`. */
  readonly ahead?: AheadWay;
}

/** One operator as EXPLAIN shows it. */
export interface PipelineOperator {
  readonly kind: string;
  readonly depth: number;
  readonly metrics: OperatorMetrics;
}

/** A running plan: operators joined by plain calls. Single-threaded and synchronous. */
export interface Pipeline {
  readonly scans: readonly PipelineScan[];
  /** Running operators with what is downstream, root first. */
  readonly stages: readonly Stage[];
  /** In the order of EXPLAIN. */
  readonly operators: readonly PipelineOperator[];
  /** Every input has ended and all is emitted. */
  readonly ended: boolean;
  /** Feeds what needs no source (VALUES). Once, before any row; does nothing in a restored pipeline that had started. */
  start(): void;
  /** A LIMIT is reached: further input changes nothing. */
  done(): boolean;
  snapshot(writer: StateWriter): void;
  /** Into a fresh pipeline of the same plan. */
  restore(reader: StateReader): void;
}

/** Makes a plan runnable. `onBatch` and `onWatermark` get what its root emits. */
export function buildPipeline(
  plan: QueryPlan,
  context: RuntimeContext,
  onBatch: (batch: RecordBatch) => void,
  onWatermark: (time: number) => void = () => undefined,
): Pipeline {
  return new RunningPipeline(plan, context, { batch: onBatch, watermark: onWatermark });
}

class RunningPipeline implements Pipeline {
  readonly scans: readonly PipelineScan[];
  readonly operators: readonly PipelineOperator[];
  ended = false;
  readonly stages: readonly Stage[];
  private readonly feeds: readonly Feed[];
  private readonly maxStateBytes: number;
  private started = false;

  constructor(plan: QueryPlan, context: RuntimeContext, out: { batch(batch: RecordBatch): void; watermark(time: number): void }) {
    const built = buildStages(plan, context, {
      ...out,
      end: () => {
        this.ended = true;
      },
    });
    this.stages = built.stages;
    this.operators = built.operators;
    this.feeds = built.feeds;
    this.maxStateBytes = context.limits.maxStateBytes;
    this.scans = built.scans.map(({ node, link, ahead }) => ({
      node,
      process: (batch, from, to) => {
        link.batch(batch, from, to);
        this.checkState();
      },
      watermark: (time) => link.watermark(time),
      end: () => link.end(),
      ...(ahead === undefined ? {} : { ahead: { ...ahead, check: () => this.checkState() } }),
    }));
  }

  start(): void {
    if (this.started) return;
    this.started = true;
    for (const { batch, link } of this.feeds) {
      if (batch.length > 0) link.batch(batch, 0, batch.length);
      link.watermark(Number.POSITIVE_INFINITY);
      link.end();
    }
  }

  done(): boolean {
    return this.stages.some((stage) => stage.operator.complete === true);
  }

  snapshot(writer: StateWriter): void {
    writer.section('pipeline');
    writer.boolean(this.started);
    writer.boolean(this.ended);
    writer.integer(this.operators.length);
    for (const { metrics } of this.operators) writeMetrics(writer, metrics);
    for (const stage of this.stages) {
      writer.section(stage.operator.kind);
      writer.integer(stage.open());
      stage.operator.snapshot(writer);
    }
  }

  restore(reader: StateReader): void {
    reader.section('pipeline');
    this.started = reader.boolean();
    this.ended = reader.boolean();
    reader.integer();
    for (const { metrics } of this.operators) readMetrics(reader, metrics);
    for (const stage of this.stages) {
      reader.section(stage.operator.kind);
      stage.reopen(reader.integer());
      stage.operator.restore(reader);
    }
  }

  private checkState(): void {
    let bytes = 0;
    for (const { metrics } of this.operators) bytes += metrics.stateBytes;
    if (bytes <= this.maxStateBytes) return;
    throw limitExceeded(
      'maxStateBytes',
      this.maxStateBytes,
      bytes,
      'Group by fewer distinct values, use shorter windows, or raise limits.maxStateBytes.',
    );
  }
}
