import { VeloError } from '../diagnostics/velo-error.ts';
import type { QueryMetrics, Silence } from '../protocol/query.ts';
import { bytesOf, fromWire } from '../protocol/wire.ts';
import { type ClientSocket, errorFrom, type Transport } from './transport.ts';

/** `arrow` and `batches`: items are bytes. */
export type StreamMode = 'rows' | 'changes' | 'arrow' | 'batches';

export interface StreamEvents {
  metrics(m: QueryMetrics): void;
  silence(s: Silence): void;
  /** Items that were lost because the connection was away for too long. */
  gap(lost: number): void;
}

interface WireMessage {
  readonly type: 'connected' | 'rows' | 'frame' | 'metrics' | 'gap' | 'complete' | 'error';
  readonly sequence?: number;
  readonly data?: readonly unknown[] | string;
  readonly changes?: readonly unknown[];
  readonly lost?: number;
  readonly metrics?: unknown;
  readonly silence?: unknown;
  readonly code?: string;
  readonly message?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly recoverable?: boolean;
}

const QUEUE_MAX = 20_000;
const RETRIES = 8;

/**
 * Items of one execution over WebSocket (or server-sent events), in order and without doubles: after a lost connection it asks for what comes
 * after the last item it has. Reading slowly slows the other side, because the socket is not read while 20,000 items wait here.
 */
export class RowStream implements AsyncIterable<unknown> {
  private readonly transport: Transport;
  private readonly path: string;
  private readonly mode: StreamMode;
  private readonly events: StreamEvents;
  private readonly sessionId: string;
  private queue: unknown[] = [];
  private received = 0;
  private frameAt = 0;
  private done = false;
  private error: unknown;
  private wake: (() => void) | undefined;
  private socket: ClientSocket | undefined;
  private readonly abort = new AbortController();

  constructor(
    transport: Transport,
    { id, sessionId, mode }: { readonly id: string; readonly sessionId: string; readonly mode: StreamMode },
    events: StreamEvents,
  ) {
    this.transport = transport;
    this.path = `/stream/${encodeURIComponent(id)}`;
    this.mode = mode;
    this.sessionId = sessionId;
    this.events = events;
  }

  /** Sends an action where a socket is open; `false` otherwise. */
  send(action: 'pause' | 'resume' | 'cancel'): boolean {
    if (this.socket?.readyState !== 1) return false;
    this.socket.send(JSON.stringify({ action }));
    return true;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<unknown> {
    for await (const items of this.chunks()) yield* items;
  }

  /** Items as many at a time as have come. */
  async *chunks(): AsyncGenerator<readonly unknown[]> {
    void this.connect();
    try {
      for (;;) {
        const items = this.queue;
        this.queue = [];
        if (items.length > 0) yield items;
        if (this.queue.length > 0) continue;
        if (this.error !== undefined) throw this.error;
        if (this.done) return;
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
    } finally {
      this.stop();
    }
  }

  private stop(): void {
    this.done = true;
    this.abort.abort();
    this.socket?.close(1000);
  }

  private async connect(): Promise<void> {
    const Socket =
      this.transport.options.WebSocket === undefined
        ? (globalThis.WebSocket as unknown as new (
            url: string,
          ) => ClientSocket)
        : this.transport.options.WebSocket;
    for (let attempt = 0; !this.done; attempt++) {
      const before = this.received;
      try {
        await (Socket ? this.overSocket(Socket) : this.overEvents());
      } catch (error) {
        // What the other side says about the execution is final; a line that breaks is not.
        if (VeloError.is(error) && error.reason !== 'connection-failed') {
          this.error = error;
          break;
        }
      }
      if (this.done || this.error !== undefined) break;
      if (this.received > before) attempt = 0;
      if (attempt >= RETRIES) {
        this.error = new VeloError({
          code: 'VS7203',
          reason: 'connection-failed',
          message: 'the stream broke off and could not be taken up again',
          hint: 'Run the query again.',
        });
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, Math.min(5_000, 100 * 2 ** attempt)));
    }
    this.wake?.();
  }

  private async overSocket(Socket: new (url: string) => ClientSocket): Promise<void> {
    const { ticket } = await this.transport.call<{ ticket: string }>('POST', `${this.path}/ticket`, {
      query: { session_id: this.sessionId },
      signal: this.abort.signal,
    });
    if (this.done) return;
    const socket = new Socket(this.transport.socketUrl(this.path, { ticket, mode: this.mode, after: this.received }));
    this.socket = socket;
    await new Promise<void>((resolve) => {
      (socket as { binaryType?: string }).binaryType = 'arraybuffer';
      socket.addEventListener('message', ({ data }) =>
        typeof data === 'string' ? this.take(data) : this.takeFrame(new Uint8Array(data as ArrayBuffer)),
      );
      socket.addEventListener('close', () => resolve());
      socket.addEventListener('error', () => resolve());
    });
  }

  private async overEvents(): Promise<void> {
    const response = await this.transport.fetch('GET', this.path, {
      query: { mode: this.mode, after: this.received, session_id: this.sessionId },
      signal: this.abort.signal,
    });
    for await (const { data } of readEvents(response)) {
      this.take(data);
      while (this.queue.length > QUEUE_MAX && !this.done) await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** The bytes of the frame that was announced last. */
  private takeFrame(bytes: Uint8Array): void {
    if (this.frameAt < this.received) return;
    this.queue.push(bytes);
    this.received = this.frameAt + 1;
    this.wake?.();
  }

  private take(text: string): void {
    const message = JSON.parse(text) as WireMessage;
    switch (message.type) {
      case 'rows': {
        const items = (message.data as readonly unknown[] | undefined) ?? message.changes ?? [];
        // A message that was already counted before the line broke is not taken twice.
        const seen = Math.max(0, this.received - (message.sequence ?? this.received));
        for (let i = seen; i < items.length; i++) this.queue.push(items[i]);
        this.received = Math.max(this.received, (message.sequence ?? this.received) + items.length);
        break;
      }
      case 'frame':
        this.frameAt = message.sequence ?? this.received;
        if (typeof message.data === 'string') this.takeFrame(bytesOf(message.data));
        return;
      case 'metrics':
        this.events.metrics(fromWire(message.metrics) as QueryMetrics);
        this.events.silence(message.silence ? (fromWire(message.silence) as Silence) : { silent: false, reasons: [] });
        break;
      case 'gap':
        this.received += message.lost ?? 0;
        this.events.gap(message.lost ?? 0);
        break;
      case 'complete':
        if (message.silence) this.events.silence(fromWire(message.silence) as Silence);
        this.done = true;
        break;
      case 'error':
        if (message.recoverable !== true) this.error = errorFrom(message);
        break;
      case 'connected':
        break;
    }
    this.wake?.();
  }
}

/** Server-sent events of a response, one by one. */
export async function* readEvents(response: Response): AsyncGenerator<{ readonly event: string; readonly data: string }> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    rest += decoder.decode(chunk, { stream: true });
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
      const lines = rest.slice(0, end).split('\n');
      rest = rest.slice(end + 2);
      const value = (name: string) =>
        lines.flatMap((line) => (line.startsWith(`${name}: `) ? [line.slice(name.length + 2)] : [])).join('\n');
      yield { event: value('event') || 'message', data: value('data') };
    }
  }
}
