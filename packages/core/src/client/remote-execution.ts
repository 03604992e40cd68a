import { VeloError } from '../diagnostics/velo-error.ts';
import type { Change, Checkpoint, Provenance, QueryMetrics, Row, Silence } from '../protocol/query.ts';
import type { ExecuteOptions, Execution } from '../protocol/studio/session.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import { WAITING_METRICS } from '../protocol/waiting-metrics.ts';
import { bytesOf, rowReviver } from '../protocol/wire.ts';
import { loadArrow } from '../values/load-arrow.ts';
import type { RecordBatch } from '../values/record-batch.ts';
import { RowStream, type StreamMode } from './row-stream.ts';
import type { Transport } from './transport.ts';

/** A query that runs on the other side. Counters and silence are the latest that were sent; `ready` knows the schema. */
export class RemoteExecution implements Execution {
  readonly ready: Promise<void>;
  private readonly transport: Transport;
  private readonly sessionId: string;
  private text: string;
  private executionId = '';
  private outputs: TableSchema | undefined;
  private latest: QueryMetrics = WAITING_METRICS;
  private quiet: Silence = { silent: false, reasons: [] };
  private stream: RowStream | undefined;
  private collected: Promise<Change[]> | undefined;
  private provenance = new Map<string, Provenance>();
  /** Items that a lost connection cost. */
  lost = 0;

  private constructor(
    transport: Transport,
    sessionId: string,
    sql: string,
    start: Promise<{ executionId: string; schema: TableSchema; sql?: string }>,
  ) {
    this.transport = transport;
    this.sessionId = sessionId;
    this.text = sql;
    this.ready = start.then((answer) => {
      this.executionId = answer.executionId;
      this.outputs = answer.schema;
      if (answer.sql !== undefined) this.text = answer.sql;
    });
    this.ready.catch(() => {});
  }

  /** Runs SQL on the other side. */
  static start(transport: Transport, sessionId: string, sql: string, options: ExecuteOptions): RemoteExecution {
    const { timeoutMs, maxRows, signal, synthetic } = options;
    const wire = { ...(timeoutMs === undefined ? {} : { timeout_ms: timeoutMs }), ...(maxRows === undefined ? {} : { max_rows: maxRows }) };
    const body = { sql, stream: true, sessionId, options: wire, ...(synthetic ? { synthetic } : {}) };
    const execution = new RemoteExecution(transport, sessionId, sql, transport.call('POST', '/execute', { body, signal }));
    signal?.addEventListener('abort', () => void execution.cancel('aborted').catch(() => {}), { once: true });
    return execution;
  }

  /** Takes up one that already runs there. */
  static attach(transport: Transport, sessionId: string, id: string): RemoteExecution {
    const execution = new RemoteExecution(
      transport,
      sessionId,
      '',
      transport.call('GET', `/executions/${id}`, { query: { session_id: sessionId } }),
    );
    execution.executionId = id;
    return execution;
  }

  get sql(): string {
    return this.text;
  }

  get id(): string {
    return this.executionId;
  }

  get schema(): TableSchema {
    if (!this.outputs)
      throw new VeloError({
        code: 'VS5301',
        reason: 'not-ready',
        message: 'the query is not planned yet',
        hint: 'Wait for `query.ready` first.',
      });
    return this.outputs;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Row> {
    for await (const rows of this.rowBatches()) yield* rows;
  }

  async *rowBatches(): AsyncGenerator<readonly Row[]> {
    await this.ready;
    const revive = rowReviver(this.schema.columns);
    for await (const rows of this.open('rows').chunks()) yield rows.map((row) => revive(row as Record<string, unknown>) as Row);
  }

  /** Arrow IPC streams, one a batch. */
  async *arrowFrames(): AsyncGenerator<Uint8Array> {
    await this.ready;
    for await (const frame of this.open('arrow')) yield frame as Uint8Array;
  }

  async *changes(): AsyncGenerator<Change> {
    await this.ready;
    const revive = rowReviver(this.schema.columns);
    for await (const item of this.open('changes')) {
      const change = item as Change;
      yield { ...change, row: revive(change.row) as Row };
    }
  }

  async rows(): Promise<Row[]> {
    return (await this.collect()).filter((c) => c.op !== 'delete').map((c) => c.row);
  }

  async table(): Promise<Row[]> {
    const last = new Map<string, Row>();
    for (const { op, row, key, window } of await this.collect()) {
      const at = JSON.stringify([key, window?.start, window?.end], (_k, v: unknown) => (typeof v === 'bigint' ? `${v}n` : v));
      const keyed = key.length === 0 && !window ? `${last.size}` : at;
      if (op === 'delete') last.delete(keyed);
      else last.set(keyed, row);
    }
    return [...last.values()];
  }

  async *batches(): AsyncGenerator<RecordBatch> {
    await this.ready;
    const { batchOfFrame } = await import('../runtime/rows/batch-frame.ts');
    for await (const frame of this.open('batches')) yield batchOfFrame(frame as Uint8Array);
  }

  /** All rows as one Arrow table; needs the optional peer `apache-arrow`. */
  async toArrow(): Promise<unknown> {
    const { tableFromIPC, Table } = await loadArrow();
    const tables: InstanceType<typeof Table>[] = [];
    for await (const frame of this.arrowFrames()) tables.push(tableFromIPC(frame) as InstanceType<typeof Table>);
    return new Table(tables.flatMap((t) => t.batches));
  }

  metrics(): QueryMetrics {
    return this.latest;
  }

  explainSilence(): Silence {
    return this.quiet;
  }

  /** The answer comes from the other side: it is there from the second call on. */
  explainRow(row: Row): Provenance {
    const key = JSON.stringify(row, (_k, v: unknown) => (typeof v === 'bigint' ? v.toString() : v));
    const known = this.provenance.get(key);
    if (known) return known;
    void this.transport
      .call<{ provenance: Provenance }>('POST', `/executions/${this.executionId}/explain-row`, { body: { row } })
      .then(({ provenance }) => this.provenance.set(key, provenance))
      .catch(() => {});
    return { key: {}, inputs: [], steps: ['asked for; call again in a moment'] };
  }

  pause(): void {
    this.act('pause');
  }

  resume(): void {
    this.act('resume');
  }

  async cancel(reason?: string): Promise<void> {
    void reason;
    // One that never began has nothing to end.
    if (
      !(await this.ready.then(
        () => true,
        () => false,
      ))
    )
      return;
    await this.transport.call('POST', `/executions/${this.executionId}/cancel`).catch((error: unknown) => {
      // It has ended and been forgotten: that is what was asked for.
      if (!VeloError.is(error) || error.reason !== 'execution-not-found') throw error;
    });
  }

  async checkpoint(): Promise<Checkpoint> {
    await this.ready;
    const path = `/executions/${this.executionId}/checkpoint`;
    const { checkpoint } = await this.transport.call<{ checkpoint: Omit<Checkpoint, 'bytes'> & { bytes: string } }>('POST', path);
    return { ...checkpoint, bytes: bytesOf(checkpoint.bytes) };
  }

  /** Counters and silence at this moment, without reading rows. */
  async refresh(): Promise<void> {
    await this.ready;
    const status = await this.transport.call<{ metrics: QueryMetrics; silence: Silence }>('GET', `/executions/${this.executionId}`);
    this.latest = status.metrics;
    this.quiet = status.silence;
  }

  private act(action: 'pause' | 'resume'): void {
    if (this.stream?.send(action)) return;
    void this.ready.then(() => this.transport.call('POST', `/executions/${this.executionId}/${action}`)).catch(() => {});
  }

  private collect(): Promise<Change[]> {
    this.collected ??= (async () => {
      const all: Change[] = [];
      for await (const change of this.changes()) all.push(change);
      return all;
    })();
    return this.collected;
  }

  private open(mode: StreamMode): RowStream {
    this.stream = new RowStream(
      this.transport,
      { id: this.executionId, sessionId: this.sessionId, mode },
      {
        metrics: (m) => {
          this.latest = m;
        },
        silence: (s) => {
          this.quiet = s;
        },
        gap: (lost) => {
          this.lost += lost;
        },
      },
    );
    return this.stream;
  }
}
