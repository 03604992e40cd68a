import type { Change, Row } from '../protocol/query.ts';
import { toWire, wireJson } from '../protocol/wire.ts';
import { isBinary, type StreamHub, type StreamItem, type StreamMode, type StreamReader } from './stream-hub.ts';
import { wireError } from './wire-error.ts';

/** Where messages of one stream go. `send` says how many bytes still wait in the socket. */
export interface StreamSink {
  send(data: string | Uint8Array): number;
  close(code: number, reason: string): void;
}

const BATCH_DEFAULT = 500;
const BATCH_MAX = 5_000;
/** Bytes that may wait in the socket before nothing more is taken from the hub. */
const BUFFER_MAX = 1024 ** 2;
const DRAIN_CHECK_MS = 20;
const METRICS_MS = 1_000;

export interface StreamOptions {
  readonly mode: StreamMode;
  /** Items already seen by this client. */
  readonly after: number;
  readonly batch: number | undefined;
  /** Whether its messages may pause and cancel the query. */
  readonly mayAct: boolean;
  buffered(): number;
}

/**
 * One client of one execution: connected, rows, metrics, gap, complete, error. Sends only what the socket takes: a client that does not read holds
 * about 1 MiB here and nothing else. Rows carry the number of the first of them, so that a client that comes back says `after` and goes on.
 */
export class StreamConnection {
  private readonly reader: StreamReader;
  private readonly hub: StreamHub;
  private readonly sink: StreamSink;
  private readonly options: StreamOptions;
  private readonly batch: number;
  private batchNumber = 0;
  /** From the arrival of the newest item to its sending. */
  private latencyMs = 0;
  private scheduled = false;
  private closed = false;
  private paused = false;
  private readonly ticker: ReturnType<typeof setInterval>;
  private drain: ReturnType<typeof setTimeout> | undefined;

  constructor(hub: StreamHub, sink: StreamSink, options: StreamOptions) {
    this.hub = hub;
    this.sink = sink;
    this.options = options;
    this.batch = isBinary(options.mode) ? 1 : Math.min(BATCH_MAX, Math.max(1, options.batch ?? BATCH_DEFAULT));
    this.reader = hub.join(options.mode, options.after, () => this.schedule());
    this.message({
      type: 'connected',
      execution_id: hub.execution.id,
      mode: options.mode,
      after: this.reader.next,
      columns: columnsOf(hub),
      schema: schemaOf(hub),
    });
    this.ticker = setInterval(() => this.metrics(), METRICS_MS);
    (this.ticker as unknown as { unref?: () => void }).unref?.();
    this.schedule();
  }

  /** A message of the client: `{ action: 'pause' | 'resume' | 'cancel' }`. Anything else is answered with a recoverable error. */
  receive(text: string): void {
    const action = actionOf(text);
    if (!this.options.mayAct && action !== undefined) {
      this.message({ type: 'error', message: 'you may read this query, not pause or cancel it', recoverable: true });
      return;
    }
    switch (action) {
      case 'pause':
        this.paused = true;
        this.hub.execution.pause();
        return;
      case 'resume':
        this.paused = false;
        this.hub.execution.resume();
        this.schedule();
        return;
      case 'cancel':
        void this.hub.cancel('cancelled by its reader').then(() => this.schedule());
        return;
      default:
        this.message({
          type: 'error',
          message: 'a message is one of {"action":"pause"}, {"action":"resume"}, {"action":"cancel"}',
          recoverable: true,
        });
    }
  }

  /** The client has gone. The execution stays for it to come back to. */
  leave(): void {
    if (this.closed) return;
    this.closed = true;
    clearInterval(this.ticker);
    clearTimeout(this.drain);
    this.hub.leave(this.reader);
  }

  private schedule(): void {
    if (this.scheduled || this.closed) return;
    this.scheduled = true;
    queueMicrotask(() => {
      this.scheduled = false;
      this.flush();
    });
  }

  private flush(): void {
    while (!this.closed && !this.paused) {
      if (this.options.buffered() > BUFFER_MAX) {
        this.drain = setTimeout(() => this.flush(), DRAIN_CHECK_MS);
        return;
      }
      const { items, from, lost } = this.hub.take(this.reader, this.batch);
      if (lost > 0) this.message({ type: 'gap', lost, resumes_at: from });
      if (items.length === 0) break;
      this.latencyMs = performance.now() - this.hub.arrivedAt;
      if (isBinary(this.options.mode)) this.frames(items as readonly Uint8Array[], from);
      else this.message({ type: 'rows', batch_number: this.batchNumber++, sequence: from, ...dataOf(items, this.options.mode) });
    }
    if (this.hub.isDrained(this.reader) && !this.closed) this.finish();
  }

  private finish(): void {
    const { end, execution } = this.hub;
    this.metrics();
    if (end?.kind === 'error') {
      const { error } = wireError(end.error, () => execution.id).body;
      this.message({ type: 'error', code: error.code, message: error.message, details: error.details, recoverable: false });
    } else {
      const m = execution.metrics();
      this.message({
        type: 'complete',
        total_rows: this.hub.count,
        execution_time_ms: Math.round(m.elapsedMs),
        status: m.status,
        silence: toWire(execution.explainSilence()),
      });
    }
    this.leave();
    this.sink.close(1000, 'complete');
  }

  /** Each frame is announced by a message with its number and size, and follows as bytes. */
  private frames(frames: readonly Uint8Array[], from: number): void {
    frames.forEach((frame, i) => {
      this.message({ type: 'frame', batch_number: this.batchNumber++, sequence: from + i, bytes: frame.byteLength });
      this.sink.send(frame);
    });
  }

  private metrics(): void {
    if (this.closed) return;
    const m = this.hub.execution.metrics();
    this.message({
      type: 'metrics',
      records_per_second: m.rowsPerSecond,
      total_records: m.rowsIn,
      latency_ms: Math.round(this.latencyMs * 10) / 10,
      metrics: toWire(m),
      // Why nothing comes is worth knowing while nothing comes, not at the end alone.
      ...(m.rowsOut === 0 && { silence: toWire(this.hub.execution.explainSilence()) }),
    });
  }

  private message(value: object): void {
    if (!this.closed) this.sink.send(wireJson(value));
  }
}

function actionOf(text: string): unknown {
  if (text.length > 1_000) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as { action?: unknown }).action : undefined;
  } catch {
    return undefined;
  }
}

function dataOf(items: readonly StreamItem[], mode: StreamMode): object {
  if (mode === 'rows') return { data: items as readonly Row[] };
  return {
    changes: (items as readonly Change[]).map(({ op, row, key, window, final }) => ({
      op,
      row,
      key,
      final,
      ...(window ? { window } : {}),
    })),
  };
}

const schemaOf = (hub: StreamHub): unknown => toWire(hub.execution.schema);
const columnsOf = (hub: StreamHub): unknown => hub.execution.schema.columns;
