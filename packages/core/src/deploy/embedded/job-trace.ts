import type { TraceContext } from '../../observability/trace-context.ts';
import { type Tracing, traced } from '../../observability/tracing/tracing.ts';
import type { Clock, Fs } from '../../runtime/ports.ts';

/** Spans of a job while it runs, all below the span of its deployment. */
export class JobTrace {
  private readonly tracing: Tracing | undefined;
  private readonly clock: Clock;
  private readonly options: { readonly parent?: TraceContext; readonly attributes: { readonly 'velo.job': string } };
  private batches = 0;

  constructor({
    name,
    clock,
    tracing,
    trace,
  }: {
    readonly name: string;
    readonly clock: Clock;
    readonly tracing?: Tracing;
    readonly trace?: TraceContext;
  }) {
    this.tracing = tracing;
    this.clock = clock;
    this.options = { attributes: { 'velo.job': name }, ...(trace ? { parent: trace } : {}) };
  }

  checkpoint<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    const attributes = { ...this.options.attributes, 'velo.bytes': bytes };
    return traced(this.tracing, 'velo.checkpoint', { ...this.options, attributes }, work);
  }

  /** A batch that was taken in within the last `ms`; the first and then one of `batchEvery` gets a span. */
  batch(rows: number, ms: number): void {
    const { tracing } = this;
    if (tracing === undefined || tracing.batchEvery === 0 || this.batches++ % tracing.batchEvery !== 0) return;
    const attributes = { ...this.options.attributes, 'velo.rows': rows };
    tracing.start('velo.batch', { ...this.options, attributes, startedAt: this.clock.now() - ms }).end();
  }
}

/** Files of a job: each write is a checkpoint. */
export const checkpointFs = (fs: Fs, trace: JobTrace, onSave: () => void): Fs => ({
  read: (path) => fs.read(path),
  list: (directory) => fs.list(directory),
  remove: (path) => fs.remove(path),
  async writeAtomic(path, data) {
    await trace.checkpoint(data.length, () => fs.writeAtomic(path, data));
    onSave();
  },
});
