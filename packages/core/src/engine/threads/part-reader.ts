import type { ReadPart } from '../../connect/connector.ts';
import type { Limits } from '../../protocol/limits.ts';
import type { RecordErrorInfo, RuntimeContext } from '../../runtime/operator.ts';
import { PartPipeline, type PartStart } from '../../runtime/parts/part-pipeline.ts';
import { noTables } from '../../runtime/tables/no-tables.ts';
import type { AggregateNode, QueryPlan } from '../../sql/plan/plan.ts';
import type { Field } from '../../values/column.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import { systemClock, systemRng } from '../default-ports.ts';
import type { PartError, PartResult } from './part-protocol.ts';

/** As many as people get to see. */
const ERRORS_KEPT = 10;

export interface PartReaderOptions {
  readonly plan: QueryPlan;
  readonly node: AggregateNode;
  readonly fields: readonly Field[];
  /** Somebody reads when a row was read. */
  readonly isTimed: boolean;
  readonly readPart: ReadPart;
  readonly codegen: boolean;
  readonly batchRows: number;
  readonly limits: Limits;
}

/** Reads parts of a source, one after the other, through the lower end of a plan. */
export class PartReader {
  private readonly o: PartReaderOptions;
  private readonly pipeline: PartPipeline;
  private times = new Float64Array(0);
  private errors = 0;
  private lastErrors: PartError[] = [];
  private warnings: Record<string, number> = {};

  constructor(options: PartReaderOptions) {
    this.o = options;
    this.pipeline = new PartPipeline(options.plan, options.node, this.context());
  }

  /** Gives the host a turn after each batch. `start`: what came before the part, where that is known. */
  *read(part: unknown, start: PartStart | null): Generator<void, PartResult> {
    const { readPart, fields, batchRows } = this.o;
    if (start !== null) this.pipeline.startAt(start);
    let [rows, badRecords] = [0, 0];
    const reading = readPart(part, { fields, maxBatchRows: batchRows });
    try {
      for (;;) {
        const step = reading.next();
        if (step.done) {
          const { errors, lastErrors, warnings } = this;
          return { bytes: this.pipeline.take(), rows, end: step.value, badRecords, errors, lastErrors, warnings };
        }
        const { batch, bad } = step.value;
        badRecords += bad.length;
        for (const { error, position, sample } of bad) this.failed({ error, operator: '', sample: { record: sample } }, position);
        if (batch.length > 0) this.pipeline.process(this.withTime(batch), 0, batch.length);
        rows += batch.length;
        yield;
      }
    } catch (error) {
      this.pipeline.drop();
      throw error;
    } finally {
      reading.return?.(undefined);
      this.errors = 0;
      this.lastErrors = [];
      this.warnings = {};
    }
  }

  /** Records of a file have the time at which they are read. */
  withTime(batch: RecordBatch): RecordBatch {
    if (!this.o.isTimed) return batch;
    if (this.times.length < batch.length) this.times = new Float64Array(batch.length);
    return { ...batch, meta: { ...batch.meta, timestamp: this.times.subarray(0, batch.length).fill(systemClock.now()) } };
  }

  private failed({ error, operator, sample }: RecordErrorInfo, position: string | null): void {
    this.errors++;
    const { code, reason, message, hint } = error;
    this.lastErrors = [
      ...this.lastErrors.slice(-ERRORS_KEPT + 1),
      { code, reason, message, hint, operator, position, sample: { ...sample } },
    ];
  }

  private context(): RuntimeContext {
    const { codegen, batchRows, limits } = this.o;
    return {
      codegen,
      batchRows,
      limits,
      clock: systemClock,
      rng: systemRng,
      changes: 'per-record',
      tables: noTables(),
      recordError: (info) => this.failed(info, null),
      warn: (reason) => {
        this.warnings[reason] = (this.warnings[reason] ?? 0) + 1;
      },
      deadLetter: () => undefined,
    };
  }
}
