import { assert } from '../../diagnostics/assert.ts';
import type { AggregateNode, QueryPlan } from '../../sql/plan/plan.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import { newMetrics, type OperatorMetrics, type RuntimeContext } from '../operator.ts';
import { buildPipeline, type Pipeline } from '../pipeline.ts';
import type { StateReader } from '../state/codec.ts';
import { readMetrics, writeMetrics } from '../state/metrics-codec.ts';
import { createStateReader } from '../state/state-reader.ts';
import { createStateWriter } from '../state/state-writer.ts';

/** Where the input of a pipeline stands: behind what it has had. */
export interface PartStart {
  readonly watermark: number;
  readonly latest: number;
}

/** Counters that add up over parts. */
const COUNTED = ['rowsIn', 'rowsOut', 'rowsFiltered', 'rowsLate', 'rowsLateAccepted', 'rowErrors'] as const;

/**
 * The lower end of a plan, from its scan up to an aggregation, over one part of the input at a time. State: the groups of that part, at
 * most `maxGroups`; taking the part frees them.
 */
export class PartPipeline {
  private readonly pipeline: Pipeline;

  constructor(plan: QueryPlan, node: AggregateNode, context: RuntimeContext) {
    this.pipeline = buildPipeline({ ...plan, root: node, visible: node.fields.length }, context, () => {
      throw new Error('internal: expected that a part emits nothing before it is joined');
    });
    for (const { operator } of this.pipeline.stages) operator.byPart?.hold();
  }

  /** Behind what came before the part, where that is known. */
  startAt({ watermark, latest }: PartStart): void {
    for (const { operator } of this.pipeline.stages) operator.byPart?.startAt(watermark, latest);
  }

  process(batch: RecordBatch, from: number, to: number): void {
    this.pipeline.scans[0]!.process(batch, from, to);
  }

  /** The part as bytes; the next one begins anew. */
  take(): Uint8Array {
    const writer = createStateWriter();
    const { operators, stages } = this.pipeline;
    writer.section('part');
    writer.integer(operators.length);
    for (const { metrics } of operators) writeMetrics(writer, metrics);
    for (const { operator } of stages) operator.byPart?.take(writer);
    for (const { metrics } of operators) Object.assign(metrics, newMetrics());
    return writer.finish();
  }

  /** Gives up a part that failed. */
  drop(): void {
    this.take();
  }
}

/** Joins parts, in order, into the pipeline that stands for the whole input. */
export class PartJoiner {
  private readonly pipeline: Pipeline;

  constructor(pipeline: Pipeline) {
    this.pipeline = pipeline;
  }

  /** Behind everything that was joined. */
  get start(): PartStart {
    for (const { operator } of this.pipeline.stages) {
      const position = operator.byPart?.position?.();
      if (position !== undefined) return position;
    }
    return { watermark: Number.NEGATIVE_INFINITY, latest: Number.NEGATIVE_INFINITY };
  }

  /** Takes a part in, and lets out what it completes. False: it is not what it would be in this place, and nothing has changed. */
  join(bytes: Uint8Array): boolean {
    const reader = createStateReader(bytes);
    const { operators, stages, scans } = this.pipeline;
    reader.section('part');
    const count = reader.integer();
    const counted = Array.from({ length: count }, () => metricsOf(reader));
    // A part is of the lowest operators: an aggregation and what is beneath it.
    const lowest = stages.slice(stages.findLastIndex(({ operator }) => operator.kind.endsWith('Aggregate')));
    const read = lowest.flatMap(({ operator }) => operator.byPart?.read(reader) ?? []);
    assert(count <= operators.length, 'a part has operators of the plan');
    if (!read.every((part) => part.fits)) {
      for (const part of read) part.drop();
      return false;
    }
    for (const part of read) part.join();
    operators.slice(-count).forEach(({ metrics }, i) => {
      for (const name of COUNTED) metrics[name] += counted[i]![name];
    });
    // What the watermark has reached by now is passed on.
    scans[0]!.watermark(Number.NEGATIVE_INFINITY);
    return true;
  }
}

function metricsOf(reader: StateReader): OperatorMetrics {
  const metrics = newMetrics();
  readMetrics(reader, metrics);
  return metrics;
}
