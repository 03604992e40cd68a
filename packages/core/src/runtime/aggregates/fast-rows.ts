import type { Expr } from '../../sql/bind/expression.ts';
import type { AggregateNode } from '../../sql/plan/plan.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { AggregateSourceOptions } from '../compile/codegen/aggregate-source.ts';
import type { PendingWarnings } from '../compile/codegen/code.ts';
import { shapeOf, signatureOf } from '../compile/codegen/column-code.ts';
import { columnsOf, isVolatile } from '../compile/codegen/used-columns.ts';
import { type Frame, newFrame } from '../compile/frame.ts';
import { type Generators, generators } from '../compile/generators.ts';
import type { CompileEnv } from '../compile/interpret.ts';
import { canGenerate, newFunction } from '../compile/new-function.ts';
import type { Output, RuntimeContext } from '../operator.ts';
import type { KeyColumns } from '../rows/key-columns.ts';
import type { AggregatePlan } from './aggregate-plan.ts';
import type { GroupBucket } from './group-bucket.ts';
import { type KernelHost, KernelState } from './kernel-state.ts';
import { ResultBuffer } from './result-buffer.ts';
import type { Unchanged } from './unchanged.ts';

/** Loops are made for the lanes that batches come in; more different ones than this are not worth it. */
const KERNELS_MAX = 16;

type Generated = (batch: RecordBatch, from: number, to: number, state: KernelState) => number;

interface Kernel {
  readonly run: Generated;
  readonly frame: Frame;
  readonly warnings: PendingWarnings;
}

export interface FastRowsOptions {
  readonly node: AggregateNode;
  readonly plan: AggregatePlan;
  readonly context: RuntimeContext;
  readonly env: CompileEnv;
  readonly touches: AggregateSourceOptions['touches'];
  /** Only rows for which this is true count. */
  readonly where?: Expr | null;
  /** An update that leaves the row as it was is not told. */
  readonly quiet?: Unchanged | null;
}

/** What stays the same while a batch is processed. */
export interface FastBatch {
  readonly batch: RecordBatch;
  /** As they were bound. */
  readonly keys: KeyColumns;
  /** The one bucket of an aggregation without windows. */
  readonly bucket: GroupBucket | null;
  readonly out: Output;
}

/** Runs rows through generated loops, one per combination of lanes. What a loop cannot take is left to the caller, row by row. */
export class FastRows {
  private readonly o: FastRowsOptions;
  private readonly state: KernelState;
  private readonly host: KernelHost;
  private readonly used: readonly number[];
  private readonly kernels = new Map<string, Kernel | null>();
  private readonly perRow: number;
  private left = 0;

  constructor(options: FastRowsOptions, host: Omit<KernelHost, 'out'>) {
    this.o = options;
    const { node } = options;
    const before = node.keys.length + (node.window === null ? 0 : 2);
    const types = node.fields.slice(before).map((field) => field.type);
    const out = node.emit === 'changes' ? new ResultBuffer(types, node.window !== null, options.touches) : null;
    this.host = { ...host, out };
    this.state = new KernelState(this.host);
    const { where = null } = options;
    this.used = columnsOf([...(where === null ? [] : [where]), ...options.plan.inputs]);
    this.perRow = node.changes === 'retract' ? 2 : 1;
  }

  /** Whether a node is of the kind that loops are made for. */
  static suits({ node, plan, context }: Pick<FastRowsOptions, 'node' | 'plan' | 'context'>): boolean {
    if (!context.codegen || generators().aggregateSource === undefined || !canGenerate() || node.inputChanges !== 'append') return false;
    if (node.emit === 'changes' && context.changes === 'per-batch') return false;
    if (plan.inputs.some(isVolatile)) return false;
    // An aggregate that may refuse a value must not do so after another one took it.
    return plan.generals.length + plan.sets.length <= 1 || !plan.generals.some((general) => general.mayRefuse);
  }

  /** Rows that the predicate left out in the last run. */
  get dropped(): number {
    return this.left;
  }

  /** Whether there is a loop for a batch. */
  takes(at: FastBatch): boolean {
    return this.kernelFor(at) !== null;
  }

  /** Rows `from` to `to`, whose first has number `sequence`. Returns the first row that was not taken. */
  run(at: FastBatch, from: number, to: number, sequence: number): number {
    this.left = 0;
    const kernel = this.kernelFor(at);
    if (kernel === null) return from;
    const { state } = this;
    const room = Math.max(1, Math.floor(this.o.context.batchRows / this.perRow));
    for (let row = from; row < to; ) {
      const end = this.host.out === null ? to : Math.min(to, row + room);
      this.host.out?.prepare((end - row) * this.perRow);
      state.start(sequence + row - from, at.keys, at.bucket);
      kernel.frame.batch = at.batch;
      const next = kernel.run(at.batch, row, end, state);
      this.left += state.dropped;
      kernel.warnings.flush((reason) => this.o.context.warn(reason));
      this.emit(at);
      if (next < end) return next;
      row = next;
    }
    return to;
  }

  private emit({ batch, out }: FastBatch): void {
    const { count } = this.state;
    if (this.host.out === null || count === 0) return;
    this.host.emitted(count);
    out.batch(this.host.out.take(count, this.host.keys, batch, this.o.node.changes !== 'append'));
  }

  private kernelFor({ batch, keys }: FastBatch): Kernel | null {
    const { eventTime, timestamp } = batch.meta;
    const signature = `${signatureOf(batch, this.used)}|${signatureOf(keys, keys.columns.keys())}${keys.offset > 0}${eventTime === null ? '' : 'e'}${timestamp === null ? '' : 't'}`;
    let kernel = this.kernels.get(signature);
    if (kernel === undefined) {
      kernel = this.kernels.size < KERNELS_MAX ? this.generate(batch, keys) : null;
      this.kernels.set(signature, kernel);
    }
    return kernel;
  }

  private generate(batch: RecordBatch, keys: KeyColumns): Kernel | null {
    const { node, plan, env, touches } = this.o;
    const frame = newFrame();
    // `suits` has seen that they are there.
    const { aggregateSource, keyFormOf } = generators() as Generators;
    const made = aggregateSource({
      plan,
      shapes: new Map(this.used.map((c) => [c, shapeOf(batch.columns[c]!)])),
      keys: keyFormOf(keys.columns, keys.offset),
      where: this.o.where ?? null,
      windowed: node.window !== null,
      changes: node.emit === 'final' ? 'none' : node.changes === 'retract' ? 'retract' : 'upsert',
      quiet: this.o.quiet ?? null,
      touches: {
        eventTime: touches.eventTime && batch.meta.eventTime !== null,
        timestamp: touches.timestamp && batch.meta.timestamp !== null,
        headers: touches.headers,
      },
      frame,
      env,
    });
    if (made === null) return null;
    const { source, constants, warnings } = made;
    return { run: newFunction<Generated>(source)(constants), frame, warnings };
  }
}
