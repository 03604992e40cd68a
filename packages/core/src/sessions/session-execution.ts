import { cannotDo, timedOut } from '../diagnostics/codes/studio.ts';
import type { Engine } from '../engine/api.ts';
import { MASK } from '../protocol/mask-rows.ts';
import type { Change, Checkpoint, Provenance, Query, QueryMetrics, Row, Silence } from '../protocol/query.ts';
import type { Execution } from '../protocol/studio/session.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import type { RecordBatch } from '../values/record-batch.ts';
import { oneByOne } from './one-by-one.ts';
import { silenceOfSql } from './silence-of-sql.ts';

export interface ExecutionSetup {
  readonly id: string;
  readonly sql: string;
  readonly engine: Engine;
  readonly query: Query;
  /** Rows after which the execution stops by itself. */
  readonly maxRows: number;
  readonly timeoutMs: number | undefined;
  /** Names that are read from generated rows. */
  readonly generated: readonly string[];
  /** Output columns that nobody may see; found once the query is planned. */
  masked(schema: TableSchema): readonly string[];
  /** Whether what it reads has columns that nobody may see. */
  readsMasked(): boolean;
  ended(): void;
}

/** A query of a session: masks what is tagged, stops at its limits, and lets go of its engine when it is over. */
export class SessionExecution implements Execution {
  readonly id: string;
  readonly sql: string;
  readonly ready: Promise<void>;
  private readonly setup: ExecutionSetup;
  private hidden: readonly string[] = [];
  private over = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(setup: ExecutionSetup) {
    this.setup = setup;
    this.id = setup.id;
    this.sql = setup.sql;
    this.ready = setup.query.ready.then(() => {
      this.hidden = setup.masked(setup.query.schema);
    });
    this.ready.catch(() => this.finish());
    if (setup.timeoutMs !== undefined) {
      this.timer = setTimeout(() => void this.cancel(timedOut('the query', setup.timeoutMs as number).message), setup.timeoutMs);
      (this.timer as unknown as { unref?: () => void }).unref?.();
    }
  }

  get schema(): TableSchema {
    return this.setup.query.schema;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Row> {
    await this.ready;
    let left = this.setup.maxRows;
    try {
      for await (const row of this.setup.query) {
        yield this.mask(row);
        if (--left <= 0) break;
      }
    } finally {
      await this.cancel('all rows that were asked for have come');
    }
  }

  async *rowBatches(): AsyncGenerator<readonly Row[]> {
    const { query } = this.setup;
    if (!query.rowBatches) return yield* oneByOne(this);
    await this.ready;
    let left = this.setup.maxRows;
    try {
      for await (const rows of query.rowBatches()) {
        const wanted = rows.length > left ? rows.slice(0, left) : rows;
        left -= wanted.length;
        yield this.hidden.length === 0 ? wanted : wanted.map((row) => this.mask(row));
        if (left <= 0) break;
      }
    } finally {
      await this.cancel('all rows that were asked for have come');
    }
  }

  /** Refused where a column is masked: frames are made of columns as they are. */
  async *arrowFrames(): AsyncGenerator<Uint8Array> {
    await this.ready;
    const frames = this.setup.query.arrowFrames?.();
    if (!frames || this.hidden.length > 0)
      throw cannotDo(
        'reading Arrow frames',
        this.hidden.length > 0 ? `"${this.hidden[0]}" is masked` : 'this query has none',
        'Read rows instead.',
      );
    try {
      yield* frames;
    } finally {
      await this.cancel('the reader stopped');
    }
  }

  async *changes(): AsyncGenerator<Change> {
    await this.ready;
    let left = this.setup.maxRows;
    try {
      for await (const change of this.setup.query.changes()) {
        yield this.hidden.length === 0 ? change : { ...change, row: this.mask(change.row) };
        if (--left <= 0) break;
      }
    } finally {
      await this.cancel('all rows that were asked for have come');
    }
  }

  async rows(): Promise<Row[]> {
    await this.ready;
    const rows = await this.setup.query.rows();
    this.finish();
    return rows.map((row) => this.mask(row));
  }

  async table(): Promise<Row[]> {
    await this.ready;
    const rows = await this.setup.query.table();
    this.finish();
    return rows.map((row) => this.mask(row));
  }

  /** Columns as they are; refused where a column is masked, because batches are shown unchanged. */
  async *batches(): AsyncGenerator<RecordBatch> {
    await this.ready;
    this.refuseMasked();
    yield* this.setup.query.batches();
  }

  async toArrow(): Promise<unknown> {
    await this.ready;
    this.refuseMasked();
    return this.setup.query.toArrow();
  }

  metrics(): QueryMetrics {
    const m = this.setup.query.metrics();
    const { generated } = this.setup;
    return generated.length === 0 ? m : { ...m, warnings: { ...m.warnings, 'generated-rows': generated.length } };
  }

  explainSilence(): Silence {
    return silenceOfSql(this.setup.query.explainSilence(), this.sql);
  }

  explainRow(row: Row): Provenance {
    return this.setup.query.explainRow(row);
  }

  pause(): void {
    this.setup.query.pause();
  }

  resume(): void {
    this.setup.query.resume();
  }

  async cancel(reason?: string): Promise<void> {
    if (this.over) return;
    const { status } = this.metrics();
    if (status !== 'done' && status !== 'failed') await this.setup.query.cancel(reason);
    this.finish();
  }

  /** Refused where a source holds what nobody may see: the state of a query has values as they are. */
  async checkpoint(): Promise<Checkpoint> {
    await this.ready;
    if (this.setup.readsMasked())
      throw cannotDo('a checkpoint of this query', 'it reads columns that are masked', 'Deploy the query; a deployment keeps checkpoints.');
    return this.setup.query.checkpoint();
  }

  private refuseMasked(): void {
    if (this.hidden.length > 0) throw cannotDo('reading columns as they are', `"${this.hidden[0]}" is masked`, 'Read rows instead.');
  }

  private finish(): void {
    if (this.over) return;
    this.over = true;
    clearTimeout(this.timer);
    this.setup.ended();
  }

  private mask(row: Row): Row {
    if (this.hidden.length === 0) return row;
    const copy: Row = Object.assign(Object.create(null) as Row, row);
    for (const name of this.hidden) if (copy[name] !== null && copy[name] !== undefined) copy[name] = MASK;
    return copy;
  }
}
