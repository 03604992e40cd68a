import { alreadyConsumed, notReady } from '../diagnostics/codes/engine.ts';
import { VeloError } from '../diagnostics/velo-error.ts';
import { WAITING_METRICS } from '../protocol/waiting-metrics.ts';
import { makeRowWriter, type RowWriter } from '../runtime/row-writer.ts';
import { columnSchema } from '../sql/catalog/column-schema.ts';
import type { TableSchema } from '../sql/catalog/schema.ts';
import { apiWriter } from '../values/api-value.ts';
import type { Field } from '../values/column.ts';
import { scalarAt } from '../values/column-read.ts';
import type { RecordBatch } from '../values/record-batch.ts';
import type { Change, Checkpoint, EngineQuery, Provenance, QueryMetrics, Row, Silence, Value } from './api.ts';
import type { Execution } from './execution.ts';
import { explainRow } from './explain-row.ts';
import { explainSilence } from './explain-silence.ts';
import type { GraphNode } from './graph.ts';
import { metricsOf } from './metrics.ts';
import type { ResultQueue } from './result-queue.ts';
import { changesOf, rowsOf, tableOf } from './result-rows.ts';

/** A started or starting execution, and the statement of it that this query shows. */
export interface QueryTarget {
  readonly execution: Execution;
  readonly node: GraphNode;
  readonly queue: ResultQueue;
}

export interface QueryOptions {
  readonly decimals: 'string' | 'number' | 'object';
  /** Ends the planning, if it is under way. */
  giveUp(reason: string | undefined): void;
}

/** The result of one statement. Planning begins at once, reading when the first consumer asks. */
export const createQuery = (target: Promise<QueryTarget>, options: QueryOptions): EngineQuery => new RunningQuery(target, options);

class RunningQuery implements EngineQuery {
  readonly ready: Promise<void>;
  private readonly options: QueryOptions;
  private opened: QueryTarget | null = null;
  private wantsPause = false;
  private cancelled: { readonly reason: string | undefined } | null = null;
  private reader: 'none' | 'iterator' | 'collector' = 'none';
  private collected: Promise<RecordBatch[]> | null = null;
  /** All output (after `rows()` and its kin), or the latest of it, for `explainRow`. */
  private readonly kept: RecordBatch[] = [];

  constructor(target: Promise<QueryTarget>, options: QueryOptions) {
    this.options = options;
    this.ready = target.then(async (t) => {
      this.opened = t;
      if (this.wantsPause) t.execution.pause();
      if (this.cancelled) await t.execution.cancel(this.cancelled.reason);
    });
    // The error belongs to whoever reads; `ready` alone must not end the process.
    this.ready.catch(() => {});
  }

  get schema(): TableSchema {
    return schemaOf(this.target.node);
  }

  [Symbol.asyncIterator](): AsyncIterator<Row> {
    return this.iterate<Row>((t) => {
      const write = this.writer(t);
      return (batch) => rowsOf(batch, write);
    });
  }

  changes(): AsyncIterable<Change> {
    return this.iterate<Change>((t) => {
      const write = this.writer(t);
      const { plan } = t.node.statement;
      const writers = plan.root.fields.map((f) => apiWriter(f.type, { decimals: this.options.decimals }));
      const keyValue = (batch: RecordBatch, column: number, row: number): Value =>
        writers[column]?.(scalarAt(batch.columns[column] as RecordBatch['columns'][number], row)) ?? null;
      return (batch) => changesOf(batch, plan, write, keyValue, plan.root.changes === 'append');
    });
  }

  /** The rows of the iterator, as many at a time as came together. */
  rowBatches(): AsyncIterable<readonly Row[]> {
    return this.iterate<readonly Row[]>((t) => {
      const write = this.writer(t);
      return (batch) => [[...rowsOf(batch, write)]];
    });
  }

  /** The same rows as Arrow IPC streams, one a batch. Needs the optional peer `apache-arrow`. */
  async *arrowFrames(): AsyncGenerator<Uint8Array> {
    const [{ arrowFrame }, { loadArrow }] = await Promise.all([import('./arrow-frame.ts'), import('../values/load-arrow.ts')]);
    const arrow = await loadArrow();
    const fields = () => visibleFields(this.target.node);
    for await (const batch of this.batches()) yield arrowFrame(arrow, batch, fields());
  }

  batches(): AsyncIterable<RecordBatch> {
    return this.iterate<RecordBatch>((t) => {
      const { visible } = t.node.statement.plan;
      return (batch) => [{ ...batch, columns: batch.columns.slice(0, visible) }];
    });
  }

  async rows(): Promise<Row[]> {
    const batches = await this.collect();
    if (this.opened === null) return [];
    const write = this.writer(this.target);
    const rows: Row[] = [];
    for (const batch of batches) for (const row of rowsOf(batch, write)) rows.push(row);
    return rows;
  }

  async table(): Promise<Row[]> {
    const batches = await this.collect();
    if (this.opened === null) return [];
    return tableOf(batches, this.target.node.statement.plan, this.writer(this.target));
  }

  async toArrow(): Promise<unknown> {
    const batches = await this.collect();
    const { toArrowTable } = await import('./to-arrow.ts');
    return toArrowTable(batches, visibleFields(this.target.node));
  }

  metrics(): QueryMetrics {
    if (this.opened) return metricsOf(this.opened.execution, this.opened.node);
    return this.cancelled ? { ...WAITING_METRICS, status: 'cancelled' } : WAITING_METRICS;
  }

  explainSilence(): Silence {
    return explainSilence(this.metrics(), this.opened?.node ?? null);
  }

  explainRow(row: Row): Provenance {
    const t = this.target;
    return explainRow(row, this.kept, t.node, t.execution, this.writer(t));
  }

  pause(): void {
    this.wantsPause = true;
    this.opened?.execution.pause();
  }

  resume(): void {
    this.wantsPause = false;
    this.opened?.execution.resume();
  }

  async finish(): Promise<void> {
    await this.ready;
    await this.target.execution.finish();
  }

  async cancel(reason?: string): Promise<void> {
    if (this.opened) await this.opened.execution.cancel(reason);
    else {
      this.cancelled = { reason };
      this.options.giveUp(reason);
    }
  }

  async checkpoint(): Promise<Checkpoint> {
    await this.ready;
    return this.target.execution.checkpoint();
  }

  private get target(): QueryTarget {
    if (!this.opened) throw notReady();
    return this.opened;
  }

  private writer(t: QueryTarget): RowWriter {
    return makeRowWriter(visibleFields(t.node), this.options.decimals);
  }

  /** Null: it was cancelled before it was known what is read. */
  private async begin(): Promise<QueryTarget | null> {
    try {
      await this.ready;
    } catch (error) {
      if (VeloError.is(error) && error.code === 'VS5316') return null;
      throw error;
    }
    const t = this.target;
    t.queue.attached = true;
    t.execution.start();
    return t;
  }

  private collect(): Promise<RecordBatch[]> {
    if (this.collected) return this.collected;
    if (this.reader === 'iterator') return Promise.reject(alreadyConsumed());
    this.reader = 'collector';
    this.collected = (async () => {
      const queue = (await this.begin())?.queue;
      for (let batch = await queue?.take(); batch; batch = await queue?.take()) this.kept.push(batch);
      return this.kept;
    })();
    return this.collected;
  }

  /** Claims the one reader's place at once, and reads once it is asked. */
  private iterate<T>(each: (t: QueryTarget) => (batch: RecordBatch) => Iterable<T>): AsyncGenerator<T> {
    if (this.reader !== 'none') throw alreadyConsumed();
    this.reader = 'iterator';
    return this.read(each);
  }

  private async *read<T>(each: (t: QueryTarget) => (batch: RecordBatch) => Iterable<T>): AsyncGenerator<T> {
    const t = await this.begin();
    if (t === null) return;
    const split = each(t);
    try {
      for (let batch = t.queue.takeNow() ?? (await t.queue.take()); batch; batch = t.queue.takeNow() ?? (await t.queue.take())) {
        remember(this.kept, batch);
        yield* split(batch);
      }
    } finally {
      if (!t.queue.finished) {
        t.queue.attached = false;
        await t.execution.cancel('the reader stopped');
      }
    }
  }
}

const visibleFields = (node: GraphNode): readonly Field[] => node.statement.plan.root.fields.slice(0, node.statement.plan.visible);

function schemaOf(node: GraphNode): TableSchema {
  const { plan, kind } = node.statement;
  const key = (plan.key ?? []).filter((c) => c < plan.visible).map((c) => (plan.root.fields[c] as Field).name);
  return {
    kind: kind === 'table' ? 'table' : 'stream',
    columns: visibleFields(node).map(columnSchema),
    ...(key.length > 0 ? { key } : {}),
  };
}

/** Keeps the latest output for `explainRow`, within bounds. */
function remember(kept: RecordBatch[], batch: RecordBatch): void {
  kept.push(batch);
  if (kept.length > 256) kept.shift();
}
